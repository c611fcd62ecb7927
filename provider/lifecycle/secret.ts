import { GenesysCloudError, mayHaveActed } from "../api/errors";
import { operations } from "../api/oauth";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./failures";
import type { Unfinished } from "./rotation";

/** A new secret, and the moment it was made. */
export interface NewSecret {
	clientSecret: string;
	/** ISO 8601, UTC. */
	secretRotatedAt: string;
}

/** The secret in state may be dead and no other is known: the next run must make one. */
export class SecretUncertainError extends GenesysCloudError {
	override readonly name = "SecretUncertainError";
}

/** A new secret that no login has taken. */
export class SecretUnprovenError extends GenesysCloudError {
	override readonly name = "SecretUnprovenError";
}

/**
 * Gives a client a new secret; the old one stops working at once.
 *
 * @throws SecretUncertainError when it may have got one that never arrived here
 */
export async function renewSecret(context: LifecycleContext, clientId: string): Promise<NewSecret> {
	const renew = async (api: LifecycleContext["api"]) => {
		const { secret = "", dateModified } = await api.postOauthClientSecret(clientId);
		return {
			clientSecret: secret,
			secretRotatedAt: dateModified ?? new Date(context.clock.now()).toISOString(),
		};
	};
	try {
		return await renew(context.api);
	} catch (error) {
		if (!mayHaveActed(error, operations.postOauthClientSecret.name)) throw error;
	}
	try {
		// The old secret may be dead already: a second new one loses nothing more, and this time its answer may arrive.
		return await renew(context.apiAfterDeadline);
	} catch (error) {
		throw new SecretUncertainError(
			`${reasonOf(error)}. The old secret may have stopped working; the next pulumi up makes a new one`,
		);
	}
}

/** Pauses between looks, in milliseconds: the login may learn of a new secret a moment after the API made it. */
const pauses = [1000, 2000, 4000];

/**
 * Shows by a login that a new secret works.
 *
 * @throws SecretUnprovenError when the login doesn't take it, or can't be asked
 */
export async function proveSecret(context: LifecycleContext, clientId: string, secret: string): Promise<void> {
	for (const pause of [...pauses, undefined]) {
		let taken: boolean;
		try {
			taken = await context.api.checkLogin(clientId, secret);
		} catch (error) {
			throw new SecretUnprovenError(`the new secret couldn't be tried: ${reasonOf(error)}`);
		}
		if (taken) return;
		if (pause !== undefined) await context.clock.sleep(pause);
	}
	throw new SecretUnprovenError(
		"the login doesn't take the new secret; the next pulumi up tries it again, and makes another if it must",
	);
}

/** What a failure leaves to do on a client's secret. */
export function unfinishedAfter(error: unknown): Unfinished[] {
	if (error instanceof SecretUncertainError) return ["renew secret"];
	return error instanceof SecretUnprovenError ? ["prove secret"] : [];
}

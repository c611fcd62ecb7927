import { endsBy } from "../../api/deadline";
import { GenesysCloudError, mayHaveActed, quoted, withoutCredentials, withoutSecret } from "../../api/errors";
import { operations } from "../../api/oauth-api";
import { labelOf } from "../client-label";
import type { LifecycleContext } from "../context";
import { reasonOf } from "../presentable-errors";
import type { CarriedState } from "../state/outputs";
import { rotationNumberOf, type SecretStep } from "./secret-rotation";
import { storeSecret } from "./secret-sink";
import type { Properties } from "../state/settings";

/** Work on a client's secret that ended early: what is known of the secret, and what is left to do. */
export class SecretStepError extends GenesysCloudError {
	override readonly name = "SecretStepError";
	/** What state must keep. */
	readonly carried: CarriedState;

	constructor(message: string, carried: CarriedState) {
		super(message);
		this.carried = carried;
	}
}

/**
 * Does what is to be done on a client's secret, in this order: renew it, show by a login that it works, hand it to the program's sink.
 * The list in `carried.pendingSecretSteps` says what; it goes into state when the work ends early, and so to the next run.
 *
 * @param settings the client's settings: its grant and state say whether a login can show anything
 * @returns what is known then, with nothing left to do
 * @throws SecretStepError when a step fails and something must be carried; the API's own error when nothing has happened
 */
export async function runPendingSecretSteps(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<CarriedState> {
	let known = carried;
	if (known.pendingSecretSteps.some((step) => step.startsWith("renew"))) known = await renew(context, clientId, known);
	if (known.pendingSecretSteps.includes("verify")) known = await verify(context, clientId, settings, known);
	if (known.pendingSecretSteps.includes("store")) known = await store(context, clientId, settings, known);
	return known;
}

const without = (carried: CarriedState, step: SecretStep): CarriedState => ({
	...carried,
	pendingSecretSteps: carried.pendingSecretSteps.filter((other) => other !== step),
});

async function renew(context: LifecycleContext, clientId: string, carried: CarriedState): Promise<CarriedState> {
	const post = async (api: LifecycleContext["api"]): Promise<CarriedState> => {
		const { secret = "", dateModified } = await api.postOauthClientSecret(clientId);
		return {
			...carried,
			clientSecret: secret,
			secretVersion: carried.secretVersion + 1,
			secretRotatedAt: dateOfSecret(dateModified, api.serverTime()),
			pendingSecretSteps: ["verify", "store"],
		};
	};
	try {
		return await post(context.api);
	} catch (error) {
		if (!mayHaveActed(error, operations.postOauthClientSecret.name)) throw error;
	}
	try {
		// The old secret may be dead already: a second new one loses nothing more, and this time its answer may arrive.
		return await post(context.afterDeadline().api);
	} catch (error) {
		throw new SecretStepError(
			`${reasonOf(error)}. The old secret may have stopped working; the next pulumi up rotates it again`,
			{ ...carried, pendingSecretSteps: ["renew"] },
		);
	}
}

/** How far, in milliseconds, the server's dates may be apart from its Date header. */
const dateTolerance = 60_000;

/** When a secret was made: the client's dateModified, unless that is of another time, for then every run would find the secret old. */
function dateOfSecret(dateModified: string | undefined, now: number): string {
	const isOfNow = Math.abs(Date.parse(dateModified ?? "") - now) <= dateTolerance;
	return dateModified !== undefined && isOfNow ? dateModified : new Date(now).toISOString();
}

/** Pauses between logins, in milliseconds: the login may learn of a new secret a moment after the API made it. */
const pauses = [1000, 2000, 4000];

async function verify(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<CarriedState> {
	// Without a person only such a client can log in.
	if (settings["authorizedGrantType"] !== "CLIENT-CREDENTIALS" || settings["state"] === "inactive") {
		return without(carried, "verify");
	}
	for (const pause of [...pauses, undefined]) {
		let taken: boolean;
		try {
			taken = await context.api.checkLogin(clientId, carried.clientSecret);
		} catch (error) {
			throw new SecretStepError(
				`the new secret is in state, but couldn't be verified by a login: ${reasonOf(error)}`,
				carried,
			);
		}
		if (taken) return without(carried, "verify");
		if (pause !== undefined) await context.clock.sleep(pause);
	}
	throw new SecretStepError("login rejected the new secret; the next pulumi up rotates it again", {
		...carried,
		pendingSecretSteps: ["renew"],
	});
}

async function store(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<CarriedState> {
	const sink = carried.options["secretSink"];
	if (typeof sink !== "string" || carried.clientSecret === "") return without(carried, "store");
	const { name } = settings;
	const { deadline } = context;
	const rotation = rotationNumberOf(carried.options);
	const stored = storeSecret(sink, {
		name: typeof name === "string" ? name : "",
		clientId,
		clientSecret: carried.clientSecret,
		secretVersion: carried.secretVersion,
		...(rotation === undefined ? {} : { rotation }),
	});
	try {
		await endsBy(deadline, stored, () => new GenesysCloudError(`timed out after ${deadline.source}`));
	} catch (error) {
		const said = error instanceof Error ? `${error.name}: ${error.message}` : "it threw a value that isn't an Error";
		throw new SecretStepError(
			`the secret is in state, but secretSink ${quoted(sink)} failed to store it (${quoted(withoutCredentials(withoutSecret(said, carried.clientSecret)), 300)}). The next pulumi up calls it again`,
			carried,
		);
	}
	context.notice(
		`the secret of ${labelOf(settings, clientId)} (version ${carried.secretVersion}) was stored by ${quoted(sink)}`,
	);
	return without(carried, "store");
}

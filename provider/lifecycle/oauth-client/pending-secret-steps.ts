import { endsBy } from "../../api/deadline";
import { GenesysCloudError, mayHaveActed, quoted } from "../../api/errors";
import { secretHider, withoutCredentials } from "../../api/masking";
import { operations } from "../../api/oauth-api";
import { labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import { reasonOf } from "../presentable-errors";
import type { CarriedState } from "./state";
import { type SecretStep, rotationNumberOf } from "./secret-rotation";
import { storeSecret } from "./secret-sink";
import type { Properties } from "../properties";

/** A failed step of a client's secret: what is known of the secret, and which steps remain. */
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
 * Runs the steps in `carried.pendingSecretSteps`, in this order: rotate the secret, verify it by a login, pass it to the program's sink. If
 * a step fails, the remaining steps are saved in state for the next run.
 *
 * @param settings the client's settings: its grant and state decide whether a login is possible
 * @returns the carried state without pending steps
 * @throws SecretStepError if a step fails and state must be saved; the API's error if nothing has changed
 */
export async function runPendingSecretSteps(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<CarriedState> {
	let known = carried;
	if (known.pendingSecretSteps.some((step) => step.startsWith("renew"))) known = await rotate(context, clientId, known);
	if (known.pendingSecretSteps.includes("verify")) known = await verify(context, clientId, settings, known);
	if (known.pendingSecretSteps.includes("store")) known = await store(context, clientId, settings, known);
	return known;
}

const without = (carried: CarriedState, step: SecretStep): CarriedState => ({
	...carried,
	pendingSecretSteps: carried.pendingSecretSteps.filter((other) => other !== step),
});

async function rotate(context: LifecycleContext, clientId: string, carried: CarriedState): Promise<CarriedState> {
	const post = async (api: LifecycleContext["api"]): Promise<CarriedState> => {
		const { secret, dateModified } = await api.postOauthClientSecret(clientId);
		// With the old one, the rest of the run could not log in again.
		if (carried.loginClientId === clientId) api.useSecret(secret);
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
		// The old secret may have stopped working already, so a second rotation does no harm, and its response may arrive.
		return await post(context.afterDeadline().api);
	} catch (error) {
		throw new SecretStepError(
			`${reasonOf(error)}. The old secret may have stopped working; the next pulumi up rotates it again`,
			{ ...carried, pendingSecretSteps: ["renew"] },
		);
	}
}

/** How much the server's dates may differ from its Date header, in milliseconds. */
const dateTolerance = 60_000;

/** When a secret was created: the client's dateModified, unless that isn't current, since every run would then find the secret too old. */
function dateOfSecret(dateModified: string | undefined, now: number): string {
	const isOfNow = Math.abs(Date.parse(dateModified ?? "") - now) <= dateTolerance;
	return dateModified !== undefined && isOfNow ? dateModified : new Date(now).toISOString();
}

/** Pauses between logins, in milliseconds: the login may accept a new secret with a delay. */
const pauses = [1000, 2000, 4000];

async function verify(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<CarriedState> {
	// Other grants need a user to log in.
	if (settings["authorizedGrantType"] !== "CLIENT-CREDENTIALS" || settings["state"] === "inactive") {
		return without(carried, "verify");
	}
	for (const pause of [...pauses, undefined]) {
		let accepted: boolean;
		try {
			accepted = await context.api.checkLogin(clientId, carried.clientSecret);
		} catch (error) {
			throw new SecretStepError(
				`the new secret is in state, but couldn't be verified by a login: ${reasonOf(error)}`,
				carried,
			);
		}
		if (accepted) return without(carried, "verify");
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
		const hide = secretHider([carried.clientSecret], true);
		throw new SecretStepError(
			`the secret is in state, but secretSink ${quoted(sink)} failed to store it (${quoted(withoutCredentials(hide(said)), 300)}). The next pulumi up calls it again`,
			carried,
		);
	}
	context.notice(
		`the secret of ${labelOf(settings, clientId)} (version ${carried.secretVersion}) was stored by ${quoted(sink)}`,
	);
	return without(carried, "store");
}

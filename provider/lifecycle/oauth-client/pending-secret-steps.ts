import { endsBy } from "../../api/deadline";
import { GenesysCloudError, mayHaveActed, quoted } from "../../api/errors";
import { secretHider, withoutCredentials } from "../../api/masking";
import { operations } from "../../api/oauth-api";
import { labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import { reasonOf } from "../presentable-errors";
import { requireOtherLogin } from "./own-login";
import type { CarriedState } from "./state";
import { type SecretStep, canBeTried, rotationNumberOf } from "./secret-rotation";
import { storeSecret } from "./secret-sink";
import type { Properties } from "../properties";

/** A failed step of a client's secret: what is known of the secret, and which steps remain. */
export class SecretStepError extends GenesysCloudError {
	override readonly name = "SecretStepError";
	/** What state must keep. */
	readonly carried: CarriedState;
	/** Whether a rotation isn't known to have happened, so that it is still due. */
	readonly isUndone: boolean;

	constructor(message: string, carried: CarriedState, isUndone = false) {
		super(message);
		this.carried = carried;
		this.isUndone = isUndone;
	}
}

/**
 * Runs the steps in `carried.pendingSecretSteps`, in this order: rotate the secret, verify it by a login, pass it to the program's sink. If
 * a step fails, the remaining steps are saved in state for the next run.
 *
 * @param settings the client's settings: its grant and state decide whether a login is possible
 * @returns the carried state without pending steps, but for a trial that isn't possible now
 * @throws SecretStepError if a step fails and state must be saved; the API's error if nothing has changed
 */
export async function runPendingSecretSteps(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<CarriedState> {
	const steps = carried.pendingSecretSteps;
	let known = carried;
	if (steps.some((step) => step.startsWith("renew"))) {
		known = await rotate(context, clientId, settings, known);
	} else if (steps.includes("verify") && (canBeTried(settings) || !isService(settings))) {
		// An earlier run couldn't try it; for a grant that needs a user, no run can.
		if (await isAccepted(context, clientId, settings, known)) known = without(known, "verify");
		else {
			await requireOtherLogin(context, clientId, settings, "given a new secret");
			known = await rotate(context, clientId, settings, known);
		}
	}
	if (known.pendingSecretSteps.includes("store")) known = await store(context, clientId, settings, known);
	return known;
}

const isService = ({ authorizedGrantType }: Properties) => authorizedGrantType === "CLIENT-CREDENTIALS";

const without = (carried: CarriedState, step: SecretStep): CarriedState => ({
	...carried,
	pendingSecretSteps: carried.pendingSecretSteps.filter((other) => other !== step),
});

/** Rotates the secret and verifies the new one. */
async function rotate(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<CarriedState> {
	return verify(context, clientId, settings, await renew(context, clientId, settings, carried));
}

async function renew(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<CarriedState> {
	const post = async (api: LifecycleContext["api"]): Promise<CarriedState> => {
		const { secret, dateModified } = await api.postOauthClientSecret(clientId);
		// With the old one, the rest of the run could not log in again.
		if (carried.loginClientId === clientId) api.useSecret(secret);
		return {
			...carried,
			clientSecret: secret,
			secretVersion: carried.secretVersion + 1,
			secretRotatedAt: dateOfSecret(dateModified, api.serverTime()),
			dateModified,
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
		const isTried = carried.clientSecret !== "" && canBeTried(settings);
		throw new SecretStepError(
			`${reasonOf(error)}. The old secret may have stopped working; the next pulumi up ${isTried ? "tries it by a login, and rotates it if that fails" : "rotates it again"}`,
			{ ...carried, pendingSecretSteps: [isTried ? "verify" : "renew"] },
			isTried,
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
	if (await isAccepted(context, clientId, settings, carried)) return without(carried, "verify");
	throw new SecretStepError("login rejected the new secret; the next pulumi up rotates it again", {
		...carried,
		pendingSecretSteps: ["renew"],
	});
}

/** Whether login accepts the secret in state, or nobody can tell. It has time of its own: the API has given that secret already. */
async function isAccepted(
	context: LifecycleContext,
	clientId: string,
	settings: Properties,
	carried: CarriedState,
): Promise<boolean> {
	if (!canBeTried(settings) || carried.clientSecret === "") return true;
	const { api, clock } = context.afterDeadline();
	for (const pause of [...pauses, undefined]) {
		try {
			if (await api.checkLogin(clientId, carried.clientSecret)) return true;
		} catch (error) {
			throw new SecretStepError(`the secret is in state, but couldn't be verified by a login: ${reasonOf(error)}`, {
				...carried,
				pendingSecretSteps: [...new Set<SecretStep>(["verify", ...carried.pendingSecretSteps])],
			});
		}
		if (pause !== undefined) await clock.sleep(pause);
	}
	return false;
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

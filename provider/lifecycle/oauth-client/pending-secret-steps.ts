import { endsBy } from "../../api/deadline";
import { AuthenticationError, GenesysCloudError, mayHaveActed, quoted } from "../../api/errors";
import { secretHider, withoutCredentials } from "../../api/masking";
import { operations } from "../../api/oauth-api";
import type { ChangedSetting } from "./arguments";
import { labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import { isOnlyHere } from "./kept-secret";
import { reasonOf } from "../presentable-errors";
import { orderFor } from "../rotation-order";
import { requireOtherLogin } from "./own-login";
import type { Subject } from "./state";
import { type SecretStep, rotationNumberOf } from "./secret-rotation";
import { storeSecret } from "./secret-sink";
import { canBeTried, tellsSecrets, trySecret } from "./secret-trial";
import type { Properties } from "../properties";

/** What a client's secret is tried with: its grant and its state, which may be none that the program can declare. */
const settingsOf = ({ inputs, client }: Subject): Properties => ({ ...inputs, state: client.state });

/** Records which steps remain after one that failed. */
function remaining(subject: Subject, steps: SecretStep[], message: string): GenesysCloudError {
	subject.carried.pendingSecretSteps = steps;
	subject.isUnsaved = true;
	return new GenesysCloudError(message);
}

function finish({ carried }: Subject, step: SecretStep): void {
	carried.pendingSecretSteps = carried.pendingSecretSteps.filter((other) => other !== step);
}

/**
 * Runs the steps of a client's secret that are pending, in this order: rotate the secret, verify it by a login, pass it to the program's sink. If
 * a step fails, the remaining steps are saved in state for the next run; all but a trial that isn't possible now are done otherwise.
 *
 * @param isDue whether the secret must be rotated, whatever earlier runs left
 */
export async function runSecretSteps(context: LifecycleContext, subject: Subject, isDue: boolean): Promise<void> {
	const settings = settingsOf(subject);
	const has = (step: SecretStep) => subject.carried.pendingSecretSteps.includes(step);
	if (isDue || has("renew") || has("renew after reset")) await rotate(context, subject);
	else if (has("verify") && canBeTried(settings)) {
		// An earlier run couldn't try it.
		if (await isAccepted(context, subject, false)) finish(subject, "verify");
		else {
			await requireOtherLogin(context, subject.client.id, settings, "given a new secret");
			await rotate(context, subject);
		}
	}
	if (has("store")) await store(context, subject);
}

/** Rotates the secret and verifies the new one. */
async function rotate(context: LifecycleContext, subject: Subject): Promise<void> {
	await renew(context, subject);
	if (!(await isAccepted(context, subject, true)))
		throw remaining(subject, ["renew"], "login rejected the new secret; the next pulumi up rotates it again");
}

async function renew(context: LifecycleContext, subject: Subject): Promise<void> {
	const { client, carried, inputs } = subject;
	const post = async (api: LifecycleContext["api"]) => {
		const { secret, dateModified } = await api.postOauthClientSecret(client.id);
		// With the old one, the rest of the run could not log in again.
		if (carried.loginClientId === client.id) api.useSecret(secret);
		subject.isUnsaved = true;
		Object.assign(carried, {
			clientSecret: secret,
			secretVersion: carried.secretVersion + 1,
			rotationOrder: orderFor(context.occasion(), [client.id])?.name ?? carried.rotationOrder,
			secretRotatedAt: dateOfSecret(dateModified, api.serverTime()),
			dateModified,
			pendingSecretSteps: ["store"],
			options: { ...carried.options, secretRotation: inputs["secretRotation"] },
		});
	};
	try {
		return await post(context.api);
	} catch (error) {
		if (!mayHaveActed(error, operations.postOauthClientSecret.name)) throw error;
	}
	try {
		// The old secret may have stopped working already, so a second rotation does no harm, and its response may arrive.
		await post(context.afterDeadline().api);
	} catch (error) {
		const canTell = canBeTried(settingsOf(subject)) && tellsSecrets(client.authorizedGrantType, carried);
		const isTried = carried.clientSecret !== "" && canTell;
		throw remaining(
			subject,
			[isTried ? "verify" : "renew"],
			`${reasonOf(error)}. The old secret may have stopped working; the next pulumi up ${isTried ? "tries it by a login, and rotates it if that fails" : "rotates it again"}`,
		);
	}
}

/** How much the server's dates may differ from its Date header, in milliseconds. */
const dateTolerance = 60_000;

/** When a secret was created just now: the date of its answer, unless that isn't current: every run, or none, would then find the secret too old. */
export function dateOfSecret(date: string | undefined, now: number): string {
	const isOfNow = Math.abs(Date.parse(date ?? "") - now) <= dateTolerance;
	return date !== undefined && isOfNow ? date : new Date(now).toISOString();
}

/** Whether login accepts the secret in state, or can't tell. */
async function isAccepted(context: LifecycleContext, subject: Subject, isNew: boolean): Promise<boolean> {
	const { client, carried } = subject;
	if (!canBeTried(settingsOf(subject)) || carried.clientSecret === "") return true;
	// The API has given that secret already, so its trial has time of its own.
	const own = context.afterDeadline();
	// What is refused may be inactive, whatever state says, as after a run that was killed.
	const doubtState = () => (carried.unconfirmed = [...new Set<ChangedSetting>([...carried.unconfirmed, "state"])]);
	try {
		if ((await trySecret(own, client, carried, isNew)) !== "rejected") return true;
		// A client that somebody has set to inactive, or support has disabled, may be rejected in the same words.
		const { state } = await own.api.getOauthClient(client.id);
		if (state === "active") return false;
		doubtState();
		throw new GenesysCloudError(`the client is ${state}`);
	} catch (error) {
		if (error instanceof AuthenticationError && error.code === "invalid_client") doubtState();
		carried.pendingSecretSteps = [...new Set<SecretStep>(["verify", ...carried.pendingSecretSteps])];
		// The old one has ended, so it is the one to use; of a pair's secrets the one before is in use.
		if (isNew && rotationNumberOf(carried.options) === undefined) await store(context, subject);
		const isStored = !carried.pendingSecretSteps.includes("store");
		const place = !isOnlyHere(subject)
			? "the secret is in state, but couldn't be verified by a login, which the next pulumi up tries again"
			: isStored
				? "secretSink has the new secret, but it couldn't be verified by a login, and the state doesn't keep it: check it"
				: "the new secret couldn't be verified by a login, and the state doesn't keep it: the next pulumi up makes another";
		throw remaining(subject, carried.pendingSecretSteps, `${place}: ${reasonOf(error)}`);
	}
}

async function store(context: LifecycleContext, subject: Subject): Promise<void> {
	const { client, carried } = subject;
	const { clientSecret, secretVersion, options } = carried;
	const sink = options["secretSink"];
	if (typeof sink !== "string" || clientSecret === "") return finish(subject, "store");
	const { name } = subject.inputs;
	const { deadline } = context;
	const rotation = rotationNumberOf(options);
	const stored = storeSecret(sink, {
		name: typeof name === "string" ? name : "",
		clientId: client.id,
		clientSecret,
		secretVersion,
		...(rotation === undefined ? {} : { rotation }),
	});
	try {
		await endsBy(deadline, stored, () => new GenesysCloudError(`timed out after ${deadline.source}`));
	} catch (error) {
		const said = error instanceof Error ? `${error.name}: ${error.message}` : "it threw a value that isn't an Error";
		const hide = secretHider([clientSecret], true);
		const [place, next] = isOnlyHere(subject)
			? ["the state doesn't keep the secret, and", "makes a new one"]
			: ["the secret is in state, but", "calls it again"];
		throw remaining(
			subject,
			carried.pendingSecretSteps,
			`${place} secretSink ${quoted(sink)} failed to store it (${quoted(withoutCredentials(hide(said)), 300)}). The next pulumi up ${next}`,
		);
	}
	context.notice(
		`the secret of ${labelOf(subject.inputs, client.id)} (version ${secretVersion}) was stored by ${quoted(sink)}`,
	);
	finish(subject, "store");
}

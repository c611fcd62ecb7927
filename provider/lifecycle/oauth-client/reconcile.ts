import { randomUUID } from "node:crypto";
import { GenesysCloudError, mayHaveActed } from "../../api/errors";
import { operations } from "../../api/oauth-api";
import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { findExisting } from "../adoption";
import { postClient } from "./post-client";
import { adoptionOf, clientKind, labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import type { Managed, Reconciled } from "../operations";
import { optionsOf, type SettingName } from "./arguments";
import { reportIgnoredSettings } from "./ignored-settings";
import { adviceWhenDeleted, explainNotFound, findLive } from "../not-found";
import { partialFailure } from "../presentable-errors";
import { loginEndByAdoption, loginEndOf, requireOtherLogin } from "./own-login";
import { mayHaveEnded, plan } from "./plan";
import { type SecretStep, pendingStepsOf } from "./secret-rotation";
import { SecretStepError, runPendingSecretSteps } from "./pending-secret-steps";
import { type Properties, sameJson } from "../properties";
import {
	type CarriedState,
	carriedStateOf,
	declaredNames,
	minimalOutputs,
	toOutputs,
	unmanagedSettingsOf,
} from "./state";
import {
	changedSettings,
	clientOf,
	needsHomeDivision,
	settingsLeftToApi,
	toPut,
	toRequest,
	withOldSettings,
} from "./settings";

/** What the program declares. */
interface Goal {
	inputs: Properties;
	/** The same as a request to the API. */
	request: OAuthClientRequest;
	homeDivisionId: string | undefined;
}

/** The client during the operation. */
interface Subject {
	/** The client, from the API's last response or from state. */
	client: OAuthClient;
	/** What else state must keep. */
	carried: CarriedState;
	/** Where the client came from. */
	from: "POST" | "POST without response" | "adoption" | "state";
	/** Whether the API has returned the client in this run. */
	isFresh: boolean;
	/** Whether something has changed that isn't in state: a failure must save it. */
	isUnsaved: boolean;
	/** The error of a POST that created the client and whose response told no more than its id and possibly its secret. */
	unusable?: unknown;
}

const verbs = {
	POST: "creating",
	"POST without response": "creating",
	adoption: "adopting",
	state: "updating",
} as const;

/**
 * Makes a client what the program declares: the one in state, one to adopt, or a new one. An unchanged client takes no call. A failure after
 * a change is a partial failure: Pulumi saves what is known, and the next `pulumi up` continues from there.
 *
 * @param managed the client in state; undefined for a new resource or a replacement
 */
export async function reconcile(context: LifecycleContext, inputs: Properties, managed?: Managed): Promise<Reconciled> {
	const goal = await goalOf(context, inputs, managed);
	let subject: Subject | undefined;
	try {
		subject = managed === undefined ? await observe(context, goal) : fromState(goal, managed);
		subject ??= await ensure(context, goal);
		if (subject.unusable !== undefined) throw subject.unusable;
		subject = await sync(context, goal, subject, managed);
		subject = await settle(context, goal, subject);
		const outs = toOutputs(subject.client, subject.carried);
		if (subject.isFresh) reportIgnoredSettings(context, outs, inputs);
		return { id: subject.client.id, outs };
	} catch (failure) {
		if (subject === undefined) throw failure;
		let error: unknown = failure;
		if (failure instanceof SyncError) {
			subject = managed === undefined ? failure.subject : withoutRotation(failure.subject, managed);
			error = failure.cause;
		}
		if (error instanceof SecretStepError) {
			subject = { ...subject, carried: error.carried, isUnsaved: true };
			if (error.isUndone && managed !== undefined) subject = withoutRotation(subject, managed);
		}
		if (!subject.isUnsaved) {
			if (subject.from === "adoption") context.run.release(subject.client.id);
			throw error;
		}
		const label = labelOf(inputs, managed?.id);
		// Without the settings in state, the next update sends all that the program declares.
		const { client, carried, unusable } = subject;
		const outputs = unusable === undefined ? toOutputs(client, carried) : minimalOutputs(client.id, carried);
		throw partialFailure(`${verbs[subject.from]} ${label}`, error, { ...outputs }, inputs, {
			...clientKind,
			id: client.id,
		});
	}
}

/** The client without a rotation that isn't known to have happened: it is still due, if the program still wants it. */
function withoutRotation(subject: Subject, { olds }: Managed): Subject {
	const { carried } = subject;
	const before = pendingStepsOf(olds);
	return {
		...subject,
		carried: {
			...carried,
			options: { ...carried.options, secretRotation: olds["secretRotation"] },
			pendingSecretSteps: carried.pendingSecretSteps.filter((step) => step !== "renew" || before.includes(step)),
		},
	};
}

async function goalOf(context: LifecycleContext, inputs: Properties, managed?: Managed): Promise<Goal> {
	const known = managed === undefined ? undefined : carriedStateOf(managed.olds).homeDivisionId;
	const homeDivisionId = needsHomeDivision(inputs) ? (known ?? (await context.homeDivision())) : undefined;
	return { inputs, request: toRequest(inputs, homeDivisionId), homeDivisionId };
}

/** The carried state for the program's arguments, based on the current state; without one for a client that is new to the stack. */
const carriedOn = ({ inputs, homeDivisionId }: Goal, olds: Properties = {}): CarriedState => ({
	...carriedStateOf(olds),
	options: optionsOf(inputs),
	declared: declaredNames(inputs),
	homeDivisionId,
});

/** The existing client to adopt or take over, if there is one. */
async function observe(context: LifecycleContext, goal: Goal): Promise<Subject | undefined> {
	const { inputs } = goal;
	const adopt = adoptionOf(inputs);
	const isAdopting = adopt !== undefined && (await context.mayAdopt());
	const loginClientId = await context.login();
	const adoptionId = randomUUID();
	const client = await findExisting(context, clientKind, inputs, adoptionId);
	if (client === undefined) return undefined;
	const rotates = (!isAdopting || adopt.rotateSecret === true) && inputs["authorizedGrantType"] !== "TOKEN";
	return {
		client,
		carried: {
			...carriedOn(goal),
			adoptionId,
			loginClientId,
			pendingSecretSteps: rotates ? ["renew"] : [],
		},
		from: "adoption",
		isFresh: true,
		isUnsaved: false,
	};
}

/** The client in state. */
function fromState(goal: Goal, { id, olds }: Managed): Subject {
	const client = { ...unmanagedSettingsOf(olds), ...clientOf(olds), id };
	return { client, carried: carriedOn(goal, olds), from: "state", isFresh: false, isUnsaved: false };
}

/** Creates the client. */
async function ensure(context: LifecycleContext, goal: Goal): Promise<Subject> {
	const { authorizedGrantType } = goal.request;
	const loginClientId = await context.login();
	const { client, isRecovered, unusable } = await postClient(context, goal.request, labelOf(goal.inputs));
	const clientSecret = isRecovered ? "" : (client.secret ?? "");
	// The secret is lost if the client was recovered or the response was unusable, or if the response had none: Genesys Cloud documents one for
	// these two grants.
	const isUnknown = isRecovered || unusable !== undefined;
	const needsSecret = isUnknown
		? authorizedGrantType !== "TOKEN"
		: authorizedGrantType === "CLIENT-CREDENTIALS" || authorizedGrantType === "CODE";
	return {
		client,
		carried: {
			...carriedOn(goal),
			loginClientId,
			clientSecret,
			secretVersion: clientSecret === "" ? 0 : 1,
			secretRotatedAt: client.dateCreated ?? "",
			pendingSecretSteps: clientSecret === "" && needsSecret ? ["renew"] : ["store"],
		},
		from: isRecovered ? "POST without response" : "POST",
		isFresh: true,
		isUnsaved: true,
		unusable,
	};
}

/** Makes the settings those that the program declares. */
async function sync(context: LifecycleContext, goal: Goal, subject: Subject, managed?: Managed): Promise<Subject> {
	if (managed !== undefined) return withoutFormerSecret(await syncManaged(context, goal, subject, managed), goal);
	const { client, carried, from } = subject;
	const { inputs, homeDivisionId } = goal;
	if (from !== "adoption") {
		// The API always creates an active client.
		return put(context, goal, { ...subject, isUnsaved: true }, inputs["state"] === "inactive" ? ["state"] : []);
	}
	const end = loginEndByAdoption(client, inputs, carried.pendingSecretSteps.length > 0);
	await requireOtherLogin(context, client.id, { ...client }, end);
	const changed = changedSettings({ ...toOutputs(client, carried) }, inputs, homeDivisionId);
	return { ...(await put(context, goal, subject, changed)), isUnsaved: true };
}

async function syncManaged(
	context: LifecycleContext,
	goal: Goal,
	subject: Subject,
	{ id, olds }: Managed,
): Promise<Subject> {
	const { inputs } = goal;
	const planned = plan(olds, inputs, context.clock.now(), goal.homeDivisionId);
	const { changed, rotation, steps } = planned;
	await requireOtherLogin(context, id, inputs, loginEndOf(olds, inputs, planned));
	if (olds["state"] === "disabled" && (changed.length > 0 || rotation !== undefined)) {
		throw new GenesysCloudError(
			`Genesys Cloud support has disabled the client, and only they can enable it: nothing was changed; run pulumi refresh once it is enabled`,
		);
	}
	const carried = { ...subject.carried, pendingSecretSteps: steps };
	const isMoved = !sameJson(olds["connection"], inputs["connection"]);
	if (changed.length === 0 && !isMoved) return { ...subject, carried };
	const live = await findLive(context, clientKind, id, isMoved);
	const kept = changedSettings({ ...live }, olds, goal.homeDivisionId).filter((name) => !changed.includes(name));
	if (kept.length > 0 && changed.length > 0) {
		context.notice(
			`${labelOf(inputs, id)} was changed outside Pulumi, and this update leaves that as it is (${kept.join(", ")}): pulumi up --refresh shows it`,
		);
	}
	const loginClientId = changed.length > 0 ? await context.login() : carried.loginClientId;
	const isEnded = live.authorizedGrantType === "TOKEN" && mayHaveEnded(olds, inputs);
	const pendingSecretSteps: SecretStep[] = isEnded ? [...steps, "renew"] : steps;
	const found = { ...carried, loginClientId, pendingSecretSteps };
	const synced = await put(
		context,
		goal,
		{ ...subject, client: live, carried: found, isFresh: true, isUnsaved: isMoved },
		changed,
		olds,
	);
	const taken = [...changed, ...settingsLeftToApi(olds, inputs, changed)];
	return { ...synced, client: withOldSettings(synced.client, live, olds, taken) };
}

/**
 * Changes some settings and leaves the others as they are, with one PUT, or none if the client has them already. State is told which ones they
 * are for as long as it is unknown whether they have been changed.
 */
async function put(
	context: LifecycleContext,
	{ request, inputs }: Goal,
	subject: Subject,
	changed: SettingName[],
	olds?: Properties,
): Promise<Subject> {
	const { client, carried } = subject;
	const settled = { ...subject, carried: { ...carried, unconfirmed: [] } };
	const body = toPut(client, request, changed);
	if (body === undefined) return settled;
	const advice = "The client existed a moment ago: check that nothing deletes it, then run pulumi up again";
	const answer = await explainNotFound(advice, async () => {
		try {
			return await context.api.putOauthClient(client.id, body);
		} catch (error) {
			if (!mayHaveActed(error, operations.putOauthClient.name)) throw error;
			const known = olds === undefined ? client : withOldSettings(client, client, olds, []);
			const unconfirmed = [...changed, ...settingsLeftToApi(olds ?? { ...client }, inputs, changed)];
			throw new SyncError(error, { ...subject, client: known, carried: { ...carried, unconfirmed } });
		}
	});
	return { ...settled, client: answer, isUnsaved: true };
}

/** A PUT without a usable answer: what state must be told. */
class SyncError extends Error {
	readonly subject: Subject;

	constructor(cause: unknown, subject: Subject) {
		super("a PUT has an unknown outcome", { cause });
		this.subject = { ...subject, isUnsaved: true };
	}
}

/** A client of the grant TOKEN has no secret, and its former one is obsolete, once it is known to have that grant. */
const withoutFormerSecret = (subject: Subject, { inputs }: Goal): Subject =>
	inputs["authorizedGrantType"] === "TOKEN"
		? { ...subject, carried: { ...subject.carried, clientSecret: "", secretVersion: 0 } }
		: subject;

/** Runs the secret's pending steps: rotate, verify, store. */
async function settle(context: LifecycleContext, { inputs }: Goal, subject: Subject): Promise<Subject> {
	const { client, carried, from } = subject;
	// The operation may have timed out, but a client without a known secret is useless.
	const secretContext = from === "POST without response" ? context.afterDeadline() : context;
	const mayRotate = carried.pendingSecretSteps.some((step) => step !== "store");
	// Requested before the rotation: a failure after it would lose the new secret.
	const loginClientId = mayRotate ? await secretContext.login() : carried.loginClientId;
	// Its state as it is, which may be none that the program can declare.
	const settings = { ...inputs, state: client.state };
	const settled = await explainNotFound(adviceWhenDeleted(clientKind, client.id, false), async () =>
		runPendingSecretSteps(secretContext, client.id, settings, { ...carried, loginClientId }),
	);
	return { ...subject, carried: settled, isUnsaved: subject.isUnsaved || mayRotate };
}

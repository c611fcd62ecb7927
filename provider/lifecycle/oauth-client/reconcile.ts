import { randomUUID } from "node:crypto";
import { GenesysCloudError, mayHaveActed } from "../../api/errors";
import { operations } from "../../api/oauth-api";
import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { adoptionOf, holdClientToAdopt } from "./adoption";
import { postClient } from "./post-client";
import { clientKind, labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import { reportIgnoredSettings } from "./ignored-settings";
import type { OAuthClientOutputs } from "./outputs";
import { adviceWhenDeleted, explainNotFound } from "../explain-not-found";
import { findClientToTakeOver } from "./unsaved-clients";
import { partialFailure } from "../presentable-errors";
import { loginEndByAdoption, loginEndOf, requireOtherLogin } from "./own-login";
import { plan } from "./plan";
import type { SecretStep } from "./secret-rotation";
import { SecretStepError, runPendingSecretSteps } from "./pending-secret-steps";
import { type Properties, sameJson } from "../properties";
import {
	type CarriedState,
	carriedStateOf,
	declaredNames,
	minimalOutputs,
	optionsOf,
	toOutputs,
	unmanagedSettingsOf,
} from "./state";
import { changedSettings, clientOf, needsHomeDivision, toRequest, unknownFields } from "./settings";

/** A client that exists as declared. */
export interface Reconciled {
	id: string;
	outs: OAuthClientOutputs;
}

/** A client that the stack already manages, as stored in state. */
interface Managed {
	id: string;
	olds: Properties;
}

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
	} catch (error) {
		if (subject === undefined) throw error;
		if (error instanceof SecretStepError) subject = { ...subject, carried: error.carried, isUnsaved: true };
		// An adopted client may have its new name already, so the next run might not find it by the old one.
		const mayBeRenamed = subject.from === "adoption" && mayHaveActed(error, operations.putOauthClient.name);
		if (!subject.isUnsaved && !mayBeRenamed) {
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
	const adopt = inputs["adoption"] === "done" ? undefined : adoptionOf(inputs);
	const adoptionId = randomUUID();
	const carried = { ...carriedOn(goal), adoptionId, loginClientId: await context.login() };
	const client =
		adopt === undefined
			? await findClientToTakeOver(context, inputs, adoptionId)
			: await holdClientToAdopt(context, adopt, inputs, adoptionId);
	if (client === undefined) return undefined;
	const rotates = (adopt === undefined || adopt.rotateSecret === true) && inputs["authorizedGrantType"] !== "TOKEN";
	return {
		client,
		carried: { ...carried, pendingSecretSteps: rotates ? ["renew"] : [] },
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

/** Sends a PUT if a setting differs. */
async function sync(context: LifecycleContext, goal: Goal, subject: Subject, managed?: Managed): Promise<Subject> {
	if (managed !== undefined) return syncManaged(context, goal, subject, managed);
	const { client, carried } = subject;
	if (subject.from === "adoption") {
		const end = loginEndByAdoption(client, goal.inputs, carried.pendingSecretSteps.length > 0);
		await requireOtherLogin(context, client.id, { ...client }, end);
	}
	const isDifferent =
		subject.from === "adoption"
			? changedSettings({ ...toOutputs(client, carried) }, goal.inputs, goal.homeDivisionId).length > 0
			: // The API always creates an active client.
				goal.request.state === "inactive";
	if (!isDifferent) return { ...subject, isUnsaved: true };
	const advice = "The client existed a moment ago: check that nothing deletes it, then run pulumi up again";
	const request = { ...unknownFields(client), ...goal.request };
	const changed = await explainNotFound(advice, async () => context.api.putOauthClient(client.id, request));
	return { ...subject, client: changed, isUnsaved: true };
}

async function syncManaged(
	context: LifecycleContext,
	{ inputs, request, homeDivisionId }: Goal,
	subject: Subject,
	{ id, olds }: Managed,
): Promise<Subject> {
	const planned = plan(olds, inputs, context.clock.now(), homeDivisionId);
	const { changed, rotation, steps } = planned;
	await requireOtherLogin(context, id, inputs, loginEndOf(olds, inputs, planned));
	if (olds["state"] === "disabled" && (changed.length > 0 || rotation !== undefined)) {
		throw new GenesysCloudError(
			`Genesys Cloud support has disabled the client, and only they can enable it: nothing was changed; run pulumi refresh once it is enabled`,
		);
	}
	const carried = withSteps(subject.carried, inputs, steps);
	const isMoved = !sameJson(olds["connection"], inputs["connection"]);
	// A partially created client has no dates in state.
	if (typeof olds["dateCreated"] !== "string" || changed.length > 0) {
		const put = async () =>
			context.api.putOauthClient(id, { ...(await latestUnmanaged(context, id, olds)), ...request });
		const loginClientId = await context.login();
		const client = await explainNotFound(adviceWhenDeleted(clientKind, id, isMoved), put);
		return { ...subject, client, carried: { ...carried, loginClientId }, isFresh: true, isUnsaved: true };
	}
	if (!isMoved) return { ...subject, carried };
	// The client must exist under the new connection, so that it isn't managed in the wrong organization.
	const client = await explainNotFound(adviceWhenDeleted(clientKind, id, isMoved), async () =>
		context.api.getOauthClient(id),
	);
	return { ...subject, client, carried, isFresh: true, isUnsaved: true };
}

/** The current values of settings unknown to this version: a PUT without them would reset them. */
async function latestUnmanaged(
	{ api }: LifecycleContext,
	id: string,
	olds: Properties,
): Promise<Record<string, unknown>> {
	return Object.keys(unmanagedSettingsOf(olds)).length > 0 ? unknownFields(await api.getOauthClient(id)) : {};
}

/** The carried state with the secret's steps; a client of the grant TOKEN has no secret, and its former one is obsolete. */
const withSteps = (carried: CarriedState, inputs: Properties, pendingSecretSteps: SecretStep[]): CarriedState => ({
	...carried,
	...(inputs["authorizedGrantType"] === "TOKEN" && { clientSecret: "", secretVersion: 0 }),
	pendingSecretSteps,
});

/** Runs the secret's pending steps: rotate, verify, store. */
async function settle(context: LifecycleContext, { inputs }: Goal, subject: Subject): Promise<Subject> {
	const { client, carried, from } = subject;
	// The operation may have timed out, but a client without a known secret is useless.
	const secretContext = from === "POST without response" ? context.afterDeadline() : context;
	const rotates = carried.pendingSecretSteps.some((step) => step.startsWith("renew"));
	// Requested before the rotation: a failure after it would lose the new secret.
	const loginClientId = rotates ? await secretContext.login() : carried.loginClientId;
	const settled = await explainNotFound(adviceWhenDeleted(clientKind, client.id, false), async () =>
		runPendingSecretSteps(secretContext, client.id, inputs, { ...carried, loginClientId }),
	);
	return { ...subject, carried: settled, isUnsaved: subject.isUnsaved || rotates };
}

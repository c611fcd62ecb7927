import { randomUUID } from "node:crypto";
import { GenesysCloudError, isNotFoundError } from "../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../api/models";
import { adoptionOf, holdClientToAdopt } from "./adoption";
import { postClient } from "./post-client";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { reportIgnoredSettings } from "./ignored-settings";
import type { OAuthClientOutputs } from "./inputs";
import { findClientToTakeOver } from "./unsaved-clients";
import { partialFailure } from "./presentable-errors";
import { rotationReason, type SecretStep } from "./secret/secret-rotation";
import { SecretStepError, runPendingSecretSteps } from "./secret/pending-secret-steps";
import { sameJson } from "./state/canonical-json";
import {
	type CarriedState,
	carriedStateOf,
	declaredNames,
	optionsOf,
	minimalOutputs,
	toOutputs,
	unmanagedSettingsOf,
} from "./state/outputs";
import {
	changedSettings,
	clientOf,
	needsHomeDivision,
	type Properties,
	toRequest,
	unknownFields,
} from "./state/settings";

/** A client that is now there and as declared. */
export interface Reconciled {
	id: string;
	outs: OAuthClientOutputs;
}

/** What state has of a client that the stack manages already. */
interface Managed {
	id: string;
	olds: Properties;
}

/** What the program wants. */
interface Goal {
	inputs: Properties;
	/** The same as the API takes it. */
	request: OAuthClientRequest;
	homeDivisionId: string | undefined;
}

/** The client on its way to the goal. */
interface Subject {
	/** The client, as the API said it last or as state has it. */
	client: OAuthClient;
	/** What state must keep beside that. */
	carried: CarriedState;
	/** Where it came from. */
	from: "POST" | "unanswered POST" | "adoption" | "state";
	/** Whether the API has told this run what the client is like. */
	isFresh: boolean;
	/** Whether something has happened that state doesn't know: a failure must carry it there. */
	isUnsaved: boolean;
}

const verbs = { POST: "creating", "unanswered POST": "creating", adoption: "adopting", state: "updating" } as const;

/**
 * Brings a client to what the program declares: the one that state has or that is to be adopted, or a new one. An unchanged client costs
 * no call. A failure after something has happened is a partial one: Pulumi keeps what is known, and the next `up` goes on from there.
 *
 * @param managed what state has; undefined for a resource that is new or replaces another
 */
export async function reconcile(context: LifecycleContext, inputs: Properties, managed?: Managed): Promise<Reconciled> {
	const goal = await goalOf(context, inputs, managed);
	let subject: Subject | undefined;
	try {
		subject = managed === undefined ? await observe(context, goal) : fromState(goal, managed);
		subject ??= await ensure(context, goal);
		subject = await sync(context, goal, subject, managed);
		subject = await settle(context, goal, subject);
		const outs = toOutputs(subject.client, subject.carried);
		if (subject.isFresh) reportIgnoredSettings(context, outs, inputs);
		return { id: subject.client.id, outs };
	} catch (error) {
		if (subject === undefined) throw error;
		if (error instanceof SecretStepError) subject = { ...subject, carried: error.carried, isUnsaved: true };
		if (!subject.isUnsaved) {
			if (subject.from === "adoption") context.run.release(subject.client.id);
			throw error;
		}
		const label = labelOf(inputs, managed?.id);
		throw partialFailure(`${verbs[subject.from]} ${label}`, error, outputsAfterFailure(subject, managed), inputs);
	}
}

async function goalOf(context: LifecycleContext, inputs: Properties, managed?: Managed): Promise<Goal> {
	const known = managed === undefined ? undefined : carriedStateOf(managed.olds).homeDivisionId;
	const homeDivisionId = needsHomeDivision(inputs) ? (known ?? (await context.homeDivision())) : undefined;
	return { inputs, request: toRequest(inputs, homeDivisionId), homeDivisionId };
}

/** What state keeps, going on from what it has; nothing for a client that is new to the stack. */
const carriedOn = ({ inputs, homeDivisionId }: Goal, olds: Properties = {}): CarriedState => ({
	...carriedStateOf(olds),
	options: optionsOf(inputs),
	declared: declaredNames(inputs),
	homeDivisionId,
});

/** The client that is there already and is to come under management, if there is one. */
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
	const renews = (adopt === undefined || adopt.rotateSecret === true) && inputs["authorizedGrantType"] !== "TOKEN";
	return {
		client,
		carried: { ...carried, pendingSecretSteps: renews ? ["renew"] : [] },
		from: "adoption",
		isFresh: true,
		isUnsaved: false,
	};
}

/** The client as state has it. */
function fromState(goal: Goal, { id, olds }: Managed): Subject {
	const client = { ...unmanagedSettingsOf(olds), ...clientOf(olds), id };
	return { client, carried: carriedOn(goal, olds), from: "state", isFresh: false, isUnsaved: false };
}

/** Makes the client. */
async function ensure(context: LifecycleContext, goal: Goal): Promise<Subject> {
	const { authorizedGrantType } = goal.request;
	const loginClientId = await context.login();
	const { client, isRecovered } = await postClient(context, goal.request, labelOf(goal.inputs));
	const clientSecret = isRecovered ? "" : (client.secret ?? "");
	// A recovered client's secret is lost, and so is that of a service whose answer held none.
	const needsSecret = isRecovered ? authorizedGrantType !== "TOKEN" : authorizedGrantType === "CLIENT-CREDENTIALS";
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
		from: isRecovered ? "unanswered POST" : "POST",
		isFresh: true,
		isUnsaved: true,
	};
}

/** Sends a PUT when a setting differs. */
async function sync(context: LifecycleContext, goal: Goal, subject: Subject, managed?: Managed): Promise<Subject> {
	if (managed !== undefined) return syncManaged(context, goal, subject, managed);
	const { client, carried } = subject;
	const isDifferent =
		subject.from === "adoption"
			? changedSettings({ ...toOutputs(client, carried) }, goal.inputs, goal.homeDivisionId).length > 0
			: // The API makes a client active, whatever is asked for.
				goal.request.state === "inactive";
	if (!isDifferent) return { ...subject, isUnsaved: true };
	const said = "The client existed a moment ago: check that nothing deletes it, then run pulumi up again";
	const request = { ...unknownFields(client), ...goal.request };
	const changed = await explainNotFound(said, async () => context.api.putOauthClient(client.id, request));
	return { ...subject, client: { ...changed, id: client.id }, isUnsaved: true };
}

async function syncManaged(
	context: LifecycleContext,
	{ inputs, request, homeDivisionId }: Goal,
	subject: Subject,
	{ id, olds }: Managed,
): Promise<Subject> {
	const isDisabled = olds["state"] === "disabled";
	const changed = changedSettings(olds, inputs, homeDivisionId).filter((name) => !(name === "state" && isDisabled));
	const isDue = rotationReason(olds, inputs, context.clock.now()) !== undefined;
	if (isDisabled && (changed.length > 0 || isDue)) {
		throw new GenesysCloudError(
			`Genesys Cloud support has disabled the client, and only they can enable it: nothing was changed; run pulumi refresh once it is enabled`,
		);
	}
	const carried = withSecretSteps(subject.carried, olds, inputs, isDue);
	const isMoved = !sameJson(olds["connection"], inputs["connection"]);
	// A client whose making failed half-way is in state without its dates.
	if (typeof olds["dateCreated"] !== "string" || changed.length > 0) {
		const put = async () =>
			context.api.putOauthClient(id, { ...(await latestUnmanaged(context, id, olds)), ...request });
		const loginClientId = await context.login();
		const client = { ...(await explainNotFound(adviceWhenDeleted(id, isMoved), put)), id };
		return { ...subject, client, carried: { ...carried, loginClientId }, isFresh: true, isUnsaved: true };
	}
	if (!isMoved) return { ...subject, carried };
	// The same client must be there under the new connection: nothing may be managed in the wrong organization.
	const client = await explainNotFound(adviceWhenDeleted(id, isMoved), async () => context.api.getOauthClient(id));
	return { ...subject, client, carried, isFresh: true, isUnsaved: true };
}

/** The settings that this version doesn't know, as they are now: a PUT without them would wipe them. */
async function latestUnmanaged(
	{ api }: LifecycleContext,
	id: string,
	olds: Properties,
): Promise<Record<string, unknown>> {
	return Object.keys(unmanagedSettingsOf(olds)).length > 0 ? unknownFields(await api.getOauthClient(id)) : {};
}

/** What is to be done on the secret: what an earlier run left, what is due, and what a new grant or a new sink brings with it. */
function withSecretSteps(carried: CarriedState, olds: Properties, news: Properties, isDue: boolean): CarriedState {
	// A client of this grant has no secret; the one it had means nothing any more.
	if (news["authorizedGrantType"] === "TOKEN") {
		return { ...carried, clientSecret: "", secretVersion: 0, pendingSecretSteps: [] };
	}
	const hadNone = olds["authorizedGrantType"] === "TOKEN";
	const hasNewSink = news["secretSink"] !== undefined && !sameJson(olds["secretSink"], news["secretSink"]);
	const steps = new Set<SecretStep>(carried.pendingSecretSteps);
	if (isDue || hadNone) steps.add("renew");
	if (hasNewSink) steps.add("store");
	return { ...carried, pendingSecretSteps: [...steps] };
}

/** Renews, verifies and hands over the secret, as far as that is to be done. */
async function settle(context: LifecycleContext, { inputs }: Goal, subject: Subject): Promise<Subject> {
	const { client, carried, from } = subject;
	// The time of the POST may be up; but a client without a known secret is of no use to anybody.
	const patient = from === "unanswered POST" ? context.afterDeadline() : context;
	const renews = carried.pendingSecretSteps.some((step) => step.startsWith("renew"));
	// Asked before the renewal: a question that failed after it would cost the new secret.
	const loginClientId = renews ? await patient.login() : carried.loginClientId;
	const settled = await explainNotFound(adviceWhenDeleted(client.id, false), async () =>
		runPendingSecretSteps(patient, client.id, inputs, { ...carried, loginClientId }),
	);
	return { ...subject, carried: settled, isUnsaved: subject.isUnsaved || renews };
}

const adviceWhenDeleted = (id: string, isMoved: boolean) =>
	isMoved
		? `The connection has changed, and OAuth client ${id} isn't in the new organization: to create a new client there, run pulumi up --replace for this resource`
		: "The client was deleted outside Pulumi: run pulumi refresh, then pulumi up to create a new one, with a new id and secret";

async function explainNotFound<T>(advice: string, call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		throw new GenesysCloudError(`${error.message}. ${advice}`);
	}
}

/** The outputs of a client that work failed on: even an answer that is of no use must not cost the id and the secret. */
function outputsAfterFailure({ client, carried }: Subject, managed: Managed | undefined): OAuthClientOutputs {
	try {
		return toOutputs(client, carried);
	} catch {
		return { ...managed?.olds, ...minimalOutputs(client.id, carried) };
	}
}

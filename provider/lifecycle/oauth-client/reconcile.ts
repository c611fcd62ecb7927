import { randomUUID } from "node:crypto";
import { GenesysCloudError, mayHaveActed, quoted } from "../../api/errors";
import { fieldsOf } from "../../api/json";
import { operations } from "../../api/oauth-api";
import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { findExisting } from "../adoption";
import type { LifecycleContext } from "../context";
import { secretInputsOf } from "../hide-secret-inputs";
import { adviceUnlessNew, adviceWhenDeleted, explainNotFound, findLive } from "../not-found";
import type { Managed, Reconciled } from "../operations";
import { postOnce } from "../post-once";
import { partialFailure } from "../presentable-errors";
import { type Properties, sameJson } from "../properties";
import { orderFor } from "../rotation-order";
import { type ChangedSetting, type OAuthClientOutputs, optionsOf } from "./arguments";
import { adoptionOf, clientKind, labelOf } from "./kind";
import { loginEndOf, requireOtherLogin } from "./own-login";
import { dateOfSecret, runSecretSteps } from "./pending-secret-steps";
import { carriedOver } from "./kept-secret";
import { suppliedSecret, takingSecret } from "./supplied-secret";
import { mayHaveEnded, plan } from "./plan";
import {
	carriedStateOf,
	clientInState,
	declaredNames,
	minimalOutputs,
	type Goal,
	type Subject,
	toOutputs,
} from "./state";
import { changedSettings, needsHomeDivision, settingsLeftToApi, toPut, toRequest, withOldSettings } from "./settings";

/** What has become of a client: with an error, the outputs are what state must be told; undefined if nothing has changed. */
export interface Outcome {
	id: string;
	outs?: OAuthClientOutputs;
	error?: unknown;
	/** What was tried. */
	verb?: string;
}

const verbs: Record<Subject["from"], string> = {
	POST: "creating",
	"POST without response": "creating",
	adoption: "adopting",
	state: "updating",
};

/**
 * Makes a client what the program declares: the one in state, one to adopt, or a new one. An unchanged client takes no call. A failure after
 * a change is a partial failure: Pulumi saves what is known, and the next `pulumi up` continues from there.
 *
 * @param managed the client in state; undefined for a new resource or a replacement
 */
export async function reconcile(context: LifecycleContext, inputs: Properties, managed?: Managed): Promise<Reconciled> {
	const { id, outs, error, verb } = await attempt(context, inputs, managed);
	if (outs === undefined) throw error;
	if (error === undefined) return { id, outs };
	const action = `${verb} ${labelOf(inputs, managed?.id)}`;
	throw partialFailure(action, error, { ...outs }, context.hide, { ...clientKind, id });
}

/** The same without a failure: tells what is known. */
export async function attempt(context: LifecycleContext, inputs: Properties, managed?: Managed): Promise<Outcome> {
	let subject: Subject | undefined;
	try {
		const goal = await goalOf(context, inputs, managed?.olds);
		let isDue = false;
		if (managed === undefined) {
			subject = (await observe(context, goal)) ?? (await ensure(context, goal));
			if (subject.unusable !== undefined) throw subject.unusable;
			await syncNew(context, subject);
		} else {
			subject = begin(goal, clientInState(managed.olds, managed.id), "state", managed.olds);
			isDue = await syncManaged(context, subject, managed);
		}
		await settle(context, subject, isDue);
		const outs = toOutputs(subject.client, carriedOver(subject));
		if (subject.isFresh) reportIgnoredSettings(context, outs, inputs);
		return { id: subject.client.id, outs };
	} catch (error) {
		if (subject === undefined) return { id: "", error };
		const { client, from, unusable } = subject;
		if (!subject.isUnsaved) {
			if (from === "adoption") context.run.release(client.id);
			return { id: "", error };
		}
		// Without the settings in state, the next update sends all that the program declares.
		const carried = carriedOver(subject);
		const outs = unusable === undefined ? toOutputs(client, carried) : minimalOutputs(client, carried);
		return { id: client.id, outs, error, verb: verbs[from] };
	}
}

async function goalOf(context: LifecycleContext, inputs: Properties, olds: Properties = {}): Promise<Goal> {
	const known = carriedStateOf(olds).homeDivisionId;
	const homeDivisionId = needsHomeDivision(inputs) ? (known ?? (await context.homeDivision())) : undefined;
	return { inputs, request: toRequest(inputs, homeDivisionId), homeDivisionId };
}

/** The client at the beginning, as soon as it is known which. */
const begin = (goal: Goal, client: OAuthClient, from: Subject["from"], olds: Properties = {}): Subject => ({
	...goal,
	client,
	from,
	carried: {
		...carriedStateOf(olds),
		options: optionsOf(goal.inputs),
		declared: declaredNames(goal.inputs),
		homeDivisionId: goal.homeDivisionId,
	},
	secretInState: carriedStateOf(olds).clientSecret,
	isFresh: from !== "state",
	isUnsaved: from.startsWith("POST"),
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
	const subject = begin(goal, client, "adoption");
	const rotates = (!isAdopting || adopt.rotateSecret === true) && inputs["authorizedGrantType"] !== "TOKEN";
	Object.assign(subject.carried, { adoptionId, loginClientId, pendingSecretSteps: [rotates ? "renew" : "store"] });
	return subject;
}

/** Creates the client, with one POST: see `postOnce`. */
async function ensure(context: LifecycleContext, goal: Goal): Promise<Subject> {
	const loginClientId = await context.login();
	// The API creates active clients only.
	const request: OAuthClientRequest = { ...goal.request, state: "active" };
	const { name, authorizedGrantType } = request;
	const posted = await postOnce(context, clientKind, {
		operation: operations.postOauthClients.name,
		name,
		send: async () => context.api.postOauthClients(request),
		isAsSent: (found) => changedSettings({ ...found }, { ...request }).length === 0,
	});
	const isUsable = "entity" in posted;
	const isRecovered = isUsable && posted.isRecovered;
	const { secret = "", ...told } = isUsable ? posted.entity : posted.created;
	const dateCreated = new Date(context.api.serverTime()).toISOString();
	const client: OAuthClient = { dateCreated, ...request, ...told };
	const clientSecret = isRecovered ? "" : secret;
	// The secret is lost if the client was recovered or the response was unusable, or if the response had none: Genesys Cloud documents one for
	// these two grants.
	const needsSecret =
		isRecovered || !isUsable
			? authorizedGrantType !== "TOKEN"
			: ["CLIENT-CREDENTIALS", "CODE"].includes(authorizedGrantType);
	if (isRecovered) {
		context.notice(
			`recovered ${labelOf(goal.inputs)} (${client.id}): the create request got no response, but the client was created${authorizedGrantType === "TOKEN" ? "" : "; its secret will be rotated"}`,
		);
	}
	const subject = begin(goal, client, isRecovered ? "POST without response" : "POST");
	Object.assign(subject.carried, {
		loginClientId,
		clientSecret,
		secretVersion: clientSecret === "" ? 0 : 1,
		secretRotatedAt: dateOfSecret(client.dateCreated, context.api.serverTime()),
		rotationOrder: orderFor(context.occasion(), [client.id])?.name,
		pendingSecretSteps: [clientSecret === "" && needsSecret ? "renew" : "store"],
	});
	if (!isUsable) subject.unusable = posted.unusable;
	return subject;
}

/** Makes the settings of a client that is new to the stack those that the program declares. */
async function syncNew(context: LifecycleContext, subject: Subject): Promise<void> {
	const { client, carried, from, inputs } = subject;
	// The API always creates an active client.
	if (from !== "adoption") return put(context, subject, inputs["state"] === "inactive" ? ["state"] : []);
	const rotates = carried.pendingSecretSteps.includes("renew");
	const changed = changedSettings({ ...toOutputs(client, carried) }, inputs, carried.homeDivisionId);
	const end = loginEndOf({ ...client }, inputs, { replaces: [], rotates, changed });
	await requireOtherLogin(context, client.id, { ...client }, end);
	const supplied = rotates ? undefined : suppliedSecret({ ...client }, inputs);
	await takingSecret(context, subject, supplied, async () => put(context, subject, changed));
	subject.isUnsaved = true;
}

/**
 * The same for a client in state.
 *
 * @returns whether its secret is due for a rotation
 */
async function syncManaged(context: LifecycleContext, subject: Subject, { id, olds }: Managed): Promise<boolean> {
	const { inputs, carried } = subject;
	const planned = plan(olds, inputs, context.occasion(), carried.homeDivisionId);
	const { changed, rotation, steps, supplied } = planned;
	await requireOtherLogin(context, id, inputs, loginEndOf(olds, inputs, planned));
	if (olds["state"] === "disabled" && (changed.length > 0 || rotation !== undefined)) {
		throw new GenesysCloudError(
			`Genesys Cloud support has disabled the client, and only they can enable it: nothing was changed; run pulumi refresh once it is enabled`,
		);
	}
	carried.pendingSecretSteps = steps;
	// As long as the secret isn't rotated, the reason remains.
	if (rotation !== undefined) carried.options = { ...carried.options, secretRotation: olds["secretRotation"] };
	const isMoved = !sameJson(olds["connection"], inputs["connection"]);
	const isEnded = await takingSecret(
		context,
		subject,
		supplied,
		async () => (changed.length > 0 || isMoved) && change(context, subject, { id, olds }, changed, isMoved),
	);
	if (isEnded) carried.pendingSecretSteps = [...steps, "renew"];
	// A client of this grant has no secret, and its former one is obsolete, once it is known to have that grant.
	if (inputs["authorizedGrantType"] === "TOKEN") Object.assign(carried, { clientSecret: "", secretVersion: 0 });
	return rotation !== undefined;
}

/**
 * Reads a client in state, and changes some of its settings.
 *
 * @returns whether its secret has ended in the meantime
 */
async function change(
	context: LifecycleContext,
	subject: Subject,
	{ id, olds }: Managed,
	changed: ChangedSetting[],
	isMoved: boolean,
): Promise<boolean> {
	const { inputs, carried } = subject;
	const live = await findLive(context, clientKind, { id, olds }, isMoved);
	const kept = changedSettings({ ...live }, olds, carried.homeDivisionId).filter((name) => !changed.includes(name));
	if (kept.length > 0 && changed.length > 0) {
		context.notice(
			`${labelOf(inputs, id)} was changed outside Pulumi, and this update leaves that as it is (${kept.join(", ")}): pulumi up --refresh shows it`,
		);
	}
	if (changed.length > 0) carried.loginClientId = await context.login();
	Object.assign(subject, { client: live, isFresh: true });
	await put(context, subject, changed, olds);
	const taken = [...changed, ...settingsLeftToApi(olds, inputs, changed)];
	subject.client = withOldSettings(subject.client, live, olds, taken);
	return live.authorizedGrantType === "TOKEN" && mayHaveEnded(olds, inputs);
}

/**
 * Changes some settings and leaves the others as they are, with one PUT. State is told which ones they
 * are for as long as it is unknown whether they have been changed.
 */
async function put(
	context: LifecycleContext,
	subject: Subject,
	changed: ChangedSetting[],
	olds?: Properties,
): Promise<void> {
	const { client, carried, inputs, request } = subject;
	const declared = Object.keys(fieldsOf(inputs["additionalSettings"]));
	const dropped = Object.keys(fieldsOf(olds?.["additionalSettings"])).filter((name) => !declared.includes(name));
	const body = toPut(client, request, changed, dropped);
	if (body !== undefined) {
		const gone = "The client existed a moment ago: check that nothing deletes it, then run pulumi up again";
		const advice = adviceUnlessNew(context, clientKind, client, gone);
		try {
			subject.client = await explainNotFound(advice, async () => context.api.putOauthClient(client.id, body, declared));
		} catch (error) {
			if (mayHaveActed(error, operations.putOauthClient.name)) {
				if (olds !== undefined) subject.client = withOldSettings(client, client, olds, []);
				carried.unconfirmed = [...changed, ...settingsLeftToApi(olds ?? { ...client }, inputs, changed)];
				subject.isUnsaved = true;
			}
			throw error;
		}
		subject.isUnsaved = true;
	}
	carried.unconfirmed = [];
}

/** Runs the secret's pending steps: rotate, verify, store. */
async function settle(context: LifecycleContext, subject: Subject, isDue: boolean): Promise<void> {
	const { client, carried, from } = subject;
	// The operation may have timed out, but a client without a known secret is useless.
	const own = from === "POST without response" ? context.afterDeadline() : context;
	const mayRotate = isDue || carried.pendingSecretSteps.some((step) => step !== "store");
	// Requested before the rotation: a failure after it would lose the new secret.
	if (mayRotate) carried.loginClientId = await own.login();
	const advice = adviceUnlessNew(context, clientKind, client, adviceWhenDeleted(clientKind));
	await explainNotFound(advice, async () => runSecretSteps(own, subject, isDue));
}

/**
 * Notifies the user if the API accepted a write but silently dropped or added scopes or roles. State stores the API's values, so the next
 * preview shows the difference too.
 */
function reportIgnoredSettings(context: LifecycleContext, outs: OAuthClientOutputs, inputs: Properties): void {
	const watched = ["scope", "roleDivisions", "roleIds"] as const;
	const different = changedSettings({ ...outs }, inputs, outs.homeDivisionId);
	if (different.includes("additionalSettings")) {
		const names = Object.keys(fieldsOf(inputs["additionalSettings"])).join(", ");
		context.notice(
			`Genesys Cloud didn't apply all additionalSettings of ${labelOf({ ...outs }, outs.clientId)} as declared: ${quoted(names, 300)}`,
		);
	}
	const secretInputs = secretInputsOf(inputs);
	for (const name of watched.filter((one) => different.includes(one))) {
		// Of a secret list each item would be hidden by itself, and a short one not at all.
		const now = secretInputs.includes(name) ? "another value" : quoted(JSON.stringify(outs[name]), 300);
		context.notice(
			`Genesys Cloud didn't apply the declared ${name} of ${labelOf({ ...outs }, outs.clientId)}: it now has ${now}`,
		);
	}
}

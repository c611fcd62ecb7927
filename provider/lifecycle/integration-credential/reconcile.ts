import { randomUUID } from "node:crypto";
import { GenesysCloudError, enumerated, mayHaveActed, quoted } from "../../api/errors";
import type { Credential, CredentialInfo } from "../../api/integration-models";
import { integrationsOperationNames } from "../../api/integrations-api";
import { fieldsOf } from "../../api/json";
import type { LifecycleContext } from "../context";
import { findLive } from "../not-found";
import { partialFailure } from "../presentable-errors";
import { postOnce } from "../post-once";
import { type Properties, sameJson } from "../properties";
import { findExisting } from "../adoption";
import { credentialKind } from "./kind";
import { modifiedDateOf, otherClientIn } from "./read";
import type { Managed, Reconciled } from "../operations";
import {
	type Carried,
	carriedOf,
	changedSettings,
	fingerprintsOf,
	hasItsFields,
	infoOf,
	recordsFields,
	toOutputs,
	toRequest,
	typeOf,
	withAnswer,
} from "./state";

/**
 * Makes a credential what the program declares: the one in state, one to adopt, or a new one. An unchanged credential takes no call, a
 * changed one a PUT.
 *
 * @param managed the credential in state; undefined for a new resource or a replacement
 */
export async function reconcile(context: LifecycleContext, inputs: Properties, managed?: Managed): Promise<Reconciled> {
	if (managed !== undefined) return update(context, inputs, managed);
	const carried = { fieldFingerprints: {}, adoptionId: randomUUID() };
	// Of one that is taken over after an interrupted run nobody says that it has its fields.
	const mayRecord = hasItsFields(inputs) && (await context.mayAdopt());
	const existing = await findExisting(context, credentialKind, inputs, carried.adoptionId);
	if (existing === undefined) return create(context, inputs);
	if (!mayRecord || existing.name !== inputs["name"]) return put(context, "adopting", inputs, existing, carried);
	try {
		return await record(context, inputs, existing, carried);
	} catch (error) {
		context.run.release(existing.id);
		throw error;
	}
}

/** Takes the fields for those that the credential has, without a write: see `sendFields`. */
async function record(
	context: LifecycleContext,
	inputs: Properties,
	existing: Credential & CredentialInfo,
	carried: Carried,
): Promise<Reconciled> {
	const other = otherClientIn(existing, fingerprintsOf(inputs)["clientId"]);
	if (other !== undefined) {
		throw new GenesysCloudError(
			`${credentialKind.label(inputs, existing.id)} contains another OAuth client (${other}) than fields.clientId, although adopt.sendFields is false: correct the fields, or remove sendFields to send them`,
		);
	}
	const [modifiedDate, loginClientId] = [await modifiedDateOf(context, existing.id), await context.login()];
	const info = modifiedDate === undefined ? existing : { ...existing, modifiedDate };
	return sent(inputs, info, { ...carried, loginClientId });
}

/** The failure for a credential that exists, and isn't certainly as declared: the next run sends its fields. */
function savedFailure(
	{ hide }: LifecycleContext,
	verb: string,
	inputs: Properties,
	info: CredentialInfo,
	carried: Carried,
	error: unknown,
) {
	const outputs = { ...toOutputs(complete(info, inputs), inputs, carried) };
	const { label, noun } = credentialKind;
	return partialFailure(`${verb} ${label(inputs)}`, error, outputs, hide, { noun, id: info.id });
}

/** Creates a credential: see `postOnce`. */
async function create(context: LifecycleContext, inputs: Properties): Promise<Reconciled> {
	await requireKnownType(context, inputs);
	const carried = { fieldFingerprints: {}, loginClientId: await context.login() };
	const request = toRequest(inputs);
	const posted = await postOnce(context, credentialKind, {
		operation: integrationsOperationNames.postIntegrationsCredentials.name,
		name: request.name,
		key: `${request.type.name} ${request.name}`,
		send: async () => context.api.postIntegrationsCredentials(request),
		isAsSent: (found) => credentialKind.isAlike(found, inputs),
	});
	if ("unusable" in posted) {
		const createdDate = new Date(context.api.serverTime()).toISOString();
		throw savedFailure(context, "creating", inputs, { id: posted.created.id, createdDate }, carried, posted.unusable);
	}
	const { entity, isRecovered } = posted;
	if (!isRecovered) return sent(inputs, entity, carried);
	context.notice(
		`recovered ${credentialKind.label(inputs)} (${entity.id}): the create request got no response, but the credential was created; its fields are sent again`,
	);
	return put(context.afterDeadline(), "creating", inputs, entity, carried);
}

async function update(context: LifecycleContext, inputs: Properties, { id, olds }: Managed): Promise<Reconciled> {
	const isMoved = !sameJson(olds["connection"], inputs["connection"]);
	const changed = changedSettings(olds, inputs);
	const carried = carriedOf(olds);
	const known = infoOf(olds, id);
	const unchanged = { id, outs: toOutputs(known, inputs, carried) };
	const records = recordsFields(olds, inputs);
	if (changed.length === 0 && !isMoved && !records) return unchanged;
	const live = await findLive(context, credentialKind, { id, olds }, isMoved);
	if (changed.length === 0 && records) return record(context, inputs, { ...withAnswer(known, live), id }, carried);
	if (changed.length === 0) return unchanged;
	// A name that the program hasn't changed stays as it is now; the fields can't be read, so all of them are sent.
	const name = changed.includes("name") ? inputs["name"] : (live.name ?? inputs["name"]);
	// Without its name in state, the next run sends all of it again.
	const { outs } = await put(context, "updating", inputs, { ...known, name: "" }, carried, name);
	return { id, outs: { ...outs, name: inputs["name"] } };
}

/** Replaces name and fields of a credential. */
async function put(
	context: LifecycleContext,
	verb: "creating" | "adopting" | "updating",
	inputs: Properties,
	known: CredentialInfo,
	carried: Carried,
	name = inputs["name"],
): Promise<Reconciled> {
	try {
		await requireKnownType(context, inputs);
		const loginClientId = await context.login();
		const changed = await context.api.putIntegrationsCredential(known.id, toRequest({ ...inputs, name }));
		return sent(inputs, { ...withAnswer(known, changed), id: known.id }, { ...carried, loginClientId });
	} catch (error) {
		// It may have its new name already, so the next run might not find it by the old one.
		if (verb === "creating" || mayHaveActed(error, integrationsOperationNames.putIntegrationsCredential.name)) {
			throw savedFailure(context, verb, inputs, known, { ...carried, fieldFingerprints: {} }, error);
		}
		if (verb === "adopting") context.run.release(known.id);
		throw error;
	}
}

/** A credential whose fields have been sent. */
function sent(inputs: Properties, info: CredentialInfo, carried: Carried): Reconciled {
	const fieldFingerprints = fingerprintsOf(inputs);
	return { id: info.id, outs: toOutputs(complete(info, inputs), inputs, { ...carried, fieldFingerprints }) };
}

/** A response with what was sent, where it lacks that: otherwise the next run would find a difference. */
const complete = (info: CredentialInfo, inputs: Properties): CredentialInfo => ({
	...info,
	name: info.name ?? String(inputs["name"]),
	type: info.type ?? { name: typeOf(inputs) },
});

/** With `checkType`, fails if the organization has no such type, and says which of its required fields are missing. */
async function requireKnownType(context: LifecycleContext, inputs: Properties): Promise<void> {
	if (inputs["checkType"] !== true) return;
	const types = await context.api.getIntegrationsCredentialsTypes();
	const type = types.find(({ name }) => name === typeOf(inputs));
	const known = enumerated(
		types.map(({ name }) => name ?? "(unnamed)"),
		20,
	);
	if (type === undefined) {
		throw new GenesysCloudError(
			`the organization has no type of integration credentials named "${quoted(typeOf(inputs))}": use one of ${known}`,
		);
	}
	const given = fieldsOf(inputs["fields"]);
	const missing = (type.required ?? []).filter((name) => given[name] === undefined);
	// The API is known to accept credentials without a field that its type needs.
	if (missing.length > 0) {
		context.notice(
			`Genesys Cloud lists ${enumerated(missing)} as required for credentials of the type ${quoted(typeOf(inputs))}, and ${credentialKind.label(inputs)} has no such field: it may refuse the credential`,
		);
	}
}

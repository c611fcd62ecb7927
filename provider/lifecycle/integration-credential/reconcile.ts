import { randomUUID } from "node:crypto";
import { type Created, GenesysCloudError, enumerated, mayHaveActed, quoted } from "../../api/errors";
import type { CredentialInfo } from "../../api/integration-models";
import { integrationsOperationNames } from "../../api/integrations-api";
import { fieldsOf } from "../../api/json";
import type { LifecycleContext } from "../context";
import { adviceWhenDeleted, explainNotFound } from "../explain-not-found";
import { partialFailure } from "../presentable-errors";
import { postOnce } from "../post-once";
import { recoverPosted } from "../recover-posted";
import { type Properties, sameJson } from "../properties";
import { findExisting } from "./adoption";
import { credentialKind } from "./kind";
import type { IntegrationCredentialOutputs } from "./inputs";
import {
	type Carried,
	carriedOf,
	changedSettings,
	fingerprintsOf,
	infoOf,
	toOutputs,
	toRequest,
	typeOf,
} from "./state";

/** A credential that exists as declared. */
interface Reconciled {
	id: string;
	outs: IntegrationCredentialOutputs;
}

/**
 * Makes a credential what the program declares: the one in state, one to adopt, or a new one. An unchanged credential takes no call, a
 * changed one a PUT.
 *
 * @param managed the credential in state; undefined for a new resource or a replacement
 */
export async function reconcile(
	context: LifecycleContext,
	inputs: Properties,
	managed?: { id: string; olds: Properties },
): Promise<Reconciled> {
	if (managed !== undefined) return update(context, inputs, managed);
	const adoptionId = randomUUID();
	const existing = await findExisting(context, inputs, adoptionId);
	if (existing === undefined) return create(context, inputs);
	const carried = { fieldFingerprints: {}, adoptionId };
	try {
		return await put(context, inputs, existing, carried);
	} catch (error) {
		// It may have its new name already, so the next run might not find it by the old one.
		if (mayHaveActed(error, integrationsOperationNames.putIntegrationsCredential.name)) {
			throw savedFailure("adopting", inputs, existing, carried, error);
		}
		context.run.release(existing.id);
		throw error;
	}
}

/** The failure for a credential that exists, and isn't certainly as declared: the next run sends its fields. */
function savedFailure(
	verb: string,
	inputs: Properties,
	info: CredentialInfo | Created,
	carried: Carried,
	error: unknown,
) {
	const outputs = { ...toOutputs(complete(info, inputs), inputs, carried) };
	const { label, noun } = credentialKind;
	return partialFailure(`${verb} ${label(inputs)}`, error, outputs, inputs, { noun, id: info.id });
}

/** Creates a credential with one POST, which is never retried. If its outcome is unknown, looks for the credential it may have created. */
async function create(context: LifecycleContext, inputs: Properties): Promise<Reconciled> {
	await requireKnownType(context, inputs);
	const loginClientId = await context.login();
	const request = toRequest(inputs);
	return context.run.oneAtATime(`${request.type.name} ${request.name}`, async () => {
		const startedAt = context.clock.now();
		const outcome = await postOnce(context, integrationsOperationNames.postIntegrationsCredentials.name, async () =>
			context.api.postIntegrationsCredentials(request),
		);
		if ("lost" in outcome) return recover(context.afterDeadline(), inputs, outcome.lost, startedAt);
		if ("created" in outcome) {
			const carried = { fieldFingerprints: {}, loginClientId };
			throw savedFailure("creating", inputs, outcome.created, carried, outcome.unusable);
		}
		const { entity } = outcome;
		const carried = { fieldFingerprints: fingerprintsOf(inputs), loginClientId };
		return { id: entity.id, outs: toOutputs(complete(entity, inputs), inputs, carried) };
	});
}

/** Finds the credential of a POST without a usable response. Its fields can't be read, so they are sent again. */
async function recover(
	context: LifecycleContext,
	inputs: Properties,
	error: unknown,
	startedAt: number,
): Promise<Reconciled> {
	const { name, type } = toRequest(inputs);
	const found = await recoverPosted<CredentialInfo>(context, error, {
		kind: credentialKind,
		name,
		startedAt,
		list: async () => (await context.api.getIntegrationsCredentialsListing()).entities,
		mayBeOurs: (other, since) => other.name === name && Date.parse(other.createdDate ?? "") >= since,
		isAsSent: (other) => other.type?.name === type.name,
	});
	context.run.add(found.id);
	const label = credentialKind.label(inputs);
	context.notice(
		`recovered ${label} (${found.id}): the create request got no response, but the credential was created; its fields are sent again`,
	);
	const carried = { fieldFingerprints: {}, loginClientId: await context.login() };
	try {
		return await put(context, inputs, found, carried);
	} catch (failure) {
		throw savedFailure("creating", inputs, found, carried, failure);
	}
}

async function update(
	context: LifecycleContext,
	inputs: Properties,
	{ id, olds }: { id: string; olds: Properties },
): Promise<Reconciled> {
	const isMoved = !sameJson(olds["connection"], inputs["connection"]);
	const advice = adviceWhenDeleted(credentialKind, id, isMoved);
	if (changedSettings(olds, inputs).length > 0) {
		return explainNotFound(advice, async () => put(context, inputs, infoOf(olds, id), carriedOf(olds)));
	}
	// The credential must exist under the new connection, so that it isn't managed in the wrong organization.
	if (isMoved) await explainNotFound(advice, async () => context.api.getIntegrationsCredential(id));
	return { id, outs: toOutputs(infoOf(olds, id), inputs, carriedOf(olds)) };
}

/** Replaces name and fields of a credential. */
async function put(
	context: LifecycleContext,
	inputs: Properties,
	known: CredentialInfo,
	carried: Carried,
): Promise<Reconciled> {
	await requireKnownType(context, inputs);
	const loginClientId = await context.login();
	const changed = await context.api.putIntegrationsCredential(known.id, toRequest(inputs));
	return {
		id: known.id,
		outs: toOutputs(complete({ ...known, ...changed }, inputs), inputs, {
			...carried,
			loginClientId,
			fieldFingerprints: fingerprintsOf(inputs),
		}),
	};
}

/** A response with what was sent, where it lacks that: otherwise the next run would find a difference. */
const complete = (info: CredentialInfo, inputs: Properties): CredentialInfo => ({
	...info,
	name: info.name ?? String(inputs["name"]),
	type: info.type ?? { name: typeOf(inputs) },
});

/** With `checkType`, fails if the organization has no such type, or if the type needs other fields. */
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
	if (missing.length > 0) {
		throw new GenesysCloudError(
			`credentials of the type ${quoted(typeOf(inputs))} also need ${enumerated(missing)} in fields`,
		);
	}
}

import * as v from "valibot";
import { uuid } from "../../api/answer-fields";
import { GenesysCloudError, isNotFoundError } from "../../api/errors";
import { oauthClientType } from "../../api/credentials-of-clients";
import type { Credential } from "../../api/integration-models";
import type { LifecycleContext } from "../context";
import { requireDeleted } from "../require-deleted";
import type { Properties } from "../properties";
import { credentialKind } from "./kind";
import type { IntegrationCredentialOutputs } from "./inputs";
import { carriedOf, fingerprintOf, infoOf, toOutputs } from "./state";

/** The result of reading a credential; an empty id if it was deleted. */
export interface Read {
	id: string;
	props?: IntegrationCredentialOutputs;
}

/** Reads a credential with one GET. The API shows its name and type, and possibly the client id in it. */
export async function read(context: LifecycleContext, id: string, props: Properties): Promise<Read> {
	// IntegrationCredential.get passes only an id.
	const isLookup = props["credentialId"] === undefined;
	let found: Credential;
	try {
		found = await context.api.getIntegrationsCredential(id);
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		if (isLookup) {
			throw new GenesysCloudError(`no integration credential has the id ${id}: check the id and the organization`);
		}
		await requireCredentialDeleted(context, id, props, error.message);
		context.notice(
			`${credentialKind.label(props, id)} was deleted outside Pulumi: pulumi up creates a new one, with a new id`,
		);
		return { id: "" };
	}
	if (!isLookup) context.run.add(id);
	const carried = carriedOf(props);
	const other = otherClientIn(found, carried.fieldFingerprints["clientId"]);
	if (other !== undefined && !isLookup) {
		context.notice(
			`${credentialKind.label(props, id)} names another OAuth client (${other}) than this stack sent: it was changed outside Pulumi, and pulumi up sends its fields again`,
		);
		carried.fieldFingerprints = { ...carried.fieldFingerprints, clientId: fingerprintOf(other) };
	}
	if (!isLookup && found.name !== props["name"]) {
		context.notice(
			`${credentialKind.label(props, id)} has another name: it was changed outside Pulumi, and pulumi up sends the name again`,
		);
	}
	return { id, props: toOutputs({ ...infoOf(props, id), ...found, id }, props, carried) };
}

/**
 * The client id that a credential shows, if it isn't the one that was sent. Only a UUID counts: how the API redacts values isn't
 * documented, and a mask isn't one.
 */
function otherClientIn({ type, credentialFields }: Credential, sent: string | undefined): string | undefined {
	const clientId = credentialFields?.["clientId"];
	const isShown = type?.name === oauthClientType && v.is(uuid, clientId);
	return isShown && fingerprintOf(clientId) !== sent ? clientId : undefined;
}

/** Verifies that a credential was deleted: see `requireDeleted`. */
export async function requireCredentialDeleted(
	context: LifecycleContext,
	id: string,
	props: Properties,
	said: string,
): Promise<void> {
	const { entities } = await context.api.getIntegrationsCredentialsListing();
	await requireDeleted(context, {
		kind: credentialKind,
		id,
		props,
		said,
		isListed: entities.some((credential) => credential.id === id),
		hasClient: async (clientId) => {
			const clients = await context.api.getOauthClients();
			return clients.entities.some((client) => client.id === clientId && client.state !== "deleted");
		},
	});
}

import * as v from "valibot";
import { uuid } from "../../api/answer-fields";
import { isApiError } from "../../api/errors";
import { oauthClientType } from "../../api/credentials-of-clients";
import type { Credential } from "../../api/integration-models";
import type { LifecycleContext } from "../context";
import type { Read } from "../operations";
import { lookUp } from "../look-up";
import { findInState } from "../not-found";
import type { Properties } from "../properties";
import { credentialKind } from "./kind";
import { carriedOf, fingerprintOf, infoOf, toOutputs, withAnswer } from "./state";

/** Reads a credential with one GET. The API shows its name and type, and possibly the client id in it. */
export async function read(context: LifecycleContext, id: string, props: Properties): Promise<Read> {
	// IntegrationCredential.get passes only an id.
	const isLookup = props["credentialId"] === undefined;
	if (isLookup) return readNew(context, id, props);
	const found = await findInState(context, credentialKind, id, props);
	if (found === undefined) return { id: "" };
	const carried = carriedOf(props);
	const other = otherClientIn(found, carried.fieldFingerprints["clientId"]);
	if (other !== undefined) {
		context.notice(
			`${credentialKind.label(props, id)} names another OAuth client (${other}) than this stack sent: it was changed outside Pulumi, and pulumi up sends its fields again`,
		);
		carried.fieldFingerprints = { ...carried.fieldFingerprints, clientId: fingerprintOf(other) };
	}
	const modifiedDate = await modifiedDateOf(context, id);
	if (modifiedDate !== undefined && modifiedDate !== props["modifiedDate"]) {
		context.notice(
			`${credentialKind.label(props, id)} was changed since state was saved, and its fields can't be read: pulumi up sends them again`,
		);
		carried.fieldFingerprints = {};
	}
	if (found.name !== undefined && found.name !== props["name"]) {
		context.notice(
			`${credentialKind.label(props, id)} has another name: it was changed outside Pulumi, and pulumi up sends the name again`,
		);
	}
	const info = { ...withAnswer(infoOf(props, id), found), id };
	return { id, props: toOutputs(modifiedDate === undefined ? info : { ...info, modifiedDate }, props, carried) };
}

/** Reads a credential by its id or name: for an import, or a program that only reads it. */
async function readNew(context: LifecycleContext, idOrName: string, props: Properties): Promise<Read> {
	const found = await lookUp(context, credentialKind, idOrName);
	const info = { ...withAnswer(infoOf(props, found.id), found), id: found.id };
	return { id: found.id, props: toOutputs(info, props, carriedOf(props)), isNew: true };
}

/** When a credential was last changed, which only the list shows; undefined if the login may not list credentials. */
export async function modifiedDateOf(context: LifecycleContext, id: string): Promise<string | undefined> {
	try {
		return (await context.credentialsAtStart()).find((credential) => credential.id === id)?.modifiedDate;
	} catch (error) {
		if (isApiError(error) && error.status === 403) return undefined;
		throw error;
	}
}

/**
 * The client id that a credential shows, if it isn't the one that was sent. Only a UUID counts: how the API redacts values isn't
 * documented, and a mask isn't one.
 */
export function otherClientIn({ type, credentialFields }: Credential, sent: string | undefined): string | undefined {
	const clientId = credentialFields?.["clientId"];
	const isShown = type?.name === oauthClientType && v.is(uuid, clientId);
	return isShown && fingerprintOf(clientId) !== sent ? clientId : undefined;
}

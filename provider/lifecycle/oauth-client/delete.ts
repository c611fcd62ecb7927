import { GenesysCloudError, enumerated, isApiError, isNotFoundError, mayHaveActed } from "../../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../../api/models";
import { operations } from "../../api/oauth-api";
import { clientKind, labelOf } from "./kind";
import { findFresh } from "../find-fresh";
import { requireDeleted, unlessDeleted } from "../not-found";
import type { LifecycleContext } from "../context";
import { refuseWhenInUse } from "./deletion-guard";
import { loginEndByDeletion, requireOtherLogin } from "./own-login";
import { reasonOf } from "../presentable-errors";
import { unmanagedSettingsOf } from "./state";
import type { Properties } from "../properties";
import { requestOf, toRequest } from "./settings";

/**
 * Deletes a client: PUT state=inactive, then DELETE, since the API doesn't delete active clients. An inactive client takes only the DELETE. If
 * the DELETE fails, the client is set back to active. For a client that doesn't exist, the list of clients is checked too. With
 * `deletion: "deactivate"` Genesys Cloud deletes it later.
 */
export async function deleteClient(context: LifecycleContext, id: string, props: Properties): Promise<void> {
	await requireOtherLogin(context, id, props, loginEndByDeletion(props));
	await unlessDeleted(context, clientKind, id, props, async () => {
		await refuseWhenInUse(context, id, props);
		await (props["deletion"] === "deactivate" ? leaveInactive(context, id, props) : remove(context, id, props));
	});
}

async function remove(context: LifecycleContext, id: string, props: Properties): Promise<void> {
	const erase = async () =>
		unlessDeleted(context, clientKind, id, props, async () => context.api.deleteOauthClient(id));
	if (props["state"] === "inactive" && (await isErased(erase))) return;
	const deactivated = async (before: OAuthClientRequest, body = before) =>
		isAccepted(async () => whileInactive(context, id, props, { before, body }, erase));
	// The state of a partially created client may lack the fields that a PUT requires.
	const isComplete = props["authorizedGrantType"] !== undefined;
	if (isComplete && (await deactivated(toRequest(props, undefined, unmanagedSettingsOf(props))))) return;
	// State may be outdated.
	const client = await findFresh(context, clientKind, id, props);
	if (typeof client === "string") return requireDeleted(context, clientKind, { id, props, said: client });
	const before = requestOf(client);
	if (await deactivated(before)) return;
	// What follows can't be undone, so first it must be certain that the API deletes the client as soon as it is inactive.
	if (await isErased(erase)) return;
	await explainRoles(client, async () => whileInactive(context, id, props, { before, body: leastOf(client) }, erase));
}

async function leaveInactive(context: LifecycleContext, id: string, props: Properties): Promise<void> {
	if (props["state"] !== "inactive") {
		const client = await findFresh(context, clientKind, id, props);
		if (typeof client === "string") return requireDeleted(context, clientKind, { id, props, said: client });
		const before = requestOf(client);
		const deactivate = async () => whileInactive(context, id, props, { before, body: before }, async () => undefined);
		if (client.state !== "inactive") await explainRoles(client, deactivate);
	}
	context.notice(
		`${labelOf(props, id)} was set to inactive, not deleted: Genesys Cloud deletes it after its grace period; until then, adopt: { clientId: "${id}" } restores it`,
	);
}

/**
 * Sets a client to inactive for what follows, and back to active if one of them fails or has an unknown outcome.
 *
 * @param client its settings as they were, and those to send
 * @throws ApiError if the API refuses to set it to inactive
 */
async function whileInactive(
	context: LifecycleContext,
	id: string,
	props: Properties,
	{ before, body }: { before: OAuthClientRequest; body: OAuthClientRequest },
	work: () => Promise<void>,
): Promise<void> {
	let inactive: OAuthClient | undefined;
	try {
		inactive = await context.api.putOauthClient(id, { ...body, state: "inactive" });
		await work();
	} catch (error) {
		if (inactive === undefined && !mayHaveActed(error, operations.putOauthClient.name)) throw error;
		const later = context.afterDeadline();
		await unlessDeleted(later, clientKind, id, props, async () => {
			throw new GenesysCloudError(`${reasonOf(error)}. ${await putBack(later, id, before, inactive?.dateToDelete)}`);
		});
	}
}

/**
 * Sets a client back to active.
 *
 * @returns what has become of it
 */
async function putBack(
	{ api }: LifecycleContext,
	id: string,
	before: OAuthClientRequest,
	dateToDelete: string | undefined,
): Promise<string> {
	try {
		await api.putOauthClient(id, { ...before, state: "active" });
		return "The client was set back to active";
	} catch (error) {
		if (isNotFoundError(error)) throw error;
		const end = dateToDelete === undefined ? "after its grace period" : `on ${dateToDelete.slice(0, 10)}`;
		return `The client is inactive now, and Genesys Cloud deletes it ${end}, since setting it back to active failed (${reasonOf(error)}). To delete it now, run again. To keep it, run pulumi refresh, then pulumi up with the client in the program`;
	}
}

/** Whether a DELETE went through; not if the client is active. */
async function isErased(erase: () => Promise<void>): Promise<boolean> {
	try {
		await erase();
		return true;
	} catch (error) {
		if (!(isApiError(error) && error.code === "cannot.delete.client")) throw error;
		return false;
	}
}

/** Whether the API accepts the settings that are sent; not so for a client that support has disabled, for which no others work. */
async function isAccepted(send: () => Promise<void>): Promise<boolean> {
	try {
		await send();
		return true;
	} catch (error) {
		if (!(isApiError(error) && error.status === 400 && error.code !== "bad.client.state")) throw error;
		return false;
	}
}

/**
 * The least that the API accepts of a client: one that acts for its users has no roles. Roles and divisions that no longer exist are refused,
 * even of a client that has them.
 */
const leastOf = ({ name }: OAuthClient): OAuthClientRequest => ({
	name,
	authorizedGrantType: "CODE",
	scope: ["user-basic-info"],
	registeredRedirectUri: ["https://localhost"],
});

/** Runs a change of a client, and says what to do if its roles are refused. */
async function explainRoles({ roleIds = [], roleDivisions = [] }: OAuthClient, change: () => Promise<void>) {
	try {
		await change();
	} catch (error) {
		if (!(isApiError(error) && error.code === "bad.client.role")) throw error;
		const roles = new Set([...roleIds, ...roleDivisions.map(({ roleId }) => roleId)]);
		throw new GenesysCloudError(
			`${error.message}. To change a client, the login needs all of its roles: give the OAuth client that Pulumi logs in with ${enumerated([...roles])} and run again`,
		);
	}
}

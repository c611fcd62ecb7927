import { GenesysCloudError, enumerated, isApiError, isNotFoundError } from "../../api/errors";
import { clientKind, labelOf } from "./kind";
import type { LifecycleContext } from "../context";
import { refuseWhenInUse } from "./deletion-guard";
import { loginEndByDeletion, requireOtherLogin } from "./own-login";
import { requireClientDeleted } from "../require-deleted";
import { adoptionIdOf, unmanagedSettingsOf } from "./state";
import type { Properties } from "../properties";
import { toRequest } from "./settings";

/**
 * Deletes a client: PUT state=inactive, then DELETE, since the API doesn't delete active clients. An inactive client takes only the DELETE.
 * For a client that doesn't exist, the list of clients is checked too. With `deletion: "deactivate"` Genesys Cloud deletes it later.
 */
export async function deleteClient(context: LifecycleContext, id: string, props: Properties): Promise<void> {
	if (context.run.isHeldByAnother(id, adoptionIdOf(props))) {
		context.notice(
			`${labelOf(props, id)} wasn't deleted; only this entry was removed from state: this run adopted it again, or another resource manages it. To replace it with a new client, remove adopt from the program`,
		);
		return;
	}
	await requireOtherLogin(context, id, props, loginEndByDeletion(props));
	try {
		await refuseWhenInUse(context, id, props);
		if (props["deletion"] !== "deactivate") {
			await remove(context, id, props);
			return;
		}
		if (props["state"] !== "inactive") await deactivate(context, id, props);
		context.notice(
			`${labelOf(props, id)} was set to inactive, not deleted: Genesys Cloud deletes it after its grace period; until then, adopt: { clientId: "${id}" } restores it`,
		);
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		await requireClientDeleted(context, { kind: clientKind, id, props, said: error.message });
	}
}

async function remove(context: LifecycleContext, id: string, props: Properties): Promise<void> {
	if (props["state"] !== "inactive") {
		await deactivate(context, id, props);
		await context.api.deleteOauthClient(id);
		return;
	}
	try {
		await context.api.deleteOauthClient(id);
	} catch (error) {
		// State was outdated: the client was activated outside Pulumi.
		if (!(isApiError(error) && error.code === "cannot.delete.client")) throw error;
		await deactivate(context, id, props);
		await context.api.deleteOauthClient(id);
	}
}

async function deactivate({ api }: LifecycleContext, id: string, props: Properties): Promise<void> {
	// The state of a partially created client may lack the fields that a PUT requires.
	if (props["authorizedGrantType"] !== undefined) {
		try {
			await api.putOauthClient(id, { ...toRequest(props, undefined, unmanagedSettingsOf(props)), state: "inactive" });
			return;
		} catch (error) {
			if (!isRefused(error)) throw error;
		}
	}
	// State may be outdated: one of its roles may have been deleted.
	const client = await api.getOauthClient(id);
	try {
		await api.putOauthClient(id, { ...client, state: "inactive" });
	} catch (error) {
		if (!(isApiError(error) && error.code === "bad.client.role")) throw error;
		const roles = new Set([...(client.roleIds ?? []), ...(client.roleDivisions ?? []).map(({ roleId }) => roleId)]);
		throw new GenesysCloudError(
			`${error.message}. To change a client, the login needs all of its roles: give the OAuth client that Pulumi logs in with ${enumerated([...roles])} and run again; if one of these roles no longer exists, contact Genesys Cloud support`,
		);
	}
}

/** Whether the API refused the settings that were sent, so that others may work; not so for a client that support has disabled. */
const isRefused = (error: unknown) => isApiError(error) && error.status === 400 && error.code !== "bad.client.state";

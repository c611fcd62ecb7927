import { isApiError, isNotFoundError } from "../api/errors";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { refuseWhenInUse } from "./deletion-guard";
import { confirmGone } from "./gone";
import { carriedFrom } from "./outputs";
import { type Settings, toRequest } from "./settings";

/**
 * Deletes a client: PUT state=inactive, then DELETE, since the API deletes no active client. One already inactive takes one call;
 * of one already gone the list of clients is asked too. With `deletion: "deactivate"` the DELETE is left to Genesys Cloud.
 */
export async function deleteClient(context: LifecycleContext, id: string, props: Settings): Promise<void> {
	// A replacement may have adopted the very client that it replaces, in this run or in one that failed before it deleted the old entry
	// in state: nothing but that entry is deleted then.
	if (context.ledger.staying.has(id)) {
		context.notice(
			`${labelOf(props, id)} isn't deleted, only an old entry of it in state: the program goes on managing it`,
		);
		return;
	}
	if (context.ledger.adopted.has(id)) {
		context.notice(`${labelOf(props, id)} was adopted again in this run, so it isn't deleted`);
		return;
	}
	try {
		await refuseWhenInUse(context, id, props);
		if (props["deletion"] !== "deactivate") {
			await remove(context, id, props);
			return;
		}
		if (props["state"] !== "inactive") await deactivate(context, id, props);
		context.notice(
			`${labelOf(props, id)} was made inactive, not deleted: Genesys Cloud deletes it after its grace period; adopt: { clientId: "${id}" } brings it back until then`,
		);
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		await confirmGone(context, id, props, error.message);
	}
}

async function remove(context: LifecycleContext, id: string, props: Settings): Promise<void> {
	if (props["state"] !== "inactive") {
		await deactivate(context, id, props);
		await context.api.deleteOauthClient(id);
		return;
	}
	try {
		await context.api.deleteOauthClient(id);
	} catch (error) {
		// State was out of date: somebody has brought the client back meanwhile.
		if (!(isApiError(error) && error.code === "cannot.delete.client")) throw error;
		await deactivate(context, id, props);
		await context.api.deleteOauthClient(id);
	}
}

async function deactivate({ api }: LifecycleContext, id: string, props: Settings): Promise<void> {
	// State of a part-made client may lack the two fields that a PUT can't do without.
	const settings = props["authorizedGrantType"] === undefined ? { ...(await api.getOauthClient(id)) } : props;
	await api.putOauthClient(id, { ...toRequest(settings, undefined, carriedFrom(props)), state: "inactive" });
}

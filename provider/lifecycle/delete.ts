import type { GenesysCloudApi } from "../api/create";
import { isApiError, isNotFoundError } from "../api/errors";
import { carriedFrom } from "./outputs";
import { type Settings, toRequest } from "./settings";

/**
 * Deletes a client: PUT state=inactive, then DELETE, since the API deletes no active client. One already inactive takes one call;
 * one already gone ends it at the first.
 */
export async function deleteClient(api: GenesysCloudApi, id: string, props: Settings): Promise<void> {
	try {
		if (props["state"] !== "inactive") {
			await deactivate(api, id, props);
			await api.deleteOauthClient(id);
			return;
		}
		try {
			await api.deleteOauthClient(id);
		} catch (error) {
			// State was out of date: somebody has brought the client back meanwhile.
			if (!(isApiError(error) && error.code === "cannot.delete.client")) throw error;
			await deactivate(api, id, props);
			await api.deleteOauthClient(id);
		}
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
	}
}

async function deactivate(api: GenesysCloudApi, id: string, props: Settings): Promise<void> {
	// State of a part-made client may lack the two fields that a PUT can't do without.
	const settings = props["authorizedGrantType"] === undefined ? { ...(await api.getOauthClient(id)) } : props;
	await api.putOauthClient(id, { ...toRequest(settings, undefined, carriedFrom(props)), state: "inactive" });
}

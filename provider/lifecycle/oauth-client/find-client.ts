import type { GenesysCloudApi } from "../../api/genesys-cloud-api";
import { isNotFoundError } from "../../api/errors";
import type { OAuthClient } from "../../api/models";

/** Returns a client, or a text if the API says that it doesn't exist. Throws any other error. */
export async function findClient(api: GenesysCloudApi, id: string): Promise<OAuthClient | string> {
	try {
		const client = await api.getOauthClient(id);
		return client.state === "deleted" ? "get_oauth_client returned the state deleted" : client;
	} catch (error) {
		if (isNotFoundError(error)) return error.message;
		throw error;
	}
}

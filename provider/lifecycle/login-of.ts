import { isApiError } from "../api/errors";
import type { GenesysCloudApi } from "../api/genesys-cloud-api";
import type { Credentials } from "../api/token-source";

/**
 * Finds the client that credentials log in with, without a call if they name it; undefined if unknown. Only the API knows the owner of an
 * access token: a client of the organization; for a user, who logs in with a client of the vendor, the organization's id.
 */
export async function loginOf(credentials: Credentials, api: GenesysCloudApi): Promise<string | undefined> {
	// As the API writes ids, so that it equals the client's.
	if ("clientId" in credentials) return credentials.clientId.toLowerCase();
	try {
		const { OAuthClient: client, organization } = await api.getTokensMe();
		return client?.organization?.id === organization?.id ? client?.id : organization?.id;
	} catch (error) {
		// A token without the scope for this request is usable anyway.
		if (isApiError(error) && error.status === 403) return undefined;
		throw error;
	}
}

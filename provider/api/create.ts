import { type AuthorizationApi, authorizationOperations } from "./authorization";
import { ApiClient, type ApiClientOptions } from "./client";
import { type OAuthApi, oauthOperations } from "./oauth";

/** Everything of Genesys Cloud's API that this package uses. */
export type GenesysCloudApi = OAuthApi & AuthorizationApi;

/**
 * The vendor's OAuth API, without Pulumi: one token, kept to the rate limit, with typed errors.
 *
 * ```ts
 * const api = createOAuthApi({
 *   hosts: regionHosts("eu-central-1"),
 *   credentials: { clientId, clientSecret, source: "the vault" },
 * });
 * const { entities } = await api.getOauthClients();
 * ```
 */
export function createOAuthApi(options: ApiClientOptions): GenesysCloudApi {
	const client = new ApiClient(options);
	return { ...oauthOperations(client), ...authorizationOperations(client) };
}

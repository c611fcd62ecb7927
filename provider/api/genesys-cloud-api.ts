import { type AuthorizationApi, authorizationOperations } from "./authorization-api";
import { ApiClient, type ApiClientOptions, type Caller } from "./api-client";
import type { Deadline } from "./deadline";
import { type OAuthApi, oauthOperations } from "./oauth-api";
import { type TokensApi, tokensOperations } from "./tokens-api";
import type { RateLimitReading } from "./rate-limit-window";

/** Everything of Genesys Cloud's API that this package uses. */
export interface GenesysCloudApi extends OAuthApi, AuthorizationApi, TokensApi {
	/**
	 * Whether a CLIENT-CREDENTIALS client can log in with a secret.
	 *
	 * @returns false when the login says that the two don't belong together, or that the client isn't active
	 * @throws AuthenticationError for any other refusal, ConnectionError when no usable answer comes
	 */
	checkLogin(clientId: string, clientSecret: string): Promise<boolean>;
	/** The server's time, in milliseconds since 1970, to the second. */
	serverTime(): number;
	/** What is left of the rate limit, as the latest answer said it; undefined before any answer, and when it didn't say. */
	rateLimit(): RateLimitReading | undefined;
	/** The same API (same tokens, same rate limit), whose calls end with a ConnectionError when the time is up. */
	until(deadline: Deadline): GenesysCloudApi;
}

/**
 * The vendor's OAuth API, without Pulumi: logged in, kept to the rate limit, with typed errors.
 *
 * ```ts
 * const api = createOAuthApi({
 *   hosts: regionHosts("eu-central-1"),
 *   credentials: { clientId, clientSecret },
 * });
 * const { entities } = await api.getOauthClients();
 * ```
 */
export function createOAuthApi(options: ApiClientOptions): GenesysCloudApi {
	return bind(new ApiClient(options));
}

function bind(client: ApiClient, deadline?: Deadline): GenesysCloudApi {
	const caller: Caller = { call: async (operation, args) => client.call(operation, args, deadline) };
	return {
		...oauthOperations(caller),
		...authorizationOperations(caller),
		...tokensOperations(caller),
		checkLogin: async (clientId, clientSecret) => client.checkLogin(clientId, clientSecret, deadline),
		serverTime: () => client.serverTime(),
		rateLimit: () => client.rateLimit(),
		until: (later) => bind(client, later),
	};
}

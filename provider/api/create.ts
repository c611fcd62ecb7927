import { type AuthorizationApi, authorizationOperations } from "./authorization";
import { ApiClient, type ApiClientOptions, type Caller } from "./client";
import type { Deadline } from "./deadline";
import { type OAuthApi, oauthOperations } from "./oauth";
import { type TokensApi, tokensOperations } from "./tokens-api";
import { type UsageApi, usageOperations } from "./usage-api";
import { usageApiChoice, type UsageApiChoice, type UsageApiName } from "./usage-api-choice";
import type { RateLimitReading } from "./rate-limit-window";

/** Everything of Genesys Cloud's API that this package uses. */
export interface GenesysCloudApi extends OAuthApi, AuthorizationApi, TokensApi, UsageApi {
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
	/** Which of the two usage APIs the organization has, for `usageOfClient`. */
	readonly usageApi: UsageApiChoice;
	/** When its calls must have ended. @default never */
	readonly deadline: Deadline | undefined;
	/** The same API (same tokens, same rate limit), whose calls end with a ConnectionError when the time is up. */
	until(deadline: Deadline): GenesysCloudApi;
}

/** What `createOAuthApi` takes. */
export interface OAuthApiOptions extends ApiClientOptions {
	/** Which usage API `usageOfClient` asks. @default OAuthApi's, and jobs where that is gone */
	usageApi?: UsageApiName;
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
export function createOAuthApi({ usageApi, ...options }: OAuthApiOptions): GenesysCloudApi {
	return bind(new ApiClient(options), usageApiChoice(usageApi));
}

function bind(client: ApiClient, usageApi: UsageApiChoice, deadline?: Deadline): GenesysCloudApi {
	const caller: Caller = { call: async (operation, args) => client.call(operation, args, deadline) };
	return {
		...oauthOperations(caller),
		...authorizationOperations(caller),
		...tokensOperations(caller),
		...usageOperations(caller),
		usageApi,
		deadline,
		checkLogin: async (clientId, clientSecret) => client.checkLogin(clientId, clientSecret, deadline),
		serverTime: () => client.serverTime(),
		rateLimit: () => client.rateLimit(),
		until: (later) => bind(client, usageApi, later),
	};
}

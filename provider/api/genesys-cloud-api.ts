import { type AuthorizationApi, authorizationOperations } from "./authorization-api";
import { ApiClient, type ApiClientOptions, type Caller, type SecretTrial } from "./api-client";
import type { Deadline } from "./deadline";
import { type IntegrationsApi, integrationsOperations } from "./integrations-api";
import { type OAuthApi, oauthOperations } from "./oauth-api";
import type { ReadOnlyFields } from "./read-only-fields";
import { type TokensApi, tokensOperations } from "./tokens-api";
import { type UsageApi, usageOperations } from "./usage-api";
import type { RateLimitReading } from "./rate-limit-window";

/** The vendor's two usage APIs: `oauth`, the operations of OAuthApi; `jobs`, their successor, UsageApi. */
export type UsageApiName = "oauth" | "jobs";

/** The usage API of an organization: determined by the first query, and remembered. */
export interface UsageApiChoice {
	/** The one that the user chose. @default the one that exists */
	readonly wanted: UsageApiName | undefined;
	/** The one that exists, once that is known. */
	known: UsageApiName | undefined;
	/** Resolves once the first query has been sent, whatever its result. */
	first: Promise<void> | undefined;
}

/** The parts of the Genesys Cloud API that this package uses. */
export interface GenesysCloudApi extends OAuthApi, AuthorizationApi, IntegrationsApi, TokensApi, UsageApi {
	/**
	 * Tries a client's secret by a login as a CLIENT-CREDENTIALS client.
	 *
	 * @param source where the secret came from, for messages. Default: the caller
	 * @returns `rejected` when the login finds the secret wrong
	 * @throws AuthenticationError for any other refusal, such as of an inactive client; ConnectionError without a usable response
	 */
	trySecret(clientId: string, clientSecret: string, source?: string): Promise<SecretTrial>;
	/** Uses a new secret for all further logins, after the secret of the client that the API is logged in with was rotated. */
	useSecret(clientSecret: string): void;
	/** The server's time, in milliseconds since 1970, accurate to a second. */
	serverTime(): number;
	/** The rate-limit headers of the latest response; undefined before the first response, and when it had none. */
	rateLimit(): RateLimitReading | undefined;
	/** Which of the two usage APIs the organization has, for `usageOfClient`. */
	readonly usageApi: UsageApiChoice;
	/** The deadline of its calls. @default none */
	readonly deadline: Deadline | undefined;
	/** The same API (same tokens, same rate limit) with a deadline: calls that pass it fail with a ConnectionError. */
	until(deadline: Deadline): GenesysCloudApi;
}

/** What `createOAuthApi` takes. */
export interface OAuthApiOptions extends ApiClientOptions {
	/** Which usage API `usageOfClient` asks. @default OAuthApi's, and jobs where that is gone */
	usageApi?: UsageApiName;
	/**
	 * Called once for each field of clients that this package doesn't know and that the API refuses in a PUT, which is then sent without it.
	 * `describeReadOnlyField` turns it into a message.
	 */
	onReadOnlyField?: (field: string) => void;
}

/**
 * Creates a client of the vendor's OAuth API, without Pulumi: it logs in, respects the rate limit and throws typed errors.
 *
 * ```ts
 * const api = createOAuthApi({
 *   hosts: regionHosts("eu-central-1"),
 *   credentials: { clientId, clientSecret },
 * });
 * const { entities } = await api.getOauthClients();
 * ```
 */
export function createOAuthApi({ usageApi, onReadOnlyField, ...options }: OAuthApiOptions): GenesysCloudApi {
	return bind(new ApiClient(options), {
		usageApi: { wanted: usageApi, known: usageApi, first: undefined },
		readOnlyFields: { names: new Set(), onFound: onReadOnlyField },
	});
}

/** What is found out about an organization's API, whatever the deadline of the call that found it. */
interface Findings {
	usageApi: UsageApiChoice;
	readOnlyFields: ReadOnlyFields;
}

function bind(client: ApiClient, findings: Findings, deadline?: Deadline): GenesysCloudApi {
	const caller: Caller = { call: async (operation, answer, args) => client.call(operation, answer, args, deadline) };
	return {
		...oauthOperations(caller, findings.readOnlyFields),
		...authorizationOperations(caller),
		...integrationsOperations(caller),
		...tokensOperations(caller),
		...usageOperations(caller),
		usageApi: findings.usageApi,
		deadline,
		trySecret: async (clientId, clientSecret, source = "the caller") =>
			client.trySecret(clientId, clientSecret, source, deadline),
		useSecret: (clientSecret) => client.useSecret(clientSecret),
		serverTime: () => client.serverTime(),
		rateLimit: () => client.rateLimit(),
		until: (later) => bind(client, findings, later),
	};
}

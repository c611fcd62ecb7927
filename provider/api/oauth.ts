import type { ApiClient, Operation } from "./client";
import { errorOfUnreadable, fieldsOf } from "./failures";
import type {
	ApiUsageQuery,
	ApiUsageQueryResult,
	OAuthAuthorization,
	OAuthAuthorizationListing,
	OAuthClient,
	OAuthClientEntityListing,
	OAuthClientRequest,
	OAuthScope,
	OAuthScopeListing,
	UsageExecutionResult,
} from "./models";

const operation = (name: string, method: Operation["method"], path: string): Operation => ({
	name,
	method,
	path: `/api/v2/oauth${path}`,
});

/** The vendor's thirteen operations: their own names, methods and paths. */
export const operations = {
	deleteOauthClient: operation("delete_oauth_client", "DELETE", "/clients/{clientId}"),
	getOauthAuthorization: operation("get_oauth_authorization", "GET", "/authorizations/{clientId}"),
	getOauthAuthorizations: operation("get_oauth_authorizations", "GET", "/authorizations"),
	getOauthClient: operation("get_oauth_client", "GET", "/clients/{clientId}"),
	getOauthClientUsageQueryResult: operation(
		"get_oauth_client_usage_query_result",
		"GET",
		"/clients/{clientId}/usage/query/results/{executionId}",
	),
	getOauthClientUsageSummary: operation("get_oauth_client_usage_summary", "GET", "/clients/{clientId}/usage/summary"),
	getOauthClients: operation("get_oauth_clients", "GET", "/clients"),
	getOauthScope: operation("get_oauth_scope", "GET", "/scopes/{scopeId}"),
	getOauthScopes: operation("get_oauth_scopes", "GET", "/scopes"),
	postOauthClientSecret: operation("post_oauth_client_secret", "POST", "/clients/{clientId}/secret"),
	postOauthClientUsageQuery: operation("post_oauth_client_usage_query", "POST", "/clients/{clientId}/usage/query"),
	postOauthClients: operation("post_oauth_clients", "POST", "/clients"),
	putOauthClient: operation("put_oauth_client", "PUT", "/clients/{clientId}"),
} as const satisfies Record<string, Operation>;

/** In which language descriptions come. */
export interface LanguageOptions {
	/** A language tag. @default "en-us" */
	acceptLanguage?: string;
}

/**
 * The vendor's OAuthApi: thirteen operations under their own names. Beside the codes listed with each, every one can fail with the
 * vendor's common ones: 400 `bad.request`, 401 `bad.credentials`, 403 `missing.any.permissions`, 404 `not.found`,
 * 429 `too.many.requests`, 500 `internal.server.error`, 503 `service.unavailable`, 504 `request.timeout`.
 */
export interface OAuthApi {
	/**
	 * Deletes a client: DELETE /api/v2/oauth/clients/{clientId}. Permission: oauth:client:delete.
	 *
	 * @throws NotFoundError 404 `client.not.found`
	 * @throws ApiError 400 `cannot.delete.client` unless the client is inactive
	 */
	deleteOauthClient(clientId: string): Promise<void>;
	/**
	 * What the organization lets a client do: GET /api/v2/oauth/authorizations/{clientId}. Permission: oauth:client:authorize.
	 *
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthAuthorization(clientId: string, options?: LanguageOptions): Promise<OAuthAuthorization>;
	/** The clients authorized, requested or revoked: GET /api/v2/oauth/authorizations. Permission: oauth:client:authorize. */
	getOauthAuthorizations(options?: LanguageOptions): Promise<OAuthAuthorizationListing>;
	/**
	 * A client, without its secret: GET /api/v2/oauth/clients/{clientId}. Permission: oauth:client:view.
	 *
	 * @throws NotFoundError 404 `client.not.found`
	 */
	getOauthClient(clientId: string): Promise<OAuthClient>;
	/**
	 * The result of a usage query, or how far it is: GET /api/v2/oauth/clients/{clientId}/usage/query/results/{executionId}.
	 * Permission: oauth:client:view or usage:client:view.
	 *
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthClientUsageQueryResult(executionId: string, clientId: string): Promise<ApiUsageQueryResult>;
	/**
	 * Asks for a summary of a client's use: GET /api/v2/oauth/clients/{clientId}/usage/summary. Poll for the result with
	 * `getOauthClientUsageQueryResult`. Permission: oauth:client:view or usage:client:view.
	 *
	 * @param options.days how many days back. Default "7".
	 */
	getOauthClientUsageSummary(clientId: string, options?: { days?: string }): Promise<UsageExecutionResult>;
	/** All clients, each once, whatever the page size: GET /api/v2/oauth/clients. Permission: oauth:client:view. */
	getOauthClients(): Promise<OAuthClientEntityListing>;
	/**
	 * A scope: GET /api/v2/oauth/scopes/{scopeId}. No permission needed.
	 *
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthScope(scopeId: string, options?: LanguageOptions): Promise<OAuthScope>;
	/** All scopes: GET /api/v2/oauth/scopes. No permission needed. */
	getOauthScopes(options?: LanguageOptions): Promise<OAuthScopeListing>;
	/**
	 * Gives a client a new secret; the old one stops working at once: POST /api/v2/oauth/clients/{clientId}/secret.
	 * Permission: oauth:client:edit.
	 *
	 * @throws ApiError 400 `bad.client.role` when the caller lacks one of the client's roles
	 * @throws NotFoundError 404 `not.found`
	 */
	postOauthClientSecret(clientId: string): Promise<OAuthClient>;
	/**
	 * Asks about a client's use: POST /api/v2/oauth/clients/{clientId}/usage/query. Poll for the result with
	 * `getOauthClientUsageQueryResult`. Permission: oauth:client:view or usage:client:view.
	 *
	 * @throws ApiError 400 `invalid.date`, `invalid.value`
	 */
	postOauthClientUsageQuery(clientId: string, query: ApiUsageQuery): Promise<UsageExecutionResult>;
	/**
	 * Makes a client; the answer holds its secret: POST /api/v2/oauth/clients. Permission: oauth:client:add. Not idempotent: after a
	 * ConnectionError whose `mayHaveActed` is true the client may exist.
	 *
	 * @throws ApiError 400 `grant.type.required`, `bad.grant.type`, `missing.client.roles`, `missing.client.scope`,
	 *   `bad.client.role`, `bad.client.state`, `auth.invalid.scope`, `auth.too.many.clients`, `client.failed.request`
	 */
	postOauthClients(client: OAuthClientRequest): Promise<OAuthClient>;
	/**
	 * Replaces a client's settings, all of them: PUT /api/v2/oauth/clients/{clientId}. Permission: oauth:client:edit.
	 *
	 * @throws ApiError 400 `grant.type.required`, `bad.grant.type`, `missing.client.roles`, `missing.client.scope`,
	 *   `bad.client.role`, `bad.client.state` for a client that the vendor's support disabled, `client.failed.request`
	 * @throws NotFoundError 404 `client.not.found`
	 */
	putOauthClient(clientId: string, client: OAuthClientRequest): Promise<OAuthClient>;
}

/** Fails when an answer lacks the field without which it is of no use, so that nothing is built on a half answer. */
function expectField<T>(called: Operation, answer: unknown, field: keyof T & string): T {
	const value = fieldsOf(answer)[field];
	const usable = typeof value === "string" ? value !== "" : Array.isArray(value);
	if (!usable) throw errorOfUnreadable(called.name, { status: 200, headers: {}, body: "" });
	return answer as T;
}

const language = (options: LanguageOptions = {}) => ({ "accept-language": options.acceptLanguage ?? "en-us" });

/** More pages than this are a server that sends us in circles. */
const mostPages = 10_000;

/** The operations, called through an {@link ApiClient}. */
export function oauthOperations(client: ApiClient): OAuthApi {
	return {
		async deleteOauthClient(clientId) {
			await client.call(operations.deleteOauthClient, { path: { clientId } });
		},
		async getOauthAuthorization(clientId, options) {
			const answer = await client.call(operations.getOauthAuthorization, {
				path: { clientId },
				headers: language(options),
			});
			return fieldsOf(answer);
		},
		async getOauthAuthorizations(options) {
			const answer = await client.call(operations.getOauthAuthorizations, { headers: language(options) });
			return expectField<OAuthAuthorizationListing>(operations.getOauthAuthorizations, answer, "entities");
		},
		async getOauthClient(clientId) {
			const answer = await client.call(operations.getOauthClient, { path: { clientId } });
			return expectField<OAuthClient>(operations.getOauthClient, answer, "id");
		},
		async getOauthClientUsageQueryResult(executionId, clientId) {
			const answer = await client.call(operations.getOauthClientUsageQueryResult, { path: { executionId, clientId } });
			return fieldsOf(answer);
		},
		async getOauthClientUsageSummary(clientId, options = {}) {
			const answer = await client.call(operations.getOauthClientUsageSummary, {
				path: { clientId },
				query: { days: options.days ?? "7" },
			});
			return expectField<UsageExecutionResult>(operations.getOauthClientUsageSummary, answer, "executionId");
		},
		async getOauthClients() {
			const found = new Map<string, OAuthClient>();
			let next: Record<string, string> | undefined = {};
			for (let page = 1; next !== undefined && page <= mostPages; page += 1) {
				const answer: OAuthClientEntityListing = expectField<OAuthClientEntityListing>(
					operations.getOauthClients,
					await client.call(operations.getOauthClients, { query: next }),
					"entities",
				);
				for (const entity of answer.entities) found.set(entity.id, entity);
				// Only the query is taken from nextUri: a token goes to no other host or path because an answer says so.
				next = answer.nextUri ? Object.fromEntries(new URL(answer.nextUri, "https://unused").searchParams) : undefined;
			}
			const entities = [...found.values()];
			return { entities, total: entities.length };
		},
		async getOauthScope(scopeId, options) {
			const answer = await client.call(operations.getOauthScope, { path: { scopeId }, headers: language(options) });
			return expectField<OAuthScope>(operations.getOauthScope, answer, "id");
		},
		async getOauthScopes(options) {
			const answer = await client.call(operations.getOauthScopes, { headers: language(options) });
			return expectField<OAuthScopeListing>(operations.getOauthScopes, answer, "entities");
		},
		async postOauthClientSecret(clientId) {
			const answer = await client.call(operations.postOauthClientSecret, { path: { clientId } });
			return expectField<OAuthClient>(operations.postOauthClientSecret, answer, "secret");
		},
		async postOauthClientUsageQuery(clientId, query) {
			const answer = await client.call(operations.postOauthClientUsageQuery, { path: { clientId }, body: query });
			return expectField<UsageExecutionResult>(operations.postOauthClientUsageQuery, answer, "executionId");
		},
		async postOauthClients(request) {
			const answer = await client.call(operations.postOauthClients, { body: request });
			return expectField<OAuthClient>(operations.postOauthClients, answer, "id");
		},
		async putOauthClient(clientId, request) {
			const answer = await client.call(operations.putOauthClient, { path: { clientId }, body: request });
			return expectField<OAuthClient>(operations.putOauthClient, answer, "id");
		},
	};
}

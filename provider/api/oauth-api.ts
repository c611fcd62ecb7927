import type { Caller, Operation } from "./api-client";
import { fieldsOf } from "./json";
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
import { allPages } from "./pages";
import { expectField } from "./usable-response";

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
	/** A language tag, such as `de`. What the organization has no text in comes in English. @default "en-us" */
	acceptLanguage?: string;
}

/** Which part of a usage result is wanted. */
export interface UsageResultOptions {
	/**
	 * The mark `cursors.after` of the answer before, to get the rows after it. The vendor documents the marks but no parameter that
	 * takes them: `after` is inferred.
	 *
	 * @default the first rows
	 */
	after?: string;
}

/**
 * The vendor's OAuthApi: thirteen operations under their own names. Beside the codes listed with each, every one can fail with the
 * vendor's common ones: 400 `bad.request` and `response.entity.too.large`, 401 `authentication.required`, `bad.credentials` and
 * `ip.not.authorized`, 403 `missing.any.permissions`, `missing.permissions`, `missing.division.permission`,
 * `missing.any.division.permissions`, `not.authorized`, `app.not.authorized.for.scope` and `authz.policy.denied`, 404 `not.found`,
 * 408 `client.timeout`, 409 `request.conflict`, 413 `request.entity.too.large`, 415 `unsupported.media.type`,
 * 429 `too.many.requests` and `too.many.requests.retry.after`, 500 `internal.server.error`, 503 `service.unavailable`,
 * 504 `request.timeout` and `authentication.request.timeout`; and every one but `deleteOauthClient` with 400 `invalid.date`,
 * `invalid.query.param.value`, `invalid.property`, `invalid.value` and `constraint.validation`. 401 comes as AuthenticationError,
 * 403 as PermissionError, a `not.found` as NotFoundError, 429 (after waiting) as RateLimitError, the rest as ApiError; no usable answer
 * as ConnectionError. Source: the vendor's OpenAPI description.
 */
export interface OAuthApi {
	/**
	 * Deletes a client: DELETE /api/v2/oauth/clients/{clientId}. Permission: oauth:client:delete.
	 *
	 * @param clientId id of the client, which must be inactive
	 * @returns nothing: the answer is empty
	 * @throws NotFoundError 404 `client.not.found`
	 * @throws ApiError 400 `cannot.delete.client` unless the client is inactive
	 */
	deleteOauthClient(clientId: string): Promise<void>;
	/**
	 * What the organization lets a client do: GET /api/v2/oauth/authorizations/{clientId}. Permission: oauth:client:authorize.
	 *
	 * @param clientId id of a client, most often another organization's
	 * @param options in which language the client's description comes
	 * @returns the authorization, with the client as far as the organization may see it
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthAuthorization(clientId: string, options?: LanguageOptions): Promise<OAuthAuthorization>;
	/**
	 * The clients authorized, requested or revoked: GET /api/v2/oauth/authorizations. Permission: oauth:client:authorize.
	 *
	 * @param options in which language the clients' descriptions come
	 * @returns all of them: this listing has no pages
	 */
	getOauthAuthorizations(options?: LanguageOptions): Promise<OAuthAuthorizationListing>;
	/**
	 * A client, without its secret: GET /api/v2/oauth/clients/{clientId}. Permission: oauth:client:view.
	 *
	 * @param clientId id of the client
	 * @returns the client; fields that this package doesn't know are kept
	 * @throws NotFoundError 404 `client.not.found`
	 */
	getOauthClient(clientId: string): Promise<OAuthClient>;
	/**
	 * The result of a usage query, or how far it is: GET /api/v2/oauth/clients/{clientId}/usage/query/results/{executionId}.
	 * Permission: oauth:client:view or usage:client:view.
	 *
	 * @param executionId from the answer of `getOauthClientUsageSummary` or `postOauthClientUsageQuery`
	 * @param clientId id of the client that was asked about
	 * @param options which rows, when they come in several parts
	 * @returns rows and `queryStatus`: `Running` (ask again), `Complete` or `Failed`
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthClientUsageQueryResult(
		executionId: string,
		clientId: string,
		options?: UsageResultOptions,
	): Promise<ApiUsageQueryResult>;
	/**
	 * Asks for a summary of a client's use: GET /api/v2/oauth/clients/{clientId}/usage/summary. Poll for the result with
	 * `getOauthClientUsageQueryResult`. Permission: oauth:client:view or usage:client:view.
	 *
	 * @param clientId id of the client
	 * @param options.days how many whole UTC days back, today not counted, as text. Default "7".
	 * @returns the execution to poll, also when it is complete already (200 in place of 202)
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthClientUsageSummary(clientId: string, options?: { days?: string }): Promise<UsageExecutionResult>;
	/**
	 * All clients, each once, whatever the page size: GET /api/v2/oauth/clients. Permission: oauth:client:view.
	 *
	 * @returns every client of the organization without its secret, in the API's order; `total` is how many they are. Other fields of
	 *   the answers, such as page numbers, are left out, because they speak of one page.
	 */
	getOauthClients(): Promise<OAuthClientEntityListing>;
	/**
	 * A scope: GET /api/v2/oauth/scopes/{scopeId}. No permission needed.
	 *
	 * @param scopeId id of the scope, such as `users:readonly`
	 * @param options in which language its description comes
	 * @returns the scope
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthScope(scopeId: string, options?: LanguageOptions): Promise<OAuthScope>;
	/**
	 * All scopes: GET /api/v2/oauth/scopes. No permission needed.
	 *
	 * @param options in which language their descriptions come
	 * @returns all of them: this listing has no pages
	 */
	getOauthScopes(options?: LanguageOptions): Promise<OAuthScopeListing>;
	/**
	 * Gives a client a new secret; the old one stops working at once: POST /api/v2/oauth/clients/{clientId}/secret.
	 * Permission: oauth:client:edit. Not idempotent: after a ConnectionError whose `mayHaveActed` is true the old secret may be dead.
	 *
	 * @param clientId id of the client
	 * @returns the client with its new secret, which is never shown again
	 * @throws ApiError 400 `bad.client.role` when the caller lacks one of the client's roles
	 * @throws NotFoundError 404 `not.found`
	 */
	postOauthClientSecret(clientId: string): Promise<OAuthClient>;
	/**
	 * Asks about a client's use: POST /api/v2/oauth/clients/{clientId}/usage/query. Poll for the result with
	 * `getOauthClientUsageQueryResult`. Permission: oauth:client:view or usage:client:view.
	 *
	 * @param clientId id of the client
	 * @param query the interval, and how its counts are summed and split
	 * @returns the execution to poll, also when it is complete already (200 in place of 202)
	 * @throws ApiError 400 `invalid.date`, `invalid.value`
	 * @throws NotFoundError 404 `not.found`
	 */
	postOauthClientUsageQuery(clientId: string, query: ApiUsageQuery): Promise<UsageExecutionResult>;
	/**
	 * Makes a client; the answer holds its secret: POST /api/v2/oauth/clients. Permission: oauth:client:add. Not idempotent: after a
	 * ConnectionError whose `mayHaveActed` is true the client may exist.
	 *
	 * @param client its settings; `name` and `authorizedGrantType` are required, roles for CLIENT-CREDENTIALS, scopes for the others
	 * @returns the client with its secret, which is never shown again
	 * @throws ApiError 400 `grant.type.required`, `bad.grant.type`, `missing.client.roles`, `missing.client.scope`,
	 *   `bad.client.role`, `bad.client.state`, `auth.invalid.scope`, `auth.too.many.clients`, `client.failed.request`
	 */
	postOauthClients(client: OAuthClientRequest): Promise<OAuthClient>;
	/**
	 * Replaces a client's settings, all of them: PUT /api/v2/oauth/clients/{clientId}. Permission: oauth:client:edit.
	 *
	 * To change one setting send the client back as it was read, that setting changed; what only an answer has (id, secret, dates,
	 * people, selfUri) isn't sent, and fields that this package doesn't know are:
	 *
	 * ```ts
	 * await api.putOauthClient(id, { ...(await api.getOauthClient(id)), name: "New name" });
	 * ```
	 *
	 * @param clientId id of the client
	 * @param client its settings: what is left out goes to its default
	 * @returns the client, without its secret
	 * @throws ApiError 400 `grant.type.required`, `bad.grant.type`, `missing.client.roles`, `missing.client.scope`,
	 *   `bad.client.role`, `bad.client.state` for a client that the vendor's support disabled, `client.failed.request`
	 * @throws NotFoundError 404 `client.not.found`
	 */
	putOauthClient(clientId: string, client: OAuthClientRequest | OAuthClient): Promise<OAuthClient>;
}

/** What only an answer has: the vendor may refuse a property that a request doesn't have. */
const answerFields: ReadonlySet<string> = new Set([
	"id",
	"secret",
	"dateCreated",
	"dateModified",
	"createdBy",
	"modifiedBy",
	"selfUri",
] satisfies (keyof OAuthClient)[]);

const toRequestBody = (client: OAuthClientRequest | OAuthClient) =>
	Object.fromEntries(Object.entries(client).filter(([name]) => !answerFields.has(name)));

const language = (options: LanguageOptions = {}) => ({ "accept-language": options.acceptLanguage ?? "en-us" });

/** The operations, called through an API client. */
export function oauthOperations(client: Caller): OAuthApi {
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
		async getOauthClientUsageQueryResult(executionId, clientId, options = {}) {
			const answer = await client.call(operations.getOauthClientUsageQueryResult, {
				path: { executionId, clientId },
				query: { after: options.after },
			});
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
			const entities = await allPages<OAuthClient>(async (query) =>
				expectField<OAuthClientEntityListing>(
					operations.getOauthClients,
					await client.call(operations.getOauthClients, { query }),
					"entities",
				),
			);
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
			const answer = await client.call(operations.putOauthClient, {
				path: { clientId },
				body: toRequestBody(request),
			});
			return expectField<OAuthClient>(operations.putOauthClient, answer, "id");
		},
	};
}

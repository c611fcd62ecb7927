import { anyAnswer } from "./answer-fields";
import type { Caller, Operation } from "./api-client";
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
import {
	authorizationOf,
	authorizations,
	clientWithId,
	createdClient,
	execution,
	listedClient,
	newClient,
	type NewSecret,
	scopes,
	scopeWithId,
	secretOf,
	usageResult,
} from "./oauth-answers";
import { allPages } from "./pages";
import { type ReadOnlyFields, withoutReadOnlyFields } from "./read-only-fields";

const operation = (name: string, method: Operation["method"], path: string): Operation => ({
	name,
	method,
	path: `/api/v2/oauth${path}`,
});

/** The vendor's thirteen operations: names, methods and paths. */
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

/** The language of descriptions. */
export interface LanguageOptions {
	/** A language tag, such as `de`. Texts that don't exist in that language are English. @default "en-us" */
	acceptLanguage?: string;
}

/** Which rows of a usage result to return. */
export interface UsageResultOptions {
	/**
	 * The cursor `cursors.after` of the previous response, to get the rows after it. The vendor documents the cursors but no parameter for
	 * them: `after` is inferred.
	 *
	 * @default the first rows
	 */
	after?: string;
}

/**
 * The vendor's OAuthApi: thirteen operations under the vendor's names. In addition to the codes listed with each, every operation can
 * fail with the common ones: 400 `bad.request` and `response.entity.too.large`, 401 `authentication.required`, `bad.credentials` and
 * `ip.not.authorized`, 403 `missing.any.permissions`, `missing.permissions`, `missing.division.permission`,
 * `missing.any.division.permissions`, `not.authorized`, `app.not.authorized.for.scope` and `authz.policy.denied`, 404 `not.found`,
 * 408 `client.timeout`, 409 `request.conflict`, 413 `request.entity.too.large`, 415 `unsupported.media.type`,
 * 429 `too.many.requests` and `too.many.requests.retry.after`, 500 `internal.server.error`, 503 `service.unavailable`,
 * 504 `request.timeout` and `authentication.request.timeout`; and every operation except `deleteOauthClient` with 400 `invalid.date`,
 * `invalid.query.param.value`, `invalid.property`, `invalid.value` and `constraint.validation`. 401 is thrown as AuthenticationError,
 * 403 as PermissionError, `not.found` as NotFoundError, 429 (after waiting) as RateLimitError, the rest as ApiError; a missing or
 * unusable response, such as one about another id, as ConnectionError. Source: the vendor's OpenAPI description.
 */
export interface OAuthApi {
	/**
	 * Deletes a client: DELETE /api/v2/oauth/clients/{clientId}. Permission: oauth:client:delete.
	 *
	 * @param clientId id of the client, which must be inactive
	 * @throws NotFoundError 404 `client.not.found`
	 * @throws ApiError 400 `cannot.delete.client` unless the client is inactive
	 */
	deleteOauthClient(clientId: string): Promise<void>;
	/**
	 * Returns what the organization allows a client: GET /api/v2/oauth/authorizations/{clientId}. Permission: oauth:client:authorize.
	 *
	 * @param clientId id of a client, usually another organization's
	 * @param options the language of the client's description
	 * @returns the authorization, with the client's fields that the organization may see
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthAuthorization(clientId: string, options?: LanguageOptions): Promise<OAuthAuthorization>;
	/**
	 * Lists the authorizations of clients, including requested and revoked ones: GET /api/v2/oauth/authorizations. Permission: oauth:client:authorize.
	 *
	 * @param options the language of the clients' descriptions
	 * @returns all authorizations: this listing isn't paged
	 */
	getOauthAuthorizations(options?: LanguageOptions): Promise<OAuthAuthorizationListing>;
	/**
	 * Returns a client without its secret: GET /api/v2/oauth/clients/{clientId}. Permission: oauth:client:view.
	 *
	 * @param clientId id of the client
	 * @returns the client, including fields unknown to this package
	 * @throws NotFoundError 404 `client.not.found`
	 */
	getOauthClient(clientId: string): Promise<OAuthClient>;
	/**
	 * Returns the result of a usage query, or its status: GET /api/v2/oauth/clients/{clientId}/usage/query/results/{executionId}.
	 * Permission: oauth:client:view or usage:client:view.
	 *
	 * @param executionId from the result of `getOauthClientUsageSummary` or `postOauthClientUsageQuery`
	 * @param clientId id of the queried client
	 * @param options which rows, if the result is paged
	 * @returns rows and `queryStatus`: `Running` (poll again), `Complete` or `Failed`
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthClientUsageQueryResult(
		executionId: string,
		clientId: string,
		options?: UsageResultOptions,
	): Promise<ApiUsageQueryResult>;
	/**
	 * Starts a summary query of a client's usage: GET /api/v2/oauth/clients/{clientId}/usage/summary. Poll for the result with
	 * `getOauthClientUsageQueryResult`. Permission: oauth:client:view or usage:client:view.
	 *
	 * @param clientId id of the client
	 * @param options.days the number of past UTC days, excluding today, as a string. Default "7".
	 * @returns the execution to poll, even if it is already complete (200 instead of 202)
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthClientUsageSummary(clientId: string, options?: { days?: string }): Promise<UsageExecutionResult>;
	/**
	 * Lists all clients, reading every page: GET /api/v2/oauth/clients. Permission: oauth:client:view.
	 *
	 * @returns every client once, without its secret, in the API's order, and their number as `total`; other fields, such as page numbers,
	 *   are omitted, since they describe one page
	 */
	getOauthClients(): Promise<OAuthClientEntityListing>;
	/**
	 * Returns a scope: GET /api/v2/oauth/scopes/{scopeId}. No permission needed.
	 *
	 * @param scopeId id of the scope, such as `users:readonly`
	 * @param options the language of its description
	 * @returns the scope
	 * @throws NotFoundError 404 `not.found`
	 */
	getOauthScope(scopeId: string, options?: LanguageOptions): Promise<OAuthScope>;
	/**
	 * Lists all scopes: GET /api/v2/oauth/scopes. No permission needed.
	 *
	 * @param options the language of their descriptions
	 * @returns all scopes: this listing isn't paged
	 */
	getOauthScopes(options?: LanguageOptions): Promise<OAuthScopeListing>;
	/**
	 * Rotates a client's secret; the old one stops working immediately: POST /api/v2/oauth/clients/{clientId}/secret.
	 * Permission: oauth:client:edit. Not idempotent: after a ConnectionError with `mayHaveActed` the old secret may have stopped working.
	 *
	 * @param clientId id of the client
	 * @returns the new secret, which the API never shows again, with the rest of the client as it came
	 * @throws ApiError 400 `bad.client.role` when the caller lacks one of the client's roles
	 * @throws NotFoundError 404 `not.found`
	 */
	postOauthClientSecret(clientId: string): Promise<NewSecret>;
	/**
	 * Starts a query of a client's usage: POST /api/v2/oauth/clients/{clientId}/usage/query. Poll for the result with
	 * `getOauthClientUsageQueryResult`. Permission: oauth:client:view or usage:client:view.
	 *
	 * @param clientId id of the client
	 * @param query the interval, and how counts are summed and grouped
	 * @returns the execution to poll, even if it is already complete (200 instead of 202)
	 * @throws ApiError 400 `invalid.date`, `invalid.value`
	 * @throws NotFoundError 404 `not.found`
	 */
	postOauthClientUsageQuery(clientId: string, query: ApiUsageQuery): Promise<UsageExecutionResult>;
	/**
	 * Creates a client; the response contains its secret: POST /api/v2/oauth/clients. Permission: oauth:client:add. Not idempotent: after a
	 * ConnectionError with `mayHaveActed` the client may exist, and does if the error has `created`.
	 *
	 * @param client its settings; `name` and `authorizedGrantType` are required, roles for CLIENT-CREDENTIALS, scopes for the others
	 * @returns the client with its secret, which the API never shows again
	 * @throws ApiError 400 `grant.type.required`, `bad.grant.type`, `missing.client.roles`, `missing.client.scope`,
	 *   `bad.client.role`, `bad.client.state`, `auth.invalid.scope`, `auth.too.many.clients`, `client.failed.request`
	 */
	postOauthClients(client: OAuthClientRequest): Promise<OAuthClient>;
	/**
	 * Replaces all settings of a client: PUT /api/v2/oauth/clients/{clientId}. Permission: oauth:client:edit.
	 *
	 * To change one setting, pass the client as it was read with that setting changed. Response-only fields (id, secret, dates,
	 * people, selfUri) aren't sent; fields unknown to this package are, unless the API refuses them as a property that a request can't have:
	 *
	 * ```ts
	 * await api.putOauthClient(id, { ...(await api.getOauthClient(id)), name: "New name" });
	 * ```
	 *
	 * @param clientId id of the client
	 * @param client its settings; omitted ones are reset to their defaults
	 * @param declared fields unknown to this package that are sent even if the API refuses them
	 * @returns the client, without its secret
	 * @throws ApiError 400 `grant.type.required`, `bad.grant.type`, `missing.client.roles`, `missing.client.scope`,
	 *   `bad.client.role`, `bad.client.state` for a client that Genesys Cloud support has disabled, `client.failed.request`
	 * @throws NotFoundError 404 `client.not.found`
	 */
	putOauthClient(
		clientId: string,
		client: OAuthClientRequest | OAuthClient,
		declared?: readonly string[],
	): Promise<OAuthClient>;
}

/** Response-only fields: the vendor may refuse them in a request. */
export const responseFields: ReadonlySet<string> = new Set(
	Object.keys({
		id: true,
		secret: true,
		dateCreated: true,
		dateModified: true,
		createdBy: true,
		modifiedBy: true,
		selfUri: true,
	} satisfies Record<Exclude<keyof OAuthClient, keyof OAuthClientRequest>, true>),
);

const toRequestBody = (client: OAuthClientRequest | OAuthClient) =>
	Object.fromEntries(Object.entries(client).filter(([name]) => !responseFields.has(name)));

const language = (options: LanguageOptions = {}) => ({ "accept-language": options.acceptLanguage ?? "en-us" });

/** Implements the operations with an API client. */
export function oauthOperations(client: Caller, readOnlyFields: ReadOnlyFields): OAuthApi {
	return {
		async deleteOauthClient(clientId) {
			await client.call(operations.deleteOauthClient, anyAnswer, { path: { clientId } });
		},
		async getOauthAuthorization(clientId, options) {
			return client.call(operations.getOauthAuthorization, authorizationOf(clientId), {
				path: { clientId },
				headers: language(options),
			});
		},
		async getOauthAuthorizations(options) {
			return client.call(operations.getOauthAuthorizations, authorizations, { headers: language(options) });
		},
		async getOauthClient(clientId) {
			return client.call(operations.getOauthClient, clientWithId(clientId), { path: { clientId } });
		},
		async getOauthClientUsageQueryResult(executionId, clientId, options = {}) {
			return client.call(operations.getOauthClientUsageQueryResult, usageResult, {
				path: { executionId, clientId },
				query: { after: options.after },
			});
		},
		async getOauthClientUsageSummary(clientId, options = {}) {
			return client.call(operations.getOauthClientUsageSummary, execution, {
				path: { clientId },
				query: { days: options.days ?? "7" },
			});
		},
		async getOauthClients() {
			const entities = await allPages(client, operations.getOauthClients, listedClient);
			return { entities, total: entities.length };
		},
		async getOauthScope(scopeId, options) {
			return client.call(operations.getOauthScope, scopeWithId(scopeId), {
				path: { scopeId },
				headers: language(options),
			});
		},
		async getOauthScopes(options) {
			return client.call(operations.getOauthScopes, scopes, { headers: language(options) });
		},
		async postOauthClientSecret(clientId) {
			return client.call(operations.postOauthClientSecret, secretOf(clientId), { path: { clientId } });
		},
		async postOauthClientUsageQuery(clientId, query) {
			return client.call(operations.postOauthClientUsageQuery, execution, { path: { clientId }, body: query });
		},
		async postOauthClients(request) {
			return client.call(operations.postOauthClients, newClient, { body: request, created: createdClient });
		},
		async putOauthClient(clientId, request, declared) {
			return withoutReadOnlyFields(
				toRequestBody(request),
				readOnlyFields,
				async (body) => client.call(operations.putOauthClient, clientWithId(clientId), { path: { clientId }, body }),
				declared,
			);
		},
	};
}

import { answerOf, listOf, maybe, numeric, opaqueId, pageUri, shortText, text } from "./answer-fields";
import type { Caller, Operation } from "./api-client";
import type { ApiUsageQuery, ApiUsageRow, DomainEntityRef } from "./models";
import { reference, usageRow } from "./oauth-answers";

/** A usage job for one client. Source: the vendor's ClientPublicApiUsageQueryRequest, as far as it is used here. */
export interface ClientUsageJobRequest extends Pick<ApiUsageQuery, "granularity" | "metrics"> {
	/** The time asked about, both ends included: `YYYY-MM-DDThh:mm:ss/YYYY-MM-DDThh:mm:ss`, UTC. At most 90 days, from a year ago at most. */
	interval: string;
	/** What the counts are split by. @default nothing */
	groupBy?: ("OrganizationId" | "HttpMethod" | "TemplateUri")[];
}

/** A usage job for the whole organization. Source: the vendor's OrganizationPublicApiUsageQueryRequest, as far as it is used here. */
export interface OrganizationUsageJobRequest extends Omit<ClientUsageJobRequest, "groupBy"> {
	/** What the counts are split by. @default nothing */
	groupBy?: ("OauthClientId" | "OauthClientName" | "UserId" | "HttpMethod" | "TemplateUri")[];
	/** Only these clients. @default all clients */
	oauthClientIds?: string[];
}

/** A usage job that was started. Source: the vendor's ClientUsageQueryResponse and OrganizationUsageQueryResponse. */
export interface UsageJob {
	/** Id to ask for the result with. */
	id: string;
}

/**
 * A row of a usage job; `organizationId` is in jobs for one client. Source: the vendor's ClientPublicApiUsage and
 * OrganizationPublicApiUsage, as far as they are used here.
 */
export interface PublicApiUsageRow extends Omit<ApiUsageRow, "clientId" | "clientName" | "userId" | "requests"> {
	/** All requests. */
	requestCount?: number;
	/** The client; in jobs for the organization. */
	oauthClient?: Partial<DomainEntityRef>;
}

/**
 * The result of a usage job, or how far it is. Source: the vendor's ClientPublicApiUsageResultsResponse and
 * OrganizationPublicApiUsageResultsResponse.
 */
export interface UsageJobResult {
	/** How far the job is. */
	queryStatus?: "Queued" | "Running" | "Succeeded" | "Failed" | "Cancelled";
	/** Why it failed, if the API says so. */
	errorBody?: { code?: string };
	/** The rows of this page, when the job has succeeded. */
	entities?: PublicApiUsageRow[];
	/** Path of the next page, when there is one: it holds the cursor `after`. */
	nextUri?: string;
}

/** Which page of a job's rows. */
export interface UsageJobPage {
	/** The cursor of the `nextUri` before. @default the first page */
	after?: string;
	/** Most rows: at most 1000. @default 100 */
	pageSize?: number;
}

/**
 * What this package needs of the vendor's UsageApi: the jobs that succeed the usage operations of OAuthApi. The common error codes are
 * those of OAuthApi. Source: the vendor's OpenAPI description.
 */
export interface UsageApi {
	/**
	 * Starts a job for the whole organization: POST /api/v2/usage/aggregates/query/jobs. Permission: usage:organization:view.
	 *
	 * @returns the job to poll with `getUsageAggregatesQueryJob`
	 * @throws ApiError 400 `query.too.long`
	 */
	postUsageAggregatesQueryJobs(query: OrganizationUsageJobRequest): Promise<UsageJob>;
	/**
	 * The result of a job for the whole organization: GET /api/v2/usage/aggregates/query/jobs/{jobId}. Permission:
	 * usage:organization:view.
	 *
	 * @throws NotFoundError 404 `not.found`
	 * @throws ApiError 400 `max.response.size.reached`: ask for a smaller page
	 */
	getUsageAggregatesQueryJob(jobId: string, page?: UsageJobPage): Promise<UsageJobResult>;
	/**
	 * Starts a job for one client: POST /api/v2/usage/client/{clientId}/aggregates/query/jobs. Permission: usage:client:view;
	 * oauth:client:view isn't enough.
	 *
	 * @returns the job to poll with `getUsageClientClientIdAggregatesQueryJob`
	 * @throws ApiError 400 `query.too.long`
	 * @throws NotFoundError 404 `not.found`
	 */
	postUsageClientClientIdAggregatesQueryJobs(clientId: string, query: ClientUsageJobRequest): Promise<UsageJob>;
	/**
	 * The result of a job for one client: GET /api/v2/usage/client/{clientId}/aggregates/query/jobs/{jobId}. Permission:
	 * usage:client:view.
	 *
	 * @throws NotFoundError 404 `not.found`
	 * @throws ApiError 400 `max.response.size.reached`: ask for a smaller page
	 */
	getUsageClientClientIdAggregatesQueryJob(
		clientId: string,
		jobId: string,
		page?: UsageJobPage,
	): Promise<UsageJobResult>;
}

const operation = (name: string, method: Operation["method"], path: string): Operation => ({
	name,
	method,
	path: `/api/v2/usage${path}`,
});

const jobs = "/aggregates/query/jobs";
const operations = {
	getUsageAggregatesQueryJob: operation("get_usage_aggregates_query_job", "GET", `${jobs}/{jobId}`),
	getUsageClientClientIdAggregatesQueryJob: operation(
		"get_usage_client_client_id_aggregates_query_job",
		"GET",
		`/client/{clientId}${jobs}/{jobId}`,
	),
	postUsageAggregatesQueryJobs: operation("post_usage_aggregates_query_jobs", "POST", jobs),
	postUsageClientClientIdAggregatesQueryJobs: operation(
		"post_usage_client_client_id_aggregates_query_jobs",
		"POST",
		`/client/{clientId}${jobs}`,
	),
};

const job = answerOf<UsageJob>({ id: opaqueId });

const row = answerOf<PublicApiUsageRow>({ ...usageRow, requestCount: maybe(numeric), oauthClient: maybe(reference) });

const jobResult = answerOf<UsageJobResult>({
	queryStatus: maybe(shortText),
	errorBody: maybe(answerOf<NonNullable<UsageJobResult["errorBody"]>>({ code: maybe(text) })),
	entities: maybe(listOf(row)),
	nextUri: maybe(pageUri),
});

/** The operations, called through an API client. */
export function usageOperations(client: Caller): UsageApi {
	const start = async (started: Operation, body: object, path = {}) => client.call(started, job, { path, body });
	const result = async (of: Operation, path: Record<string, string>, { after, pageSize }: UsageJobPage = {}) =>
		client.call(of, jobResult, { path, query: { after, pageSize: pageSize?.toString() } });
	return {
		getUsageAggregatesQueryJob: async (jobId, page) => result(operations.getUsageAggregatesQueryJob, { jobId }, page),
		getUsageClientClientIdAggregatesQueryJob: async (clientId, jobId, page) =>
			result(operations.getUsageClientClientIdAggregatesQueryJob, { clientId, jobId }, page),
		postUsageAggregatesQueryJobs: async (query) => start(operations.postUsageAggregatesQueryJobs, query),
		postUsageClientClientIdAggregatesQueryJobs: async (clientId, query) =>
			start(operations.postUsageClientClientIdAggregatesQueryJobs, query, { clientId }),
	};
}

import { answerOf, listOf, maybe, numeric, opaqueId, pageUri, shortText, text } from "./answer-fields";
import type { Caller, Operation } from "./api-client";
import type { DomainEntityRef, UsageGranularity, UsageMetric } from "./models";
import { reference, usageRow } from "./oauth-answers";

/** A usage job for one client. Source: the vendor's ClientPublicApiUsageQueryRequest, as far as it is used here. */
export interface ClientUsageJobRequest {
	/** The time asked about, both ends included: `YYYY-MM-DDThh:mm:ss/YYYY-MM-DDThh:mm:ss`, UTC. At most 90 days, from a year ago at most. */
	interval: string;
	/** How the counts are summed over time. */
	granularity?: UsageGranularity;
	/** What is counted. @default all metrics */
	metrics?: UsageMetric[];
	/** What the counts are split by. @default nothing */
	groupBy?: ("OrganizationId" | "HttpMethod" | "TemplateUri" | "Platform")[];
}

/** A usage job for the whole organization. Source: the vendor's OrganizationPublicApiUsageQueryRequest, as far as it is used here. */
export interface OrganizationUsageJobRequest extends Omit<ClientUsageJobRequest, "groupBy"> {
	/** What the counts are split by. @default nothing */
	groupBy?: ("OauthClientId" | "OauthClientName" | "UserId" | "HttpMethod" | "TemplateUri" | "Platform")[];
	/** Only these clients. @default all clients */
	oauthClientIds?: string[];
}

/** A usage job that was started. Source: the vendor's ClientUsageQueryResponse and OrganizationUsageQueryResponse. */
export interface UsageJob {
	/** Id to ask for the result with. */
	id: string;
	/** Path of the result in the API. */
	resultsUri?: string;
}

/** A row of a usage job. Source: the vendor's ClientPublicApiUsage and OrganizationPublicApiUsage. */
export interface PublicApiUsageRow {
	/** The day, or the first day of the week or month: `yyyy-MM-dd`, UTC. */
	date?: string;
	/** What the calls came from. */
	platform?: string;
	/** The HTTP method. */
	httpMethod?: string;
	/** The operation called, such as `/api/v2/users/{userId}`. */
	templateUri?: string;
	/** All requests. */
	requestCount?: number;
	/** Answers with 2xx. */
	status200?: number;
	/** Answers with 3xx. */
	status300?: number;
	/** Answers with 4xx. */
	status400?: number;
	/** Answers with 5xx. */
	status500?: number;
	/** Answers with 429: a part of `status400`. */
	status429?: number;
	/** Id of the organization; in jobs for one client. */
	organizationId?: string;
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

const operations = {
	getUsageAggregatesQueryJob: operation("get_usage_aggregates_query_job", "GET", "/aggregates/query/jobs/{jobId}"),
	getUsageClientClientIdAggregatesQueryJob: operation(
		"get_usage_client_client_id_aggregates_query_job",
		"GET",
		"/client/{clientId}/aggregates/query/jobs/{jobId}",
	),
	postUsageAggregatesQueryJobs: operation("post_usage_aggregates_query_jobs", "POST", "/aggregates/query/jobs"),
	postUsageClientClientIdAggregatesQueryJobs: operation(
		"post_usage_client_client_id_aggregates_query_jobs",
		"POST",
		"/client/{clientId}/aggregates/query/jobs",
	),
};

const toQuery = ({ after, pageSize }: UsageJobPage = {}) => ({ after, pageSize: pageSize?.toString() });

const job = answerOf<UsageJob>({ id: opaqueId });

const jobResult = answerOf<UsageJobResult>({
	queryStatus: maybe(shortText),
	errorBody: maybe(answerOf<NonNullable<UsageJobResult["errorBody"]>>({ code: maybe(text) })),
	entities: maybe(
		listOf(
			answerOf<PublicApiUsageRow>({
				...usageRow,
				platform: maybe(text),
				requestCount: maybe(numeric),
				oauthClient: maybe(reference),
			}),
		),
	),
	nextUri: maybe(pageUri),
});

/** The operations, called through an API client. */
export function usageOperations(client: Caller): UsageApi {
	return {
		async getUsageAggregatesQueryJob(jobId, page) {
			return client.call(operations.getUsageAggregatesQueryJob, jobResult, {
				path: { jobId },
				query: toQuery(page),
			});
		},
		async getUsageClientClientIdAggregatesQueryJob(clientId, jobId, page) {
			return client.call(operations.getUsageClientClientIdAggregatesQueryJob, jobResult, {
				path: { clientId, jobId },
				query: toQuery(page),
			});
		},
		async postUsageAggregatesQueryJobs(query) {
			return client.call(operations.postUsageAggregatesQueryJobs, job, { body: query });
		},
		async postUsageClientClientIdAggregatesQueryJobs(clientId, query) {
			return client.call(operations.postUsageClientClientIdAggregatesQueryJobs, job, {
				path: { clientId },
				body: query,
			});
		},
	};
}

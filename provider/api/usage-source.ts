import type { Clock } from "./clock";
import type { GenesysCloudApi, UsageApiName } from "./genesys-cloud-api";
import { type Deadline, endsBy } from "./deadline";
import { ConnectionError, GenesysCloudError, isApiError, isNotFoundError } from "./errors";
import type { ApiUsageQuery, ApiUsageRow } from "./models";
import { oauthQuery, readUsage, type SentUsageQuery, startJobs, type UsageAnswer } from "./usage-query";

/** Which usage of a client to query: that of the last whole UTC days, or of an interval. */
export type UsageQuestion = { days: number } | ApiUsageQuery;

/**
 * Queries a client's usage with the usage API that the organization has: OAuthApi's operations first; if they are gone (404, 410, or a
 * code that says deprecated), a usage job.
 *
 * @param timeoutSeconds the maximum wait for the result
 * @throws NotFoundError if there is no such client
 * @throws GenesysCloudError if the query fails in Genesys Cloud or doesn't complete in time, or if the API fails
 */
export async function usageOfClient(
	api: GenesysCloudApi,
	clock: Clock,
	clientId: string,
	question: UsageQuestion,
	timeoutSeconds: number,
): Promise<UsageAnswer> {
	const query = `the usage query for OAuth client ${clientId}`;
	const { usageApi: choice, deadline } = api;
	if (choice.first !== undefined) await firstQuery(choice.first, query, deadline);
	return readUsage(await send(api, clientId, question), clock, query, timeoutSeconds);
}

/** Waits for another client's query, at most until this operation's deadline. */
async function firstQuery(first: Promise<void>, query: string, deadline?: Deadline): Promise<void> {
	if (deadline === undefined) return first;
	const operation = "post_oauth_client_usage_query";
	return endsBy(deadline, first, () => {
		const message = `${query} failed: timed out after ${deadline.source}`;
		return new ConnectionError(message, { operation, code: "DEADLINE", mayHaveActed: false });
	});
}

async function send(api: GenesysCloudApi, clientId: string, question: UsageQuestion): Promise<SentUsageQuery> {
	const choice = api.usageApi;
	if (choice.known !== undefined) return senders[choice.known](api, clientId, question);
	const sent = findOut(api, clientId, question);
	choice.first ??= sent.then(
		() => undefined,
		() => undefined,
	);
	return sent;
}

/** Sends a query to the API that exists, and remembers which one that is. */
async function findOut(api: GenesysCloudApi, clientId: string, question: UsageQuestion): Promise<SentUsageQuery> {
	const ask = async (name: UsageApiName) => {
		const sent = await senders[name](api, clientId, question);
		api.usageApi.known = name;
		return sent;
	};
	try {
		return await ask("oauth");
	} catch (gone) {
		// The vendor's code is the same for a missing client and a missing operation: reading the client tells them apart.
		if (!saysGone(gone) || (isNotFound(gone) && (await isGone(api, clientId)))) throw gone;
		return ask("jobs").catch((error: unknown) => {
			// There are no jobs either: OAuthApi's error is the one to report.
			throw isNotFound(error) ? gone : error;
		});
	}
}

const isNotFound = (error: unknown) => isApiError(error) && error.status === 404;

const saysGone = (error: unknown) =>
	isApiError(error) && (error.status === 404 || error.status === 410 || /deprecated/i.test(error.code ?? ""));

/** Whether the API says that there is no such client. If that is unknown, the job API decides. */
const isGone = async (api: GenesysCloudApi, clientId: string) =>
	api.getOauthClient(clientId).then(() => false, isNotFoundError);

/** How each of the usage APIs is asked about a client. */
const senders = { oauth: askOAuthApi, jobs: askJobs } as const satisfies Record<UsageApiName, unknown>;

async function askOAuthApi(api: GenesysCloudApi, clientId: string, question: UsageQuestion): Promise<SentUsageQuery> {
	const asked =
		"days" in question
			? await api.getOauthClientUsageSummary(clientId, { days: String(question.days) })
			: await api.postOauthClientUsageQuery(clientId, question);
	return oauthQuery(api, clientId, asked);
}

async function askJobs(api: GenesysCloudApi, clientId: string, question: UsageQuestion): Promise<SentUsageQuery> {
	const today = dayOf(api.serverTime());
	const query = "days" in question ? lastDays(today, question.days) : question;
	const sent = await startJobs(
		query,
		async (request) => api.postUsageClientClientIdAggregatesQueryJobs(clientId, request),
		async (jobId, page) => api.getUsageClientClientIdAggregatesQueryJob(clientId, jobId, page),
		query.groupBy?.includes("OAuthClientId") ? { clientId } : {},
	);
	// The first response of a run shows whether this machine's clock is wrong: if so, the query had other days.
	const isRight = !("days" in question) || dayOf(api.serverTime()) === today;
	return isRight ? sent : askJobs(api, clientId, question);
}

const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

/** The query that corresponds to OAuthApi's summary: by day and operation, without today. */
function lastDays(today: string, days: number): ApiUsageQuery {
	const interval = `${dayOf(Date.parse(today) - days * 86_400_000)}/${today}`;
	return { interval, granularity: "Day", groupBy: ["OAuthClientId", "OrganizationId", "TemplateUri", "HttpMethod"] };
}

/** The usage of all clients of an organization. */
export interface OrganizationUsage {
	/** The rows of each client that made requests, by its id. */
	rows: ReadonlyMap<string, ApiUsageRow[]>;
}

/**
 * Queries the usage of all clients in one job, by day and operation. Permission: usage:organization:view.
 *
 * @param interval `start/end`, dates or date-times, UTC; excludes the end
 * @throws PermissionError without the permission
 * @throws GenesysCloudError if the job fails or doesn't complete in time, or if rows are missing or name no client
 */
export async function usageOfOrganization(
	api: GenesysCloudApi,
	clock: Clock,
	interval: string,
	timeoutSeconds: number,
): Promise<OrganizationUsage> {
	const query = "the usage query for the organization";
	const sent = await startJobs(
		{ interval, granularity: "Day" },
		async (request) =>
			api.postUsageAggregatesQueryJobs({ ...request, groupBy: ["OauthClientId", "TemplateUri", "HttpMethod"] }),
		async (jobId, page) => api.getUsageAggregatesQueryJob(jobId, page),
	);
	const { rows, complete } = await readUsage(sent, clock, query, timeoutSeconds);
	const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
	const unnamed = byClient.get(undefined);
	if (!complete || unnamed !== undefined) {
		throw new GenesysCloudError(`${query} failed: ${complete ? "rows name no client" : "rows are missing"}`);
	}
	return { rows: byClient as Map<string, ApiUsageRow[]> };
}

import type { Clock } from "./clock";
import type { GenesysCloudApi } from "./genesys-cloud-api";
import { endsBy } from "./deadline";
import { type ApiError, ConnectionError, GenesysCloudError, isApiError, isNotFoundError } from "./errors";
import type { ApiUsageQuery, ApiUsageRow } from "./models";
import { awaitUsage } from "./usage";
import type { UsageJob } from "./usage-api";
import type { UsageApiName } from "./usage-api-choice";
import { mergeRows, readJobs, toJobs } from "./usage-jobs";
import { type UsageAnswer, type UsageWait, waitFor } from "./usage-rows";

/** Which usage of a client to query: that of the last whole UTC days, or of an interval. */
export type UsageQuestion = { days: number } | ApiUsageQuery;

/** Reads the result of a query that was sent. */
type Reading = (wait: UsageWait) => Promise<UsageAnswer>;

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
	const wait = waitFor(clock, `the usage query for OAuth client ${clientId}`, timeoutSeconds);
	const read = await send(api, clientId, {
		oauth: async () => askOAuthApi(api, clientId, question),
		jobs: async () => startJobs(api, clientId, question),
	});
	return read(wait);
}

type Senders = Record<UsageApiName, () => Promise<Reading>>;

async function send(api: GenesysCloudApi, clientId: string, ask: Senders): Promise<Reading> {
	const choice = api.usageApi;
	if (choice.first !== undefined) await firstAnswer(api, choice.first, clientId);
	if (choice.known !== undefined) return ask[choice.known]();
	const sent = findOut(api, clientId, ask);
	choice.first ??= sent.then(
		() => undefined,
		() => undefined,
	);
	return sent;
}

/** Waits for another client's query, at most until this operation's deadline. */
async function firstAnswer({ deadline }: GenesysCloudApi, first: Promise<void>, clientId: string): Promise<void> {
	if (deadline === undefined) return first;
	const operation = "post_oauth_client_usage_query";
	return endsBy(deadline, first, () => {
		const message = `the usage query for OAuth client ${clientId} failed: timed out after ${deadline.source}`;
		return new ConnectionError(message, { operation, code: "DEADLINE", mayHaveActed: false });
	});
}

async function findOut(api: GenesysCloudApi, clientId: string, ask: Senders): Promise<Reading> {
	const found = (name: UsageApiName, read: Reading) => {
		api.usageApi.known = name;
		return read;
	};
	let gone: ApiError;
	try {
		return found("oauth", await ask.oauth());
	} catch (error) {
		// The vendor's code is the same for a missing client and a missing operation: reading the client tells them apart.
		if (!saysGone(error) || (error.status === 404 && (await isGone(api, clientId)))) throw error;
		gone = error;
	}
	try {
		return found("jobs", await ask.jobs());
	} catch (error) {
		// There are no jobs either: OAuthApi's error is the one to report.
		throw isApiError(error) && error.status === 404 ? gone : error;
	}
}

const saysGone = (error: unknown): error is ApiError =>
	isApiError(error) && (error.status === 404 || error.status === 410 || /deprecated/i.test(error.code ?? ""));

/** Whether the API says that there is no such client. If that is unknown, the job API decides. */
async function isGone(api: GenesysCloudApi, clientId: string): Promise<boolean> {
	try {
		await api.getOauthClient(clientId);
		return false;
	} catch (error) {
		return isNotFoundError(error);
	}
}

async function askOAuthApi(api: GenesysCloudApi, clientId: string, question: UsageQuestion): Promise<Reading> {
	const asked =
		"days" in question
			? await api.getOauthClientUsageSummary(clientId, { days: String(question.days) })
			: await api.postOauthClientUsageQuery(clientId, question);
	return async ({ clock, timeoutSeconds }) => awaitUsage(api, clock, clientId, asked, timeoutSeconds);
}

async function startJobs(api: GenesysCloudApi, clientId: string, question: UsageQuestion): Promise<Reading> {
	const today = dayOf(api.serverTime());
	const query = "days" in question ? lastDays(today, question.days) : question;
	const jobs: UsageJob[] = [];
	for (const request of toJobs(query))
		jobs.push(await api.postUsageClientClientIdAggregatesQueryJobs(clientId, request));
	// The first response of a run shows whether this machine's clock is wrong: if so, the query had other days.
	if ("days" in question && dayOf(api.serverTime()) !== today) return startJobs(api, clientId, question);
	return async (wait) => {
		const get = api.getUsageClientClientIdAggregatesQueryJob.bind(api, clientId);
		const { rows, complete } = await readJobs(jobs, get, wait);
		// A job's rows don't name its client.
		if (query.groupBy?.includes("OAuthClientId")) for (const row of rows) row.clientId = clientId;
		return { rows: jobs.length > 1 ? mergeRows(rows, query) : rows, complete };
	};
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
	const wait = waitFor(clock, query, timeoutSeconds);
	const jobs: UsageJob[] = [];
	for (const request of toJobs({ interval, granularity: "Day" })) {
		const groupBy = ["OauthClientId", "TemplateUri", "HttpMethod"] as const;
		jobs.push(await api.postUsageAggregatesQueryJobs({ ...request, groupBy: [...groupBy] }));
	}
	const { rows, complete } = await readJobs(jobs, api.getUsageAggregatesQueryJob.bind(api), wait);
	const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
	const unnamed = byClient.get(undefined);
	if (!complete || unnamed !== undefined) {
		throw new GenesysCloudError(`${query} failed: ${complete ? "rows name no client" : "rows are missing"}`);
	}
	return { rows: byClient as Map<string, ApiUsageRow[]> };
}

import pLimit from "p-limit";
import type { Clock } from "../../provider/api/clock";
import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import { isApiError, isGenesysCloudError } from "../../provider/api/errors";
import type { ApiUsageRow } from "../../provider/api/models";
import { type UsageAnswer, usageCounts } from "../../provider/api/usage-query";
import { type OrganizationUsage, usageOfClient, usageOfOrganization } from "../../provider/api/usage-source";
import type { ClientUsage, Counts, DayUse, OperationUse, Period } from "./report";

/** The usage of a client, or why the query failed. */
export type UsageOutcome = UsageAnswer | { error: string };

/** The timeout of one query. */
const timeoutSeconds = 300;

/** How many queries run at a time: each mostly waits, and the API layer keeps to the rate limit. */
const concurrency = 10;

const dayMilliseconds = 86_400_000;

/** The UTC day of a time, such as `2026-01-31`. */
const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** The last whole UTC days before a time. */
export function periodBefore(now: number, days: number): Period {
	return { from: dayOf(now - days * dayMilliseconds), to: dayOf(now - dayMilliseconds), days };
}

/** The days of a period, in order. */
function daysOf({ from, days }: Period): string[] {
	return Array.from({ length: days }, (_, index) => dayOf(Date.parse(from) + index * dayMilliseconds));
}

/** What {@link collectUsage} needs. */
export interface UsageCollection {
	api: GenesysCloudApi;
	clock: Clock;
	period: Period;
	/** Called after each client. */
	onProgress: (done: number, total: number) => void;
	/** Called with the reason if each client is queried by itself. */
	onFallback: (reason: string) => void;
}

/**
 * Queries the usage of the clients, by day and operation: all in one job, or, where that isn't possible, with at least two calls for each
 * client. A failed query becomes that client's outcome and doesn't stop the others.
 */
export async function collectUsage(
	clientIds: readonly string[],
	questions: UsageCollection,
): Promise<Map<string, UsageOutcome>> {
	const organization = await queryOrganization(questions);
	if (organization === undefined) return queryEach(clientIds, questions);
	questions.onProgress(clientIds.length, clientIds.length);
	return new Map(clientIds.map((id) => [id, { rows: organization.rows.get(id) ?? [], complete: true }]));
}

async function queryOrganization(questions: UsageCollection): Promise<OrganizationUsage | undefined> {
	const { api, clock, period, onFallback } = questions;
	if (api.usageApi.wanted === "oauth") return undefined;
	try {
		return await usageOfOrganization(api, clock, intervalOf(period), timeoutSeconds);
	} catch (error) {
		if (!isGenesysCloudError(error)) throw error;
		const status = isApiError(error) ? error.status : undefined;
		if (status === 403) onFallback("the login lacks usage:organization:view, which allows one query for all clients");
		else if (status === 404 || status === 410) onFallback("the API has no query for all clients");
		else onFallback(error.message);
		return undefined;
	}
}

/** The interval excludes its end; even if it didn't, the data has no usage of today. */
const intervalOf = ({ from, to }: Period) => `${from}/${dayOf(Date.parse(to) + dayMilliseconds)}`;

async function queryEach(
	clientIds: readonly string[],
	{ api, clock, period, onProgress }: UsageCollection,
): Promise<Map<string, UsageOutcome>> {
	const limit = pLimit(concurrency);
	let done = 0;
	const query = {
		interval: intervalOf(period),
		granularity: "Day" as const,
		groupBy: ["TemplateUri" as const, "HttpMethod" as const],
	};
	const ask = async (clientId: string): Promise<UsageOutcome> => {
		try {
			return await usageOfClient(api, clock, clientId, query, timeoutSeconds);
		} catch (error) {
			if (!isGenesysCloudError(error)) throw error;
			return { error: error.message };
		} finally {
			done += 1;
			onProgress(done, clientIds.length);
		}
	};
	const outcomes = await Promise.all(
		clientIds.map(async (clientId) => [clientId, await limit(() => ask(clientId))] as const),
	);
	return new Map(outcomes);
}

const noCounts = (): Counts => ({
	requests: 0,
	status200: 0,
	status300: 0,
	status400: 0,
	status500: 0,
	status429: 0,
});

function add(
	to: Counts,
	{ status200 = 0, status300 = 0, status400 = 0, status500 = 0, ...row }: Partial<Counts>,
): void {
	to.status200 += status200;
	to.status300 += status300;
	to.status400 += status400;
	to.status500 += status500;
	to.status429 += row.status429 ?? 0;
	// The sum in a row may be missing.
	to.requests += Math.max(row.requests ?? 0, status200 + status300 + status400 + status500);
}

/** The usage of a client, summed by day and by operation. */
export function summarizeUsage(outcome: UsageOutcome, period: Period): ClientUsage {
	const rows = "error" in outcome ? [] : outcome.rows;
	const days = new Map(daysOf(period).map((date) => [date, { date, ...noCounts() }]));
	const operations = new Map<string, OperationUse>();
	const total = noCounts();
	for (const row of rows) {
		const counts = countsOf(row);
		// A row whose date can't be parsed still counts: what was called matters more than when.
		const day = days.get((row.date ?? "").slice(0, 10));
		if (day) add(day, counts);
		const method = row.httpMethod ?? "";
		const path = row.templateUri ?? "";
		const operation = operations.get(`${method} ${path}`) ?? { method, path, ...noCounts() };
		add(operation, counts);
		operations.set(`${method} ${path}`, operation);
		add(total, counts);
	}
	const used = [...days.values()].filter(({ requests }) => requests > 0);
	return {
		status: "error" in outcome ? "failed" : outcome.complete ? "complete" : "partial",
		error: "error" in outcome ? outcome.error : null,
		total,
		lastUsed: used.at(-1)?.date ?? null,
		days: [...days.values()],
		operations: [...operations.values()]
			.filter(({ requests }) => requests > 0)
			.toSorted((a, b) => b.requests - a.requests || `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`)),
	};
}

/** The counts of a row, without absent and null ones. */
function countsOf(row: ApiUsageRow): Partial<Counts> {
	return Object.fromEntries(usageCounts.filter((name) => Number.isFinite(row[name])).map((name) => [name, row[name]]));
}

/** The usage of several clients together, by day. */
export function sumByDay(usages: readonly ClientUsage[], period: Period): DayUse[] {
	return daysOf(period).map((date, index) => {
		const sum: DayUse = Object.assign(noCounts(), { date });
		for (const { days } of usages) add(sum, days[index] ?? {});
		return sum;
	});
}

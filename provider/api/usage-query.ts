import type { Clock } from "./clock";
import { GenesysCloudError, isApiError } from "./errors";
import type { GenesysCloudApi } from "./genesys-cloud-api";
import type { ApiUsageQuery, ApiUsageRow, UsageExecutionResult, UsageMetric } from "./models";
import type { ClientUsageJobRequest, PublicApiUsageRow, UsageJob, UsageJobPage, UsageJobResult } from "./usage-api";

/** Milliseconds until a running query is polled again; each later pause is twice as long, up to the longest. */
const firstPause = 1000;
const longestPause = 10_000;

/** The maximum number of parts, in case a server repeats them endlessly. */
const mostParts = 10_000;

/** The vendor's maximum interval of a job: 90 days, in milliseconds. */
const longestInterval = 90 * 86_400_000;
/** The vendor's maximum, and its default, for rows that are too big for the maximum. */
const pageSizes = { most: 1000, fallback: 100 };

/** The counts in a row: one for each metric. */
export const usageCounts = [
	"status200",
	"status300",
	"status400",
	"status500",
	"status429",
	"requests",
] as const satisfies Uncapitalize<UsageMetric>[];

/** The result of a usage query. */
export interface UsageAnswer {
	/** All rows, in the API's order. */
	rows: ApiUsageRow[];
	/** Whether these are all rows; false if the API announced more but returned the same ones again. */
	complete: boolean;
}

/** A part of the rows of a usage query, and the query's status. */
interface UsagePart {
	/** The query's status, as the API says it. */
	status: string | undefined;
	/** The error code of a failed query, if the API says it. */
	code?: string | undefined;
	rows: ApiUsageRow[];
	/** The cursor of the next part, if there is one. */
	after?: string | undefined;
}

/** Requests the part after a cursor, or the first. */
type Ask = (after?: string) => Promise<UsagePart>;

/** A usage query that was sent. */
export interface SentUsageQuery {
	/** How to ask for its rows: one for each job that it was split into. */
	results: Ask[];
	/** What its rows are summed by. @default the whole interval */
	granularity?: ApiUsageQuery["granularity"];
}

/** A query that was sent with OAuthApi. */
export function oauthQuery(api: GenesysCloudApi, clientId: string, asked: UsageExecutionResult): SentUsageQuery {
	const ask: Ask = async (after) => {
		const result = await api.getOauthClientUsageQueryResult(asked.executionId, clientId, after ? { after } : {});
		const { queryStatus: status, results: rows = [], cursors } = result;
		// The vendor documents no way to send a cursor back: one that leads to nothing is the end.
		return { status, rows, after: rows.length === 0 ? undefined : cursors?.after };
	};
	return { results: [ask] };
}

/**
 * Sends a query as usage jobs: one for each 90 days.
 *
 * @param start starts a job
 * @param get requests a page of a job's rows
 * @param known what the API leaves out of every row
 */
export async function startJobs(
	query: ApiUsageQuery,
	start: (request: ClientUsageJobRequest) => Promise<UsageJob>,
	get: (jobId: string, page: UsageJobPage) => Promise<UsageJobResult>,
	known: Pick<ApiUsageRow, "clientId"> = {},
): Promise<SentUsageQuery> {
	const results: Ask[] = [];
	for (const request of toJobs(query)) {
		const { id } = await start(request);
		results.push(pagesOf(async (page) => get(id, page), known));
	}
	return { results, ...(query.granularity && { granularity: query.granularity }) };
}

/**
 * Waits for a usage query to complete, and reads all its rows.
 *
 * @param query the query's name, for errors
 * @param timeoutSeconds the maximum wait, checked before every pause
 * @throws GenesysCloudError if the query fails in Genesys Cloud or doesn't complete in time
 */
export async function readUsage(
	{ results, granularity }: SentUsageQuery,
	clock: Clock,
	query: string,
	timeoutSeconds: number,
): Promise<UsageAnswer> {
	const end = clock.now() + timeoutSeconds * 1000;
	const retry = "run again later, or query a shorter period";
	const whenComplete = async (ask: () => Promise<UsagePart>): Promise<UsagePart> => {
		for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
			const part = await ask();
			const { status = "no status", code } = part;
			if (status === "Complete" || status === "Succeeded") return part;
			if (status !== "Running" && status !== "Queued") {
				const said = code === undefined ? status : `${status}, ${code}`;
				throw new GenesysCloudError(`${query} failed in Genesys Cloud (${said}); ${retry}`);
			}
			const left = end - clock.now();
			if (left <= 0) {
				throw new GenesysCloudError(`${query} didn't complete within ${timeoutSeconds} seconds; ${retry}`);
			}
			await clock.sleep(Math.min(pause, left));
		}
	};
	const answers: UsageAnswer[] = [];
	for (const ask of results) answers.push(await readRows(async (after) => whenComplete(async () => ask(after))));
	const rows = answers.flatMap((answer) => answer.rows);
	return {
		rows: results.length > 1 ? mergeRows(rows, granularity) : rows,
		complete: answers.every(({ complete }) => complete),
	};
}

async function readRows(ask: Ask): Promise<UsageAnswer> {
	const rows: ApiUsageRow[] = [];
	const followed = new Set<string | undefined>();
	let after: string | undefined;
	do {
		const part: UsagePart = await ask(after);
		after = part.after || undefined;
		// An API that ignores a cursor sends the same rows and the same cursor again.
		if (followed.has(after)) break;
		rows.push(...part.rows);
		followed.add(after);
	} while (after !== undefined && followed.size < mostParts);
	return { rows, complete: after === undefined };
}

/** A time of an interval, in milliseconds; NaN if it is invalid. A time without a zone is UTC, like a date. */
const instantOf = (text = "") => Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);

/** A time in the format of a job. */
const stamp = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 19);

/**
 * Splits an interval that excludes its end into those of jobs: at most 90 days each, including the end. An invalid interval is passed on
 * unchanged, so that the API says what is wrong with it.
 */
export function jobIntervals(interval: string): string[] {
	const [from, to, ...more] = interval.split("/").map(instantOf);
	if (from === undefined || to === undefined || more.length > 0 || !(from < to)) return [interval];
	const intervals: string[] = [];
	for (let start = from; start < to; start += longestInterval) {
		const end = Math.min(start + longestInterval, to);
		intervals.push(`${stamp(start)}/${stamp(Math.max(start, end - 1000))}`);
	}
	return intervals;
}

/** The jobs of a query: one for each 90 days. */
export function toJobs({ interval, groupBy = [], ...query }: ApiUsageQuery): ClientUsageJobRequest[] {
	// A job has only one client.
	const dimensions = groupBy.filter((name) => name !== "OAuthClientId");
	return jobIntervals(interval).map((part) => Object.assign({ interval: part, groupBy: dimensions }, query));
}

function pagesOf(get: (page: UsageJobPage) => Promise<UsageJobResult>, known: Partial<ApiUsageRow>): Ask {
	let pageSize = pageSizes.most;
	const page = async (after?: string) => get({ pageSize, ...(after && { after }) });
	return async (after) => {
		const result = await page(after).catch(async (error: unknown) => {
			const tooBig = isApiError(error) && error.code === "max.response.size.reached";
			if (!tooBig || pageSize === pageSizes.fallback) throw error;
			pageSize = pageSizes.fallback;
			return page(after);
		});
		const { queryStatus: status, errorBody, entities = [], nextUri } = result;
		const cursor = nextUri && new URL(nextUri, "https://unused").searchParams.get("after");
		const rows = entities.map((row) => Object.assign(toRow(row), known));
		return { status, code: codeOf(errorBody), rows, after: cursor || undefined };
	};
}

const codeOf = (errorBody: UsageJobResult["errorBody"]) =>
	/^[a-z0-9._]{1,60}$/i.test(errorBody?.code ?? "") ? errorBody?.code : undefined;

/** A job's row with the names of OAuthApi's rows. */
function toRow({ date, requestCount, oauthClient, ...row }: PublicApiUsageRow): ApiUsageRow {
	return {
		...row,
		...(oauthClient?.id === undefined ? {} : { clientId: oauthClient.id }),
		...(oauthClient?.name === undefined ? {} : { clientName: oauthClient.name }),
		...(requestCount === undefined ? {} : { requests: requestCount }),
		// OAuthApi's rows have the start of the day.
		...(date === undefined ? {} : { date: /^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T00:00:00.000Z` : date }),
	};
}

/** Adds up rows that are split between jobs: those of a week, of a month, or of the whole interval. */
export function mergeRows(rows: readonly ApiUsageRow[], granularity: ApiUsageQuery["granularity"]): ApiUsageRow[] {
	const merged = new Map<string, ApiUsageRow>();
	for (const row of rows) {
		const date = granularity === undefined ? "" : row.date;
		const key = JSON.stringify([date, row.organizationId, row.clientId, row.httpMethod, row.templateUri]);
		const before = merged.get(key);
		if (before === undefined) merged.set(key, { ...row });
		else for (const name of usageCounts) if (row[name] !== undefined) before[name] = (before[name] ?? 0) + row[name];
	}
	return [...merged.values()];
}

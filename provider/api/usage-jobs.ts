import { isApiError } from "./errors";
import type { ApiUsageQuery, ApiUsageRow } from "./models";
import type { ClientUsageJobRequest, PublicApiUsageRow, UsageJob, UsageJobPage, UsageJobResult } from "./usage-api";
import { readRows, type UsageAnswer, type UsageWait } from "./usage-rows";

const dayMilliseconds = 86_400_000;
/** The vendor's maximum interval of a job. */
const longestInterval = 90 * dayMilliseconds;
/** The vendor's maximum, and its default, for rows that are too big for the maximum. */
const pageSizes = { most: 1000, fallback: 100 };

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

/** Reads the rows of started jobs, one after the other. */
export async function readJobs(
	jobs: readonly UsageJob[],
	get: (jobId: string, page: UsageJobPage) => Promise<UsageJobResult>,
	wait: UsageWait,
): Promise<UsageAnswer> {
	const answers: UsageAnswer[] = [];
	for (const { id } of jobs) answers.push(await readRows(pagesOf(id, get), wait));
	return { rows: answers.flatMap(({ rows }) => rows), complete: answers.every(({ complete }) => complete) };
}

function pagesOf(jobId: string, get: (jobId: string, page: UsageJobPage) => Promise<UsageJobResult>) {
	let pageSize = pageSizes.most;
	return async (after?: string) => {
		const page = async () => get(jobId, { pageSize, ...(after === undefined ? {} : { after }) });
		let result: UsageJobResult;
		try {
			result = await page();
		} catch (error) {
			const tooBig = isApiError(error) && error.code === "max.response.size.reached";
			if (!tooBig || pageSize === pageSizes.fallback) throw error;
			pageSize = pageSizes.fallback;
			result = await page();
		}
		const { queryStatus: status, errorBody, entities = [], nextUri } = result;
		const cursor = nextUri && new URL(nextUri, "https://unused").searchParams.get("after");
		return { status, code: codeOf(errorBody), rows: entities.map(toRow), after: cursor || undefined };
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

const counts = ["requests", "status200", "status300", "status400", "status500", "status429"] as const;

/** Adds up rows that are split between jobs: those of a week, of a month, or of the whole interval. */
export function mergeRows(rows: readonly ApiUsageRow[], { granularity }: ApiUsageQuery): ApiUsageRow[] {
	const merged = new Map<string, ApiUsageRow>();
	for (const row of rows) {
		const date = granularity === undefined ? "" : row.date;
		const key = JSON.stringify([date, row.organizationId, row.clientId, row.httpMethod, row.templateUri]);
		const before = merged.get(key);
		if (before === undefined) merged.set(key, { ...row });
		else for (const name of counts) if (row[name] !== undefined) before[name] = (before[name] ?? 0) + row[name];
	}
	return [...merged.values()];
}

import type { Clock } from "../../api/clock";
import { ConfigurationError } from "../../api/errors";
import type { GenesysCloudApi } from "../../api/genesys-cloud-api";
import type { ApiUsageQuery, ApiUsageRow, UsageGranularity, UsageGroupBy, UsageMetric } from "../../api/models";
import { usageCounts } from "../../api/usage-query";
import { type UsageQuestion, usageOfClient } from "../../api/usage-source";
import { lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";
import type { Connect } from "./connect";

/** Which client's usage to look up, and the timeout. */
interface UsageArgs {
	/** Id of the client. */
	clientId: string;
	/**
	 * The maximum time to wait for the query, in seconds; at least 1.
	 *
	 * @default 120
	 */
	timeoutSeconds?: number;
}

/** A number of past days: rows for each UTC day, operation and method. */
export interface UsageOfDays extends UsageArgs {
	/**
	 * The number of past UTC days, excluding today; at least 1. Genesys Cloud documents no maximum.
	 *
	 * @default 7
	 */
	days?: number;
	interval?: undefined;
	granularity?: undefined;
	metrics?: undefined;
	groupBy?: undefined;
}

/** An interval with chosen sums and groups. */
export interface UsageOfInterval<Metric extends UsageMetric> extends UsageArgs {
	/** The period: `start/end`, ISO 8601, months, dates or date-times, UTC, such as `2026-01-01/2026-02-01` or `2026-01/2026-02`. */
	interval: string;
	/** The period that counts are summed by: `Day`, `Week` or `Month`. @default Genesys Cloud's default, which isn't documented */
	granularity?: UsageGranularity;
	/** What is counted. `Status429` is included in `Status400`. @default all metrics */
	metrics?: Metric[];
	/** What the counts are grouped by. @default Genesys Cloud's default, which isn't documented */
	groupBy?: UsageGroupBy[];
	days?: undefined;
}

/** What to look up: the last `days`, or an `interval`. */
export type GetOAuthClientUsageArgs<Metric extends UsageMetric = UsageMetric> = UsageOfDays | UsageOfInterval<Metric>;

/** The sum of all rows for each requested metric. `status429` is included in `status400`. */
export type UsageTotals<Metric extends UsageMetric = UsageMetric> = {
	[Name in keyof Pick<ApiUsageRow, Uncapitalize<Metric>>]-?: number;
};

/** A client's usage of the API. */
export interface GetOAuthClientUsageResult<Metric extends UsageMetric = UsageMetric> {
	/** Id of the client. */
	clientId: string;
	/** The rows, in the API's order. A row has the fields it is grouped by and the requested metrics. */
	rows: ApiUsageRow[];
	/** The sum of all rows for each metric. */
	totals: UsageTotals<Metric>;
	/**
	 * Whether these are all rows. False if Genesys Cloud announced more rows but didn't return them: the totals are then a lower bound.
	 */
	complete: boolean;
}

const labels = [
	"clientId",
	"clientName",
	"organizationId",
	"userId",
	"templateUri",
	"httpMethod",
	"date",
] as const satisfies (keyof ApiUsageRow)[];

type UsageCount = Uncapitalize<UsageMetric>;

const defaultDays = 7;

const defaultTimeoutSeconds = 120;

/** Looks up usage with an API. */
export async function findUsage<Metric extends UsageMetric>(
	connect: Connect<GenesysCloudApi>,
	args: GetOAuthClientUsageArgs<Metric>,
	clock: Clock,
): Promise<GetOAuthClientUsageResult<Metric>> {
	const { clientId, timeoutSeconds = defaultTimeoutSeconds } = args;
	return lookUp(`looking up the usage of OAuth client ${clientId}`, async () => {
		if (!(timeoutSeconds >= 1)) {
			throw new ConfigurationError(`timeoutSeconds is ${timeoutSeconds}: use at least 1 second`);
		}
		const question = toQuestion(args);
		const answer = await usageOfClient(await connect(), clock, clientId, question, timeoutSeconds);
		const counts = countsFor(args.metrics);
		// The API may return a count of 0 for a metric that wasn't requested.
		const rows = answer.rows.map((row) => pick(row, [...labels, ...counts]));
		return { clientId, rows, totals: totalsOf<Metric>(rows, counts), complete: answer.complete };
	});
}

function toQuestion(args: GetOAuthClientUsageArgs): UsageQuestion {
	const { days, interval, granularity, metrics, groupBy } = args;
	if (interval === undefined) {
		if (granularity !== undefined || metrics !== undefined || groupBy !== undefined) {
			throw new ConfigurationError("granularity, metrics and groupBy need interval instead of days");
		}
		const count = days ?? defaultDays;
		if (!(Number.isInteger(count) && count >= 1)) {
			throw new ConfigurationError(`days is ${String(days)}: use a whole number of at least 1`);
		}
		return { days: count };
	}
	if (days !== undefined) throw new ConfigurationError("set days or interval, not both");
	const query: ApiUsageQuery = { interval };
	return { ...query, ...pick({ granularity, metrics, groupBy }, ["granularity", "metrics", "groupBy"]) };
}

function totalsOf<Metric extends UsageMetric>(
	rows: readonly ApiUsageRow[],
	counts: readonly UsageCount[],
): UsageTotals<Metric> {
	const totals = counts.map((name) => [name, rows.reduce((sum, row) => sum + (row[name] ?? 0), 0)]);
	return Object.fromEntries(totals) as UsageTotals<Metric>;
}

/** The counts of some metrics. Without metrics the API returns all of them. */
const countsFor = (metrics: readonly UsageMetric[] = []): readonly UsageCount[] =>
	metrics.length === 0 ? usageCounts : metrics.map(countOf);

const countOf = (metric: UsageMetric) => `${metric.charAt(0).toLowerCase()}${metric.slice(1)}` as UsageCount;

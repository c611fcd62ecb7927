import * as pulumi from "@pulumi/pulumi";
import { type Clock, systemClock } from "../api/clock";
import type { GenesysCloudApi } from "../api/create";
import { ConfigurationError } from "../api/errors";
import type { ApiUsageQuery, ApiUsageRow, UsageGranularity, UsageGroupBy, UsageMetric } from "../api/models";
import { usageOfClient, type UsageQuestion } from "../api/usage-source";
import { lookupApi } from "./connection";
import { lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";

/** Which client, and how long its usage may take. */
interface UsageArgs {
	/** Id of the client. */
	clientId: string;
	/**
	 * Most seconds to wait for the query's end, from 1.
	 *
	 * @default 120
	 */
	timeoutSeconds?: number;
}

/** The last so many days: rows for each UTC day, operation and method. */
interface UsageOfDays extends UsageArgs {
	/**
	 * Whole UTC days back from today, which doesn't count: a whole number from 1. The vendor documents no maximum.
	 *
	 * @default 7
	 */
	days?: number;
	interval?: undefined;
	granularity?: undefined;
	metrics?: undefined;
	groupBy?: undefined;
}

/** An interval, summed and split as asked. */
interface UsageOfInterval<Metric extends UsageMetric> extends UsageArgs {
	/** The time asked about: `start/end`, ISO 8601, dates or date-times, UTC, such as `2026-01-01/2026-02-01`. */
	interval: string;
	/** How the counts are summed over time: `Day`, `Week` or `Month`. @default Genesys Cloud's own, which isn't documented */
	granularity?: UsageGranularity;
	/** What is counted. `Status429` is a part of `Status400`. @default all metrics */
	metrics?: Metric[];
	/** What the counts are split by. @default Genesys Cloud's own, which isn't documented */
	groupBy?: UsageGroupBy[];
	days?: undefined;
}

/** What to look up: the last `days`, or an `interval`. */
export type GetOAuthClientUsageArgs<Metric extends UsageMetric = UsageMetric> = UsageOfDays | UsageOfInterval<Metric>;

type Inputs<T> = { [Name in keyof T]: pulumi.Input<T[Name]> };

/** {@link GetOAuthClientUsageArgs}, each of which may be an output. */
export type GetOAuthClientUsageOutputArgs<Metric extends UsageMetric = UsageMetric> =
	| Inputs<UsageOfDays>
	| Inputs<UsageOfInterval<Metric>>;

/** The sum of all rows for each metric that was asked for. `status429` is a part of `status400`. */
export type UsageTotals<Metric extends UsageMetric = UsageMetric> = { [Name in Uncapitalize<Metric>]: number };

/** How much a client used the API. */
export interface GetOAuthClientUsageResult<Metric extends UsageMetric = UsageMetric> {
	/** Id of the client. */
	clientId: string;
	/** The rows, in the API's order. A row has the fields that it was split by, and the metrics asked for. */
	rows: ApiUsageRow[];
	/** The sum of all rows for each metric. */
	totals: UsageTotals<Metric>;
	/**
	 * Whether these are surely all rows. False when Genesys Cloud said that there are more, but gave no way to get them: the totals are
	 * then the least that was used.
	 */
	complete: boolean;
}

/** Every metric, and its field in a row. */
const metricFields = {
	Status200: "status200",
	Status300: "status300",
	Status400: "status400",
	Status500: "status500",
	Status429: "status429",
	Requests: "requests",
} as const satisfies { [Metric in UsageMetric]: Uncapitalize<Metric> };

const rowFields = [
	"clientId",
	"clientName",
	"organizationId",
	"userId",
	"templateUri",
	"httpMethod",
	"date",
	...Object.values(metricFields),
] as const satisfies (keyof ApiUsageRow)[];

const defaultDays = 7;
const defaultTimeoutSeconds = 120;

/**
 * Looks up how much a client used the API: by UTC day, without today and without Genesys Cloud's own applications. Asks, then polls
 * until the answer is there (after 1 second, then less and less often, at last every 10). Runs in previews too. Permission:
 * oauth:client:view or usage:client:view; usage:client:view where Genesys Cloud has usage jobs only.
 *
 * ```ts
 * const { totals } = await getOAuthClientUsage({ clientId, days: 30 });
 * ```
 *
 * @throws LookupError when the query fails or takes too long, or when the API fails (`cause`)
 */
export async function getOAuthClientUsage<Metric extends UsageMetric = UsageMetric>(
	args: GetOAuthClientUsageArgs<Metric>,
): Promise<GetOAuthClientUsageResult<Metric>> {
	return findUsage(lookupApi, args, systemClock);
}

/** {@link getOAuthClientUsage} for arguments that may be outputs. Unknown in a preview in which they are. */
export function getOAuthClientUsageOutput<Metric extends UsageMetric = UsageMetric>(
	args: GetOAuthClientUsageOutputArgs<Metric>,
): pulumi.Output<GetOAuthClientUsageResult<Metric>> {
	const known = pulumi.output(args as pulumi.Input<GetOAuthClientUsageArgs<Metric>>) as pulumi.Output<
		GetOAuthClientUsageArgs<Metric>
	>;
	return known.apply(getOAuthClientUsage);
}

/** Looks usage up through an API. */
export async function findUsage<Metric extends UsageMetric>(
	connect: () => GenesysCloudApi,
	args: GetOAuthClientUsageArgs<Metric>,
	clock: Clock,
): Promise<GetOAuthClientUsageResult<Metric>> {
	const { clientId, timeoutSeconds = defaultTimeoutSeconds } = args;
	return lookUp(`looking up the usage of OAuth client ${clientId}`, async () => {
		if (!(timeoutSeconds >= 1)) {
			throw new ConfigurationError(`timeoutSeconds is ${timeoutSeconds}: use a number of seconds from 1`);
		}
		const question = toQuestion(args);
		const answer = await usageOfClient(connect(), clock, clientId, question, timeoutSeconds);
		const rows = answer.rows.map((row) => pick(row, rowFields));
		return { clientId, rows, totals: totalsOf(rows, args.metrics), complete: answer.complete };
	});
}

function toQuestion(args: GetOAuthClientUsageArgs): UsageQuestion {
	const { days, interval, granularity, metrics, groupBy } = args;
	if (interval === undefined) {
		if (granularity !== undefined || metrics !== undefined || groupBy !== undefined) {
			throw new ConfigurationError("granularity, metrics and groupBy are for an interval: give one in place of days");
		}
		const count = days ?? defaultDays;
		if (!(Number.isInteger(count) && count >= 1)) {
			throw new ConfigurationError(`days is ${String(days)}: use a whole number of days from 1`);
		}
		return { days: count };
	}
	if (days !== undefined) throw new ConfigurationError("give days or interval, not both");
	const query: ApiUsageQuery = { interval };
	return { ...query, ...pick({ granularity, metrics, groupBy }, ["granularity", "metrics", "groupBy"]) };
}

function totalsOf<Metric extends UsageMetric>(
	rows: readonly ApiUsageRow[],
	metrics: readonly Metric[] = [],
): UsageTotals<Metric> {
	// The API takes no metrics as all of them.
	const wanted = metrics.length === 0 ? (Object.keys(metricFields) as UsageMetric[]) : metrics;
	const totals = wanted.map((metric) => {
		const field = metricFields[metric];
		return [field, rows.reduce((sum, row) => sum + (row[field] ?? 0), 0)];
	});
	return Object.fromEntries(totals) as UsageTotals<Metric>;
}

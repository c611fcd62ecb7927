import * as v from "valibot";
import { ApiRefusal } from "../http/api-refusal";
import { toInvalidValue } from "../http/invalid-value";
import type { OrganizationStore } from "../organization/organization-store";
import { DIMENSIONS, GRANULARITIES, type METRIC_FIELDS, toDayStart } from "./usage-report";
import type { UsageQuery } from "./usage-report";

const DAY_MS = 86_400_000;

const METRICS = ["Status200", "Status300", "Status400", "Status500", "Status429", "Requests"] as const;
const ALL_METRICS = METRICS satisfies readonly (keyof typeof METRIC_FIELDS)[];
const metrics = v.picklist(METRICS, METRICS.join(", "));
const dimensions = v.picklist(DIMENSIONS, DIMENSIONS.join(", "));
const querySchema = v.strictObject({
	interval: v.nullish(v.string("an ISO-8601 interval")),
	granularity: v.nullish(v.picklist(GRANULARITIES, GRANULARITIES.join(", "))),
	metrics: v.nullish(v.array(metrics, "a list")),
	groupBy: v.nullish(v.array(dimensions, "a list")),
});

/** The query of a summary: the days before today, by day, grouped by everything. */
export function parseSummary(
	days: string | undefined,
	clientId: string,
	{ clock, assumed }: OrganizationStore,
): UsageQuery {
	const text = days ?? "7";
	const count = Number(text);
	const maximum = assumed.maximumUsageDays();
	if (!/^\d+$/.test(text) || count < 1 || count > maximum)
		throw new ApiRefusal("invalid.query.param.value", {
			params: { value: text, parameter: "days", allowed: `whole numbers from 1 to ${maximum}` },
		});
	const today = toDayStart(clock.now());
	return {
		clientId,
		start: today - count * DAY_MS,
		end: today,
		granularity: "Day",
		metrics: ALL_METRICS,
		groupBy: DIMENSIONS,
	};
}

/** The query in the body of a POST (the vendor's ApiUsageClientQuery). */
export function parseQuery(
	body: Record<string, unknown>,
	clientId: string,
	{ assumed }: OrganizationStore,
): UsageQuery {
	const parsed = v.safeParse(querySchema, body);
	if (!parsed.success) throw toRefusal(parsed.issues[0]);
	const { interval, granularity, metrics: wanted, groupBy } = parsed.output;
	if (interval === undefined || interval === null)
		throw new ApiRefusal("constraint.validation", { params: { reason: "interval may not be null" } });
	const [start, end] = parseInterval(interval);
	return {
		clientId,
		start,
		end: assumed.endOfUsage(end),
		granularity: granularity ?? undefined,
		metrics: wanted === undefined || wanted === null || wanted.length === 0 ? ALL_METRICS : wanted,
		groupBy: groupBy ?? [],
	};
}

function parseInterval(interval: string): [start: number, end: number] {
	const [start, end, ...more] = interval.split("/").map(toInstant);
	if (start === undefined || end === undefined || more.length > 0 || start >= end)
		throw new ApiRefusal("invalid.date", { params: { value: interval } });
	return [start, end];
}

function toInstant(text: string): number | undefined {
	const match = /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(?<zone>Z|[+-]\d{2}:\d{2})?)?)?$/.exec(text);
	if (match === null) return undefined;
	// Date.parse reads a time without a zone as local time, but a date alone as UTC.
	const needsZone = text.includes("T") && match.groups?.["zone"] === undefined;
	const instant = Date.parse(needsZone ? `${text}Z` : text);
	return Number.isNaN(instant) ? undefined : instant;
}

function toRefusal(issue: v.InferIssue<typeof querySchema>): ApiRefusal {
	if (issue.type === "strict_object")
		return new ApiRefusal("invalid.property", {
			params: { value: v.getDotPath(issue) ?? "", object: "ApiUsageClientQuery" },
		});
	return toInvalidValue(issue, "ApiUsageClientQuery");
}

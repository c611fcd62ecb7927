import * as v from "valibot";
import { ApiRefusal } from "../http/api-refusal";
import { toInvalidValue } from "../http/invalid-value";
import type { UsageJobQuestion } from "./usage-job-report";
import { GRANULARITIES, METRIC_FIELDS, toDayStart } from "./usage-report";

const DAY_MS = 86_400_000;
/** The vendor's limits: an interval ends at most 90 days after its start, which is at most a year ago. */
const LONGEST_DAYS = 90;
const OLDEST_DAYS = 365;

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;
const METRICS = Object.keys(METRIC_FIELDS) as (keyof typeof METRIC_FIELDS)[];
const SORT_FIELDS = [
	"date",
	"templateUri",
	"httpMethod",
	"requestCount",
	"status200",
	"status300",
	"status400",
	"status429",
	"status500",
] as const;

const oneOf = <const T extends string>(values: readonly T[]) => v.picklist(values, values.join(", "));
const listOf = <T>(item: v.GenericSchema<unknown, T>) => v.nullish(v.array(item, "a list"));
const texts = listOf(v.string("a text"));

const shared = {
	interval: v.nullish(v.string("an ISO-8601 interval")),
	granularity: v.nullish(oneOf(GRANULARITIES)),
	sortBy: listOf(
		v.strictObject({ fieldName: oneOf(SORT_FIELDS), order: v.exactOptional(oneOf(["Asc", "Desc"])) }, "an object"),
	),
	metrics: listOf(oneOf(METRICS)),
	templateUris: texts,
	httpMethods: listOf(oneOf(METHODS)),
	platforms: texts,
};

const COMMON_DIMENSIONS = ["HttpMethod", "TemplateUri", "Platform"] as const;
const clientSchema = v.strictObject({
	...shared,
	groupBy: listOf(oneOf(["OrganizationId", ...COMMON_DIMENSIONS])),
	organizationIds: texts,
});
const organizationSchema = v.strictObject({
	...shared,
	groupBy: listOf(oneOf(["OauthClientName", "OauthClientId", "UserId", ...COMMON_DIMENSIONS])),
	userIds: texts,
	oauthClientIds: texts,
});

/** The query of a job for one client (the vendor's ClientPublicApiUsageQueryRequest). */
export function parseClientJob(body: Record<string, unknown>, clientId: string, now: number): UsageJobQuestion {
	const { organizationIds, ...parsed } = parse(clientSchema, body, "ClientPublicApiUsageQueryRequest");
	return { ...toQuestion(parsed, now), clientIds: [clientId], organizationIds: filled(organizationIds) };
}

/** The query of a job for the organization (the vendor's OrganizationPublicApiUsageQueryRequest). */
export function parseOrganizationJob(body: Record<string, unknown>, now: number): UsageJobQuestion {
	const { oauthClientIds, userIds, ...parsed } = parse(
		organizationSchema,
		body,
		"OrganizationPublicApiUsageQueryRequest",
	);
	return { ...toQuestion(parsed, now), clientIds: filled(oauthClientIds), userIds: filled(userIds) };
}

type Parsed = Omit<v.InferOutput<typeof clientSchema>, "organizationIds" | "groupBy"> & {
	groupBy?: UsageJobQuestion["groupBy"] | null | undefined;
};

function toQuestion({ interval, granularity, ...parsed }: Parsed, now: number) {
	if (interval === undefined || interval === null) throw invalid("interval may not be null");
	const [start, end] = parseInterval(interval, now);
	return {
		start,
		end,
		granularity: granularity ?? undefined,
		metrics: filled(parsed.metrics) ?? METRICS,
		groupBy: parsed.groupBy ?? [],
		sortBy: parsed.sortBy ?? [],
		templateUris: filled(parsed.templateUris),
		httpMethods: filled(parsed.httpMethods),
		platforms: filled(parsed.platforms),
	};
}

/** The interval includes both ends; returns its start and the first moment after its end. */
function parseInterval(interval: string, now: number): [start: number, end: number] {
	const [start, last, ...more] = interval.split("/").map(toInstant);
	if (start === undefined || last === undefined || more.length > 0 || start > last)
		throw new ApiRefusal("invalid.date", { params: { value: interval } });
	if (last > start + LONGEST_DAYS * DAY_MS) throw invalid(`interval may not be longer than ${LONGEST_DAYS} days`);
	if (start < toDayStart(now) - OLDEST_DAYS * DAY_MS) throw invalid("interval may not begin more than a year ago");
	return [start, last + 1];
}

/** The vendor's form is `YYYY-MM-DDThh:mm:ss`, which is UTC. */
function toInstant(text: string): number | undefined {
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z?$/.test(text)) return undefined;
	const instant = Date.parse(text.endsWith("Z") ? text : `${text}Z`);
	return Number.isNaN(instant) ? undefined : instant;
}

/** Treats an empty list as none. */
function filled<T>(list: T[] | null | undefined): T[] | undefined {
	return list === null || list === undefined || list.length === 0 ? undefined : list;
}

function invalid(reason: string): ApiRefusal {
	return new ApiRefusal("constraint.validation", { params: { reason } });
}

function parse<T>(schema: v.GenericSchema<unknown, T>, body: Record<string, unknown>, object: string): T {
	const parsed = v.safeParse(schema, body);
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	if (issue.type === "strict_object" && issue.expected === "never")
		throw new ApiRefusal("invalid.property", { params: { value: v.getDotPath(issue) ?? "", object } });
	throw toInvalidValue(issue, object);
}

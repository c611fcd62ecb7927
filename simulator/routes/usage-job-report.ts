import type { StoredUsage } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";
import { type GRANULARITIES, METRIC_FIELDS, toPeriodStart, usedDays } from "./usage-report";

/** What a job can group by: the first only for a client's job, the next three only for the organization's. */
type UsageJobDimension =
	| "OrganizationId"
	| "OauthClientName"
	| "OauthClientId"
	| "UserId"
	| "HttpMethod"
	| "TemplateUri"
	| "Platform";

/** The query of a job. A filter that is undefined lets everything through. */
export interface UsageJobQuestion {
	/** Its start, in milliseconds since 1970-01-01T00:00:00Z; the whole UTC day counts. */
	start: number;
	/** The first moment after its end; a day that begins then doesn't count. */
	end: number;
	granularity: (typeof GRANULARITIES)[number] | undefined;
	metrics: readonly (keyof typeof METRIC_FIELDS)[];
	groupBy: readonly UsageJobDimension[];
	sortBy: readonly { fieldName: string; order?: "Asc" | "Desc" }[];
	templateUris: readonly string[] | undefined;
	httpMethods: readonly string[] | undefined;
	platforms: readonly string[] | undefined;
	clientIds: readonly string[] | undefined;
	organizationIds?: readonly string[] | undefined;
	userIds?: readonly string[] | undefined;
}

type Row = Record<string, unknown>;

/** The platform of all calls. */
const PLATFORM = "PublicApi";

const allows = (filter: readonly string[] | undefined, value: string) => filter === undefined || filter.includes(value);

/** The rows of a job, ordered by date, path and method unless it says otherwise. */
export function reportUsageJob(question: UsageJobQuestion, store: OrganizationStore): Row[] {
	const rows = new Map<string, Row>();
	for (const usage of usedDays(question, store)) {
		if (!isAskedFor(usage, question, store)) continue;
		const labels = toLabels(usage, question, store);
		const key = JSON.stringify(labels);
		const row = rows.get(key) ?? labels;
		for (const metric of question.metrics) {
			const counted = METRIC_FIELDS[metric];
			const field = counted === "requests" ? "requestCount" : counted;
			row[field] = Number(row[field] ?? 0) + usage[counted];
		}
		rows.set(key, row);
	}
	return [...rows.values()].toSorted((one, other) => compare(one, other, question.sortBy));
}

function isAskedFor(usage: StoredUsage, question: UsageJobQuestion, store: OrganizationStore): boolean {
	return (
		allows(question.clientIds, usage.clientId) &&
		allows(question.templateUris, usage.templateUri) &&
		allows(question.httpMethods, usage.httpMethod) &&
		allows(question.platforms, PLATFORM) &&
		allows(question.organizationIds, store.state.organization.id) &&
		// The simulator has no calls of users.
		question.userIds === undefined
	);
}

function toLabels(usage: StoredUsage, { groupBy, ...question }: UsageJobQuestion, store: OrganizationStore): Row {
	const { clientId, templateUri, httpMethod } = usage;
	const has = (dimension: UsageJobDimension) => groupBy.includes(dimension);
	const name = store.state.clients.get(clientId)?.name;
	const client = {
		...(has("OauthClientId") ? { id: clientId, selfUri: `/api/v2/oauth/clients/${clientId}` } : {}),
		...(has("OauthClientName") && name !== undefined ? { name } : {}),
	};
	return {
		date: new Date(toPeriodStart(Date.parse(usage.date), question)).toISOString().slice(0, 10),
		...(has("OrganizationId") ? { organizationId: store.state.organization.id } : {}),
		...(has("TemplateUri") ? { templateUri } : {}),
		...(has("HttpMethod") ? { httpMethod } : {}),
		...(has("Platform") ? { platform: PLATFORM } : {}),
		...(Object.keys(client).length > 0 ? { oauthClient: client } : {}),
	};
}

function compare(one: Row, other: Row, sortBy: UsageJobQuestion["sortBy"]): number {
	for (const { fieldName, order } of sortBy) {
		const [a, b] = [one[fieldName] ?? "", other[fieldName] ?? ""] as (string | number)[];
		if (a === undefined || b === undefined || a === b) continue;
		return (a < b ? -1 : 1) * (order === "Desc" ? -1 : 1);
	}
	return 0;
}

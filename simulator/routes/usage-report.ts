import type { StoredUsage } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";

/** The period that one row covers. */
export const GRANULARITIES = ["Day", "Week", "Month"] as const;

/** The metrics, and their fields in a row (the vendor's ApiUsageRow). */
export const METRIC_FIELDS = {
	Status200: "status200",
	Status300: "status300",
	Status400: "status400",
	Status500: "status500",
	Status429: "status429",
	Requests: "requests",
} as const satisfies Record<string, keyof StoredUsage>;

/** The dimensions that usage can be grouped by. */
export const DIMENSIONS = ["OAuthClientId", "OrganizationId", "TemplateUri", "HttpMethod"] as const;

/** A query of one client's usage. */
export interface UsageQuery {
	/** The client. */
	clientId: string;
	/** The start, in milliseconds since 1970-01-01T00:00:00Z; its whole UTC day counts. */
	start: number;
	/** The end, which is excluded. */
	end: number;
	/** The period of one row; undefined means the whole interval. */
	granularity?: (typeof GRANULARITIES)[number] | undefined;
	/** The metrics. */
	metrics: readonly (keyof typeof METRIC_FIELDS)[];
	/** The dimensions to group by. */
	groupBy: readonly (typeof DIMENSIONS)[number][];
}

const DAY_MS = 86_400_000;

/** The start of a time's UTC day. */
export function toDayStart(ms: number): number {
	return Math.floor(ms / DAY_MS) * DAY_MS;
}

/** The rows of a query, ordered by date, path and method. Days are UTC days, without the current one, as with the vendor. */
export function reportUsage(query: UsageQuery, store: OrganizationStore): Record<string, unknown>[] {
	const counted = usedDays(query, store).filter((usage) => usage.clientId === query.clientId);
	const rows = new Map<string, Record<string, unknown>>();
	for (const usage of counted) {
		const labels = toLabels(usage, query, store);
		const key = JSON.stringify(labels);
		const row = rows.get(key) ?? labels;
		for (const metric of query.metrics) {
			const field = METRIC_FIELDS[metric];
			row[field] = Number(row[field] ?? 0) + usage[field];
		}
		rows.set(key, row);
	}
	return [...rows.values()].map((row) => store.assumed.usageRowShown(row));
}

/** The usage between two moments, ordered by date, path and method; without the current day. */
export function usedDays({ start, end }: Pick<UsageQuery, "start" | "end">, store: OrganizationStore): StoredUsage[] {
	const firstWithout = toDayStart(store.clock.now()) - store.assumed.daysWithoutUsage() * DAY_MS;
	const first = toDayStart(start);
	return [...store.state.usage.values()]
		.filter(({ date }) => {
			const day = Date.parse(date);
			return day >= first && day < end && day < firstWithout;
		})
		.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

function toLabels(usage: StoredUsage, query: UsageQuery, store: OrganizationStore): Record<string, unknown> {
	const { groupBy } = query;
	const { clientId, templateUri, httpMethod } = usage;
	const clientName = store.state.clients.get(clientId)?.name;
	return {
		...(groupBy.includes("OAuthClientId") ? { clientId, clientName } : {}),
		...(groupBy.includes("OrganizationId") ? { organizationId: store.state.organization.id } : {}),
		...(groupBy.includes("TemplateUri") ? { templateUri } : {}),
		...(groupBy.includes("HttpMethod") ? { httpMethod } : {}),
		date: new Date(toPeriodStart(Date.parse(usage.date), query)).toISOString(),
	};
}

/** The first day of the row that a day is counted in. */
export function toPeriodStart(day: number, { granularity, start }: Pick<UsageQuery, "granularity" | "start">): number {
	const date = new Date(day);
	switch (granularity) {
		case undefined:
			return toDayStart(start);
		case "Day":
			return day;
		case "Week":
			// ISO weeks begin on Monday; getUTCDay counts from Sunday.
			return day - ((date.getUTCDay() + 6) % 7) * DAY_MS;
		case "Month":
			return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
		default:
			return granularity satisfies never;
	}
}

function orderOf(usage: StoredUsage): string {
	return [usage.date, usage.templateUri, usage.httpMethod].join(" ");
}

import type { StoredUsage } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";

/** How long one row of a report covers. */
export const GRANULARITIES = ["Day", "Week", "Month"] as const;

/** What a report can count, and the field of a row it goes into (the vendor's ApiUsageRow). */
export const METRIC_FIELDS = {
	Status200: "status200",
	Status300: "status300",
	Status400: "status400",
	Status500: "status500",
	Status429: "status429",
	Requests: "requests",
} as const satisfies Record<string, keyof StoredUsage>;

/** What a report can be broken down by. */
export const DIMENSIONS = ["OAuthClientId", "OrganizationId", "TemplateUri", "HttpMethod"] as const;

/** What is asked of the usage of one client. */
export interface UsageQuestion {
	/** The client. */
	clientId: string;
	/** The first moment of it, in milliseconds since 1970-01-01T00:00:00Z; its whole UTC day counts. */
	start: number;
	/** The first moment after it; the day it begins doesn't count. */
	end: number;
	/** How long a row covers; undefined is the whole of it. */
	granularity?: (typeof GRANULARITIES)[number] | undefined;
	/** What is counted. */
	metrics: readonly (keyof typeof METRIC_FIELDS)[];
	/** What it is broken down by. */
	groupBy: readonly (typeof DIMENSIONS)[number][];
}

const DAY_MS = 86_400_000;

/** The day a moment is in, in UTC, as its first millisecond. */
export function toDayStart(ms: number): number {
	return Math.floor(ms / DAY_MS) * DAY_MS;
}

/** The rows of a report, ordered by date, path and method. Days are UTC days and the current one is left out, as with the vendor. */
export function reportUsage(question: UsageQuestion, store: OrganizationStore): Record<string, unknown>[] {
	const counted = usedDays(question, store).filter((usage) => usage.clientId === question.clientId);
	const rows = new Map<string, Record<string, unknown>>();
	for (const usage of counted) {
		const labels = toLabels(usage, question, store);
		const key = JSON.stringify(labels);
		const row = rows.get(key) ?? labels;
		for (const metric of question.metrics) {
			const field = METRIC_FIELDS[metric];
			row[field] = Number(row[field] ?? 0) + usage[field];
		}
		rows.set(key, row);
	}
	return [...rows.values()];
}

/** What was counted between two moments, ordered by date, path and method; the current day is left out. */
export function usedDays(
	{ start, end }: Pick<UsageQuestion, "start" | "end">,
	store: OrganizationStore,
): StoredUsage[] {
	const today = toDayStart(store.clock.now());
	const first = toDayStart(start);
	return [...store.state.usage.values()]
		.filter(({ date }) => {
			const day = Date.parse(date);
			return day >= first && day < end && day < today;
		})
		.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

function toLabels(usage: StoredUsage, question: UsageQuestion, store: OrganizationStore): Record<string, unknown> {
	const { groupBy } = question;
	const { clientId, templateUri, httpMethod } = usage;
	const clientName = store.state.clients.get(clientId)?.name;
	return {
		...(groupBy.includes("OAuthClientId") ? { clientId, clientName } : {}),
		...(groupBy.includes("OrganizationId") ? { organizationId: store.state.organization.id } : {}),
		...(groupBy.includes("TemplateUri") ? { templateUri } : {}),
		...(groupBy.includes("HttpMethod") ? { httpMethod } : {}),
		date: new Date(periodStart(Date.parse(usage.date), question)).toISOString(),
	};
}

/** The first day of the row that a day is counted in. */
export function periodStart(day: number, { granularity, start }: Pick<UsageQuestion, "granularity" | "start">): number {
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

import type { DayUse, Report } from "../report";

/** The numbers of one chart, one per day. */
interface Chart {
	requests: number[];
	status400: number[];
	status429: number[];
}

/** The data of the page's charts. */
export interface ChartData {
	/** The days, as seconds since 1970. */
	days: number[];
	/** The charts: `organization`, and each client with requests under its index in the report. */
	charts: Record<string, Chart>;
}

/** The name of the chart of all clients together. */
export const organizationChart = "organization";

/** The data for the charts. */
export function chartData({ clients, usageByDay }: Report): ChartData {
	const charts: ChartData["charts"] = usageByDay ? { [organizationChart]: toChart(usageByDay) } : {};
	for (const [index, { usage }] of clients.entries()) {
		if (usage && usage.total.requests > 0) charts[String(index)] = toChart(usage.days);
	}
	return { days: (usageByDay ?? []).map(({ date }) => Date.parse(date) / 1000), charts };
}

const toChart = (days: readonly DayUse[]): Chart => ({
	requests: days.map(({ requests }) => requests),
	status400: days.map(({ status400 }) => status400),
	status429: days.map(({ status429 }) => status429),
});

/** JSON that is safe in a script element: no client's name can end the element or begin a comment. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

import { findingKinds } from "../finding-catalog";
import type { ClientUsage, Counts, DayUse, Finding, Report, ReportedClient } from "../report";

/** The report as the page's script gets it: everything that the page shows, each fact once, so that thousands of clients make a small file. */
export interface PageData extends Pick<Report, "period" | "limits" | "stacks" | "summary"> {
	/** The report's date: ISO 8601. */
	generatedAt: string;
	/** The days of the period; none with `--no-usage`. */
	days: string[];
	/** The usage of all clients together; null with `--no-usage`. */
	usage: DayColumns | null;
	/** Method and path of each operation that a client's usage refers to. */
	operations: string[];
	/** The clients, by name. */
	clients: PageClient[];
	/** The findings, in the report's order. */
	findings: PageFinding[];
}

/** A client. */
export interface PageClient extends Omit<ReportedClient, "usage" | "findings"> {
	/** Its usage; null with `--no-usage`. */
	usage: PageUsage | null;
}

/** A client's usage. */
export interface PageUsage extends Omit<ClientUsage, "days" | "operations"> {
	/** Its usage by day; null without a request. */
	days: DayColumns | null;
	/** Its most frequent operations: index in the list of operations, requests, 4xx. */
	operations: [operation: number, requests: number, status400: number][];
	/** The other operations. */
	others: { operations: number; requests: number };
}

/** A finding. */
export interface PageFinding extends Pick<Finding, "finding" | "severity" | "what"> {
	/** The index of its client. */
	client: number;
	/** When Genesys Cloud acts on its own: ISO 8601; absent if it won't. */
	dueAt?: string;
	/** What to do; absent if it is what the catalogue says. */
	remedy?: string;
}

/** The counts of a period by day, in columns. Absent columns: all zero; for `status200`: what the others leave of `requests`. */
export type DayColumns = Partial<Record<keyof Counts, number[]>>;

/** The page shows only this many operations; the JSON has all. */
const mostOperations = 12;

/** Makes the page's data. */
export function pageData(report: Report): PageData {
	const operations = new Map<string, number>();
	const clients = report.clients.map(({ findings: _findings, usage, ...client }) => ({
		...client,
		usage: usage && packUsage(usage, operations),
	}));
	const indexes = new Map(report.clients.map(({ id }, index) => [id, index]));
	const { generatedAt, period, limits, stacks, summary } = report;
	return {
		generatedAt,
		period,
		limits,
		stacks,
		summary,
		days: (report.usageByDay ?? []).map(({ date }) => date),
		usage: report.usageByDay && packDays(report.usageByDay),
		operations: [...operations.keys()],
		clients,
		findings: report.findings.map(({ finding, severity, clientId, what, dueAt, remedy }) => ({
			finding,
			severity,
			client: indexes.get(clientId) ?? 0,
			what,
			...(dueAt === null ? {} : { dueAt }),
			...(remedy === findingKinds[finding].remedy ? {} : { remedy }),
		})),
	};
}

function packUsage(usage: ClientUsage, known: Map<string, number>): PageUsage {
	const others = usage.operations.slice(mostOperations);
	return {
		...usage,
		days: usage.total.requests > 0 ? packDays(usage.days) : null,
		operations: usage.operations.slice(0, mostOperations).map(({ method, path, requests, status400 }) => {
			const name = `${method} ${path}`.trim();
			const index = known.get(name) ?? known.size;
			known.set(name, index);
			return [index, requests, status400];
		}),
		others: { operations: others.length, requests: others.reduce((sum, { requests }) => sum + requests, 0) },
	};
}

const columnNames = ["requests", "status200", "status300", "status400", "status500", "status429"] as const;

/** What the other columns leave for 2xx. */
const rest = ({ requests, status300, status400, status500 }: Omit<Counts, "status200">) =>
	requests - status300 - status400 - status500;

/** Days as columns. */
export function packDays(days: readonly DayUse[]): DayColumns {
	const isNeeded = (name: keyof Counts) => days.some((day) => day[name] !== (name === "status200" ? rest(day) : 0));
	return Object.fromEntries(columnNames.filter(isNeeded).map((name) => [name, days.map((day) => day[name])]));
}

/** The days that were made columns. */
export function unpackDays(dates: readonly string[], columns: DayColumns): DayUse[] {
	return dates.map((date, index) => {
		const count = (name: keyof Counts) => columns[name]?.[index] ?? 0;
		const counts = {
			requests: count("requests"),
			status300: count("status300"),
			status400: count("status400"),
			status500: count("status500"),
			status429: count("status429"),
		};
		return { date, ...counts, status200: columns.status200?.[index] ?? rest(counts) };
	});
}

/** JSON that is safe in a script element: no client's name can end the element or begin a comment. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

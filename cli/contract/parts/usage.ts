import { fieldsOf } from "../../../provider/api/json";
import { type Answer, isFine } from "../exchange";
import type { Part } from "../part";
import { PartFailure, type Trial } from "../trial";
import { entitiesOf, objectsOf } from "./answer-fields";

const dayMs = 86_400_000;
/** How many days before today are asked for. */
const days = 7;
/** When a running query is asked for its rows. */
const pollSeconds = [0, 1, 3, 7, 15, 30, 60];
/** How many pages of rows are read. */
const mostPages = 5;
/** The fields that each row has. */
const ungrouped = new Set(["date", "requests", "status200", "status300", "status400", "status429", "status500"]);

/** The usage of the login's own client in the last days. It only reads. */
export const usage: Part = {
	name: "usage",
	tries: ["A6", "A83", "A85", "A86", "A87", "A88", "A89", "A90", "A91", "A92"],
	run: async (trial) => {
		const { clientId } = trial.login;
		if (clientId === undefined) throw new PartFailure("the login's client isn't known");
		const path = `/api/v2/oauth/clients/${clientId}/usage`;
		const summary = await trial.call("GET", `${path}/summary`, { query: { days: "365" } });
		const day = dayCounter(trial, summary);
		if (summary.status === 404) trial.differs("A85", "the OAuth API's usage isn't there", summary);
		if (summary.status !== 400) trial.fine(summary, "asking for usage");
		trial.check("A86", isFine(summary), isFine(summary) ? "accepted" : "refused", summary);
		const daily = await tryDays(trial, path, day);
		await tryMonths(trial, path, day);
		await tryTotal(trial, path, day);
		await tryEnd(trial, path, daily);
		await tryJob(trial, { clientId, day, daily });
	},
};

/** A UTC day, `yyyy-mm-dd`, counted from today by the server's clock. */
type DayCounter = (offset: number) => string;

function dayCounter(trial: Trial, { headers }: Answer): DayCounter {
	const date = Date.parse(String(headers["date"]));
	const now = Number.isNaN(date) ? trial.clock.now() : date;
	return (offset) => new Date(now + offset * dayMs).toISOString().slice(0, 10);
}

type Row = Record<string, unknown>;

const countOf = (rows: readonly Row[], field: string) =>
	rows.reduce((sum, row) => sum + (typeof row[field] === "number" ? row[field] : 0), 0);

/** A query and all that was said of it. */
interface Query {
	/** The answer that started it. */
	started: Answer;
	/** The latest answer. */
	answer: Answer;
	/** Each status that it had. */
	statuses: string[];
	/** The rows of each page. */
	pages: Row[][];
	/** Whether these are all rows. */
	isWhole: boolean;
}

async function query(trial: Trial, path: string, json: Record<string, unknown>): Promise<Query> {
	const started = await trial.call("POST", `${path}/query`, { json });
	const { executionId } = started.body;
	if (!isFine(started) || typeof executionId !== "string")
		return { started, answer: started, statuses: [], pages: [], isWhole: false };
	const results = `${path}/query/results/${executionId}`;
	const statuses: string[] = [];
	let answer = started;
	await trial.secondsUntil(pollSeconds, async () => {
		answer = await trial.call("GET", results);
		statuses.push(String(answer.body["queryStatus"]));
		return answer.body["queryStatus"] !== "Running";
	});
	const status = statuses.at(-1);
	if (status === "Running") throw new PartFailure(`a usage query was still running after ${pollSeconds.at(-1)} s`);
	if (status === "Failed") throw new PartFailure("a usage query failed");
	const pages = [rowsOf(answer)];
	for (let after = cursorOf(answer); after !== undefined && pages.length < mostPages; after = cursorOf(answer)) {
		answer = await trial.call("GET", results, { query: { after } });
		pages.push(rowsOf(answer));
		// An API that ignores the cursor says the same again.
		if (JSON.stringify(pages.at(-1)) === JSON.stringify(pages.at(-2))) break;
	}
	return { started, answer, statuses, pages, isWhole: cursorOf(answer) === undefined };
}

const rowsOf = ({ body }: Answer): Row[] => objectsOf(body["results"]);

function cursorOf({ body }: Answer): string | undefined {
	const { after } = fieldsOf(body["cursors"]);
	return typeof after === "string" && after !== "" ? after : undefined;
}

/** The usage of the days before today. */
interface Days {
	rows: Row[];
	/** Whether these are all rows. */
	isWhole: boolean;
}

/** Rows by day, path and method, with today in the interval. */
async function tryDays(trial: Trial, path: string, day: DayCounter): Promise<Days> {
	const asked = { granularity: "Day", groupBy: ["OAuthClientId", "TemplateUri", "HttpMethod"] };
	const withToday = await query(trial, path, { ...asked, interval: `${day(-days)}/${day(1)}` });
	const isAccepted = isFine(withToday.started);
	const found = isAccepted ? withToday : await query(trial, path, { ...asked, interval: `${day(-days)}/${day(0)}` });
	const { answer, statuses, pages, isWhole } = found;
	trial.fine(found.started, "asking for usage by day");
	const isUsual = statuses.slice(0, -1).every((status) => status === "Running") && statuses.at(-1) === "Complete";
	trial.check("A90", isUsual, statuses.join(", "), answer);
	const rows = pages.flat();
	tryCursor(trial, found);
	if (rows.length === 0) {
		trial.untried("A83", noUsage);
		trial.untried("A91", noUsage);
		return { rows, isWhole };
	}
	const dates = rows.map(({ date }) => String(date));
	const odd = dates.find((date) => !/^\d{4}-\d\d-\d\d(T00:00:00(\.0+)?Z)?$/.test(date) || date.slice(0, 10) >= day(0));
	if (isAccepted)
		trial.check("A83", odd === undefined, odd === undefined ? "none is of today" : `a row of ${odd}`, answer);
	else trial.untried("A83", "an interval with today is refused", withToday.started);
	const template = rows.map(({ templateUri }) => String(templateUri)).find((uri) => !uri.startsWith("/"));
	trial.check("A91", template === undefined, template === undefined ? "all do" : `one is ${template}`, answer);
	return { rows: rows.filter(({ date }) => String(date).slice(0, 10) < day(0)), isWhole };
}

const noUsage = `the login has no usage in the last ${days} days`;

function tryCursor(trial: Trial, { pages, answer }: Query): void {
	const [first, second] = pages;
	if (second === undefined) return trial.untried("A92", "all rows were in one answer");
	const isNext = second.length > 0 && JSON.stringify(first) !== JSON.stringify(second);
	const seen = second.length === 0 ? "the next page is empty" : "the cursor leads to the same rows";
	trial.check("A92", isNext, isNext ? `${pages.length} pages` : seen, answer);
}

async function tryMonths(trial: Trial, path: string, day: DayCounter): Promise<void> {
	const [last, next] = [day(-Number(day(0).slice(8))).slice(0, 7), day(0).slice(0, 7)];
	const answer = await trial.call("POST", `${path}/query`, { json: { interval: `${last}/${next}` } });
	trial.check("A88", isFine(answer), isFine(answer) ? "accepted" : "refused", answer);
}

/** One row for all days, grouped by nothing. */
async function tryTotal(trial: Trial, path: string, day: DayCounter): Promise<void> {
	const { answer, pages } = await query(trial, path, { interval: `${day(-days)}/${day(0)}` });
	const [row] = pages.flat();
	if (row === undefined) {
		trial.untried("A89", noUsage);
		trial.untried("A6", noUsage);
		return;
	}
	const date = String(row["date"]);
	trial.check("A89", date.startsWith(day(-days)), `the interval begins on ${day(-days)}, the row on ${date}`, answer);
	const others = Object.keys(row).filter((field) => !ungrouped.has(field));
	const empty = others.every((field) => row[field] === "") ? " as empty texts" : "";
	const seen = others.length === 0 ? "no other field" : `there are also ${others.join(", ")}${empty}`;
	trial.check("A6", others.length === 0, seen, answer);
}

/** Asks for an interval that ends on a day with usage. */
async function tryEnd(trial: Trial, path: string, { rows }: Days): Promise<void> {
	const last = rows
		.filter((row) => countOf([row], "requests") > 0)
		.map(({ date }) => String(date).slice(0, 10))
		.toSorted()
		.at(-1);
	if (last === undefined) return trial.untried("A87", noUsage);
	const before = new Date(Date.parse(last) - dayMs).toISOString().slice(0, 10);
	const { started, answer, pages } = await query(trial, path, { interval: `${before}/${last}`, granularity: "Day" });
	if (!isFine(started)) return trial.untried("A87", "an interval of a day is refused", started);
	const isIn = pages.flat().some((row) => String(row["date"]).startsWith(last) && countOf([row], "requests") > 0);
	trial.check("A87", !isIn, isIn ? "the day of its end has a row" : "the day of its end has no row", answer);
}

/** Compares the calls of the last days with those that a usage job counts. */
async function tryJob(
	trial: Trial,
	{ clientId, day, daily }: { clientId: string; day: DayCounter; daily: Days },
): Promise<void> {
	const path = `/api/v2/usage/client/${clientId}/aggregates/query/jobs`;
	const interval = `${day(-days)}T00:00:00/${day(-1)}T23:59:59`;
	const json = { interval, granularity: "Day", groupBy: ["HttpMethod", "TemplateUri"] };
	const started = await trial.call("POST", path, { json });
	if (!isFine(started)) return trial.untried("A85", "there is no job to compare it with", started);
	let next: string | undefined = `${path}/${String(started.body["id"])}?pageSize=1000`;
	let counted = 0;
	let answer = started;
	for (let page = 0; next !== undefined && page < mostPages; page += 1) {
		const asked: string = next;
		await trial.secondsUntil(pollSeconds, async () => {
			answer = await trial.call("GET", asked);
			return !["Queued", "Running"].includes(String(answer.body["queryStatus"]));
		});
		counted += countOf(entitiesOf(answer), "requestCount");
		next = typeof answer.body["nextUri"] === "string" ? answer.body["nextUri"] : undefined;
	}
	const status = String(answer.body["queryStatus"]);
	if (status !== "Succeeded" || next !== undefined)
		return trial.untried("A85", next === undefined ? `the job is ${status}` : "the job has too many rows", answer);
	if (!daily.isWhole) return trial.untried("A85", "the OAuth API's rows weren't all read");
	const own = countOf(daily.rows, "requests");
	if (own + counted === 0) return trial.untried("A85", noUsage);
	trial.check("A85", own >= counted, `${own} calls; a job counts ${counted}`, answer);
}

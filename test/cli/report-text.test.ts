import { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { buildReport } from "../../cli/report/build";
import { toCsv } from "../../cli/report/csv";
import type { Report } from "../../cli/report/report";
import { printReport } from "../../cli/report/text";
import { timeLeft } from "../../cli/report/time-left";
import type { OAuthClient } from "../../provider/api/models";

const now = Date.parse("2026-03-15T12:00:00Z");
const period = { from: "2026-02-13", to: "2026-03-14", days: 30 };
const limits = {
	unusedDays: 30,
	maxSecretAgeDays: 90,
	maxTokenSeconds: 86_400,
	nearDeletionDays: 30,
	forbiddenGrants: [],
};
const idOf = (index: number) => `c11e0000-0000-4000-8000-${String(index).padStart(12, "0")}`;

/** A report of clients with the same fields. The first one alone is used. */
function reportOf(count: number, fields: Partial<OAuthClient> = {}): Report {
	const clients = Array.from({ length: count }, (_, index): OAuthClient => ({
		id: idOf(index),
		name: "A name that is too long for a column of any table",
		authorizedGrantType: "TOKEN",
		dateCreated: "2025-03-15T12:00:00Z",
		...fields,
	}));
	const row = { date: "2026-03-01", httpMethod: "GET", templateUri: "/api/v2/users", requests: 1216 };
	const outcomes = new Map(clients.map(({ id }, index) => [id, { rows: index === 0 ? [row] : [], complete: true }]));
	return buildReport({ now, host: "api.example.com", clients, usage: { period, outcomes }, limits });
}

function printed(report: Report, isTTY: boolean): string[] {
	let text = "";
	const stream = new Writable({
		write: (chunk, _encoding, done) => {
			text += String(chunk);
			done();
		},
	});
	printReport(report, Object.assign(stream, { isTTY }));
	return stripVTControlCharacters(text).trimEnd().split("\n");
}

test("on a terminal nothing is wider than 100 columns, and each finding has its client's id", () => {
	const lines = printed(reportOf(3), true);
	expect(lines.filter((line) => line.length > 100)).toEqual([]);
	for (const index of [0, 1, 2])
		expect(lines.filter((line) => line.includes(idOf(index)))).toHaveLength(index === 0 ? 2 : 3);
});

test("in a pipe findings and clients are never wrapped", () => {
	const report = reportOf(3);
	const lines = printed(report, false);
	expect(lines.filter((line) => line.includes(idOf(0)))).toEqual([
		expect.stringMatching(
			/^high +ending-grant .* A name that is too long for a column of any table +the grant type is TOKEN$/,
		),
		expect.stringMatching(/^A name that is too long for a column of any table .* TOKEN +active +1,216 +none$/),
	]);
});

test("the last line has the totals, and the explanations say how often each finding is", () => {
	const lines = printed(reportOf(120), false);
	expect(lines.at(-1)).toBe(
		"Total: 120 OAuth clients (120 active); 1,216 requests in 30 days; 239 findings (120 high, 119 medium)",
	);
	expect(lines[0]).toBe("120 OAuth clients (120 active) at api.example.com");
	expect(lines).toContainEqual(expect.stringMatching(/^unused +119 +Nobody misses/));
});

test("CSV has a line for each finding, with requests and date", () => {
	const report = reportOf(1, { authorizedGrantType: "CLIENT-CREDENTIALS", dateToDelete: "2026-03-16T00:00:00Z" });
	const [header, first] = toCsv(report, "findings").split("\r\n");
	expect(header).toBe("severity,finding,clientId,clientName,requests,dueAt,what,remedy");
	expect(first).toBe(
		`high,near-deletion,${idOf(0)},A name that is too long for a column of any table,1216,2026-03-16T00:00:00Z,"will be deleted on 2026-03-16, tomorrow; 1,216 requests in 30 days",Set the client's state to active if anything needs it; otherwise there is nothing to do`.replace(
			/,(Set .*)$/,
			',"$1"',
		),
	);
});

test.each([
	["plain", "plain"],
	['with "quotes", and more', '"with ""quotes"", and more"'],
	["two\nlines\r\nand more", "two lines and more"],
	["=1+1", "'=1+1"],
	["+1", "'+1"],
	["-1", "'-1"],
	["@SUM(A1)", "'@SUM(A1)"],
	["\t=1+1", "'=1+1"],
	["＝1+1", "'＝1+1"],
	["a;=1+1; @b", `"a;'=1+1;' @b"`],
	["a-b @c", "a-b @c"],
])("a client named %j is the CSV cell %j", (name, cell) => {
	const [, line = ""] = toCsv(reportOf(1, { name }), "clients").split("\r\n");
	expect(line.startsWith(`${idOf(0)},${cell},,TOKEN,`)).toBe(true);
});

test("CSV leaves a cell empty where nothing is known, and every line has as many cells as the header", () => {
	const bare = buildReport({ now, host: "h", clients: [{ id: idOf(0) } as OAuthClient], limits });
	const [header = "", line = ""] = toCsv(bare, "clients").split("\r\n");
	expect(line.split(",")).toHaveLength(header.split(",").length);
	expect(line).toMatch(/^c11e0000-0000-4000-8000-000000000000,,,,active,+unknown,+$/);
	// A query that failed is no query without requests.
	const clients = [{ id: idOf(0) } as OAuthClient];
	const usage = { period, outcomes: new Map([[idOf(0), { error: "no" }]]) };
	const failed = toCsv(buildReport({ now, host: "h", clients, usage, limits }), "clients").split("\r\n")[1] ?? "";
	expect(failed.split(",")).toHaveLength(header.split(",").length);
	expect(failed).toMatch(/^c11e0000-0000-4000-8000-000000000000,,,,active,usage-unknown,,,,,failed,,unknown,+$/);
});

test.each([
	[{ done: 100, total: 2000, elapsed: 20_000 }, "about 6 minutes left"],
	[{ done: 100, total: 400, elapsed: 20_000 }, "about 1 minute left"],
	[{ done: 1500, total: 2000, elapsed: 100_000 }, "less than a minute left"],
	[{ done: 100, total: 2000, elapsed: 4999 }, undefined],
	[{ done: 0, total: 2000, elapsed: 60_000 }, undefined],
	[{ done: 2000, total: 2000, elapsed: 60_000 }, undefined],
])("of %j it is said: %s", (work, said) => {
	expect(timeLeft(work)).toBe(said);
});

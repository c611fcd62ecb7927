import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, startSimulator } from "../../../simulator/index";
import type { ManualClock, Simulator, UsageSeed } from "../../../simulator/index";
import { call, callAsAdministrator } from "./api-caller";

const DAY_MS = 86_400_000;
const SCOPE = { templateUri: "/api/v2/oauth/scopes/{scopeId}", httpMethod: "GET" };

let clock: ManualClock;
let simulator: Simulator;
let clientId: string;
let token: string;

beforeEach(async () => {
	// A Thursday.
	clock = createManualClock({ now: Date.parse("2026-01-15T12:00:00Z") });
	simulator = await startSimulator({ clock, seed: { usageQueries: { runningPolls: 0 } } });
	clientId = simulator.organization.addClient({ name: "busy", accessTokenValiditySeconds: 38_880_000 }).client.id;
	token = simulator.organization.issueToken(clientId);
});
afterEach(async () => {
	await simulator.close();
});

function usage(path: string, json?: unknown, id = clientId) {
	const method = json === undefined ? "GET" : "POST";
	return callAsAdministrator(
		simulator,
		method,
		`/api/v2/oauth/clients/${id}/usage${path}`,
		json === undefined ? {} : { json },
	);
}
async function query(json: unknown) {
	const { body } = await usage("/query", json);
	return (await callAsAdministrator(simulator, "GET", body.resultsUri)).body;
}
function seen(...rows: Omit<UsageSeed, "clientId" | "templateUri" | "httpMethod">[]) {
	for (const row of rows) simulator.organization.addUsage({ clientId, ...SCOPE, ...row });
}

function daysOf({ results }: { results: { date: string }[] }): string[] {
	return results.map(({ date }) => date.slice(0, 10));
}
async function summaryDays(path: string): Promise<string[]> {
	const { body } = await usage(path);
	return daysOf((await callAsAdministrator(simulator, "GET", body.resultsUri)).body);
}

test("the calls really made are counted by client, path template, method, status and UTC day", async () => {
	for (const scope of ["users", "groups", "none"])
		await call(simulator, "GET", `/api/v2/oauth/scopes/${scope}`, { token });
	await call(simulator, "DELETE", "/api/v2/oauth/clients/x", { token });
	await callAsAdministrator(simulator, "GET", "/api/v2/oauth/scopes/users");
	clock.advance(DAY_MS);
	await call(simulator, "GET", "/api/v2/oauth/scopes/users", { token });
	clock.advance(DAY_MS);
	const { body } = await usage("/summary");
	const { results, queryStatus } = (await callAsAdministrator(simulator, "GET", body.resultsUri)).body;
	const organizationId = (await callAsAdministrator(simulator, "GET", "/api/v2/organizations/me")).body.id;
	const row = { clientId, clientName: "busy", organizationId, status300: 0, status500: 0, status429: 0 };
	expect(queryStatus).toBe("Complete");
	expect(results).toEqual([
		{
			...row,
			templateUri: "/api/v2/oauth/clients/{clientId}",
			httpMethod: "DELETE",
			date: "2026-01-15T00:00:00.000Z",
			status200: 0,
			status400: 1,
			requests: 1,
		},
		{ ...row, ...SCOPE, date: "2026-01-15T00:00:00.000Z", status200: 2, status400: 1, requests: 3 },
		{ ...row, ...SCOPE, date: "2026-01-16T00:00:00.000Z", status200: 1, status400: 0, requests: 1 },
	]);
});

test("the current day is left out", async () => {
	seen({ date: "2026-01-14", status200: 1 }, { date: "2026-01-15", status200: 2 });
	const january = { interval: "2026-01-01/2026-02-01" };
	expect((await query(january)).results[0].requests).toBe(1);
	clock.advance(DAY_MS);
	expect((await query(january)).results[0].requests).toBe(3);
});

test("a 429 counts as status400 too", async () => {
	simulator.organization.changeSettings({ limits: { requestsPerMinute: 1 } });
	await call(simulator, "GET", "/api/v2/oauth/scopes/users", { token });
	await call(simulator, "GET", "/api/v2/oauth/scopes/users", { token });
	clock.advance(DAY_MS);
	expect((await query({ interval: "2026-01-15/2026-01-16" })).results).toEqual([
		{
			date: "2026-01-15T00:00:00.000Z",
			status200: 1,
			status300: 0,
			status400: 1,
			status500: 0,
			status429: 1,
			requests: 2,
		},
	]);
});

test("the history of the seed is added to the calls that are made", async () => {
	seen({ date: "2026-01-15", status200: 5, status500: 1 });
	await call(simulator, "GET", "/api/v2/oauth/scopes/users", { token });
	clock.advance(DAY_MS);
	expect((await query({ interval: "2026-01-15/2026-01-16" })).results[0]).toMatchObject({
		status200: 6,
		status500: 1,
		requests: 7,
	});
});

test("a summary covers 7 days unless it is told otherwise", async () => {
	for (const day of ["07", "08", "14"]) seen({ date: `2026-01-${day}`, status200: 1 });
	expect(await summaryDays("/summary")).toEqual(["2026-01-08", "2026-01-14"]);
	expect(await summaryDays("/summary?days=1")).toEqual(["2026-01-14"]);
	expect(await summaryDays("/summary?days=8")).toEqual(["2026-01-07", "2026-01-08", "2026-01-14"]);
});

test.each(["0", "-1", "1.5", "366", "week", ""])("a summary of %s days is refused", async (days) => {
	expect((await usage(`/summary?days=${days}`)).body).toMatchObject({
		status: 400,
		code: "invalid.query.param.value",
		message: `Value [${days}] is not valid for parameter [days]. Allowable values are: whole numbers from 1 to 365`,
	});
});

test.each([
	["Day", ["2025-12-31", "2026-01-04", "2026-01-05", "2026-01-11"]],
	["Week", ["2025-12-29", "2026-01-05"]],
	["Month", ["2025-12-01", "2026-01-01"]],
	[undefined, ["2025-12-30"]],
])("granularity %s", async (granularity, dates) => {
	for (const date of ["2025-12-31", "2026-01-04", "2026-01-05", "2026-01-11"]) seen({ date, status200: 1 });
	const { results } = await query({ interval: "2025-12-30/2026-01-12", granularity, metrics: ["Requests"] });
	expect(results.map(({ date }: { date: string }) => date.slice(0, 10))).toEqual(dates);
	expect(results.reduce((sum: number, { requests }: { requests: number }) => sum + requests, 0)).toBe(4);
});

test("only the metrics that were asked for come back", async () => {
	seen({ date: "2026-01-14", status200: 1, status429: 2, status400: 2 });
	const { results } = await query({ interval: "2026-01-14/2026-01-15", metrics: ["Status429", "Requests"] });
	expect(results).toEqual([{ date: "2026-01-14T00:00:00.000Z", status429: 2, requests: 3 }]);
});

test.each([
	["TemplateUri", [{ templateUri: "/a" }, { templateUri: "/b" }]],
	["HttpMethod", [{ httpMethod: "GET" }, { httpMethod: "PUT" }]],
])("rows are broken down by %s", async (dimension, labels) => {
	const day = { clientId, date: "2026-01-14", status200: 1 };
	simulator.organization.addUsage(
		{ ...day, templateUri: "/a", httpMethod: "GET" },
		{ ...day, templateUri: "/b", httpMethod: "GET" },
		{ ...day, templateUri: "/b", httpMethod: "PUT" },
	);
	const { results } = await query({
		interval: "2026-01-14/2026-01-15",
		groupBy: [dimension],
		metrics: ["Requests"],
	});
	expect(results.map(({ date: _date, requests: _requests, ...rest }: Record<string, unknown>) => rest)).toEqual(labels);
});

test.each([
	["a day alone", "2026-01-13/2026-01-15", 2],
	["the end, which doesn't count", "2026-01-13/2026-01-14", 1],
	["a moment with a zone", "2026-01-13T23:30:00Z/2026-01-14T00:00:00.000Z", 1],
	["a moment without one, in UTC", "2026-01-13T00:00/2026-01-14T00:01", 2],
])("an interval of %s is understood", async (_what, interval, requests) => {
	seen({ date: "2026-01-13", status200: 1 }, { date: "2026-01-14", status200: 1 });
	expect((await query({ interval })).results[0].requests).toBe(requests);
});

test.each([
	["2026-01-13", "invalid.date"],
	["2026-01-14/2026-01-13", "invalid.date"],
	["2026-01-14/2026-01-14", "invalid.date"],
	["yesterday/today", "invalid.date"],
	["2026-01-13/2026-01-14/2026-01-15", "invalid.date"],
])("the interval %s is refused", async (interval, code) => {
	expect(await usage("/query", { interval })).toMatchObject({ status: 400, body: { code } });
});

test.each([
	[{}, "constraint.validation", "interval may not be null"],
	[
		{ granularity: "Hour" },
		"invalid.value",
		"Value [Hour] is not valid for field type [granularity]. Allowable values are: Day, Week, Month",
	],
	[
		{ metrics: ["Status201"] },
		"invalid.value",
		"Value [Status201] is not valid for field type [metrics.0]. Allowable values are: Status200, Status300, Status400, Status500, Status429, Requests",
	],
	[
		{ groupBy: ["User"] },
		"invalid.value",
		"Value [User] is not valid for field type [groupBy.0]. Allowable values are: OAuthClientId, OrganizationId, TemplateUri, HttpMethod",
	],
	[{ days: 7 }, "invalid.property", "Value [days] is not a valid property for object [ApiUsageClientQuery]"],
])("the query %j is refused", async (json, code, message) => {
	expect(await usage("/query", json)).toMatchObject({ status: 400, body: { code, message } });
});

test("a query runs for as many polls as the seed says, and then is complete", async () => {
	simulator.organization.changeSettings({ usageQueries: { runningPolls: 2 } });
	seen({ date: "2026-01-14", status200: 1 });
	const started = await usage("/query", { interval: "2026-01-14/2026-01-15" });
	expect(started).toMatchObject({
		status: 202,
		body: {
			executionId: expect.any(String),
			resultsUri: `/api/v2/oauth/clients/${clientId}/usage/query/results/${started.body.executionId}`,
		},
	});
	const poll = async () => (await callAsAdministrator(simulator, "GET", started.body.resultsUri)).body;
	expect(await poll()).toEqual({ results: [], queryStatus: "Running" });
	expect((await poll()).queryStatus).toBe("Running");
	const complete = await poll();
	expect(complete).toMatchObject({ queryStatus: "Complete", results: [{ requests: 1 }] });
	expect(complete).not.toHaveProperty("cursors");
	expect((await poll()).queryStatus).toBe("Complete");
});

test("a query that is complete at once is answered with 200", async () => {
	expect((await usage("/summary")).status).toBe(200);
});

test("the next queries can be made to fail", async () => {
	simulator.organization.failUsageQueries();
	expect(await query({ interval: "2026-01-14/2026-01-15" })).toEqual({ results: [], queryStatus: "Failed" });
	expect((await query({ interval: "2026-01-14/2026-01-15" })).queryStatus).toBe("Complete");
});

test("cursors lead through the rows, forth and back, each row once", async () => {
	simulator.organization.changeSettings({ usageQueries: { rowsPerAnswer: 2 } });
	const dates = ["10", "11", "12", "13", "14"].map((day) => `2026-01-${day}`);
	for (const date of dates) seen({ date, status200: 1 });
	const started = await usage("/query", { interval: "2026-01-01/2026-01-15", granularity: "Day" });
	const answer = async (parameters = "") =>
		(await callAsAdministrator(simulator, "GET", started.body.resultsUri + parameters)).body;
	const first = await answer();
	expect(daysOf(first)).toEqual(dates.slice(0, 2));
	expect(Object.keys(first.cursors)).toEqual(["after"]);
	const second = await answer(`?after=${first.cursors.after}`);
	expect(daysOf(second)).toEqual(dates.slice(2, 4));
	const third = await answer(`?after=${second.cursors.after}`);
	expect(daysOf(third)).toEqual(dates.slice(4));
	expect(Object.keys(third.cursors)).toEqual(["before"]);
	expect(daysOf(await answer(`?before=${second.cursors.before}`))).toEqual(dates.slice(0, 2));
	expect(await answer("?after=x")).toMatchObject({ status: 400, code: "invalid.query.param.value" });
});

test("the usage of a client that isn't there is not found", async () => {
	expect((await usage("/summary", undefined, "none")).body).toMatchObject({ status: 404, code: "not.found" });
	expect((await usage("/query", {}, "none")).body).toMatchObject({ status: 404, code: "not.found" });
});

test("an execution is found only under the client it was started for", async () => {
	const { executionId } = (await usage("/summary")).body;
	const other = simulator.organization.addClient({ name: "other" }).client.id;
	expect((await usage(`/query/results/${executionId}`)).status).toBe(200);
	expect((await usage(`/query/results/${executionId}`, undefined, other)).body.code).toBe("not.found");
	expect((await usage("/query/results/none")).body.code).toBe("not.found");
});

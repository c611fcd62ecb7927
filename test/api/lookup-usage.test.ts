import { describe, expect, test } from "vitest";
import type { Clock } from "../../provider/api/clock";
import type { UsageMetric } from "../../provider/api/models";
import { findUsage, type GetOAuthClientUsageArgs } from "../../provider/lookups/find/oauth-client-usage";
import type { LookupError } from "../../provider/lookups/find/lookup-error";
import type { UsageSeed } from "../../simulator";
import { absentId } from "./support/client-requests";
import { failureOf, type SimulatedApi, startSimulatedApi } from "./support/simulated-api";

const clientId = "b0000000-0000-4000-8000-000000000001";
const results = "/api/v2/oauth/clients/{clientId}/usage/query/results/{executionId}";
const row = { clientId, templateUri: "/api/v2/users", httpMethod: "GET" };
/** The organization's day is 2026-01-15. */
const usage: UsageSeed[] = [
	{ ...row, date: "2026-01-14", status200: 5, status400: 3, status429: 1 },
	{ ...row, date: "2026-01-13", httpMethod: "POST", status200: 2, status500: 1 },
	{ ...row, date: "2026-01-08", status300: 4 },
	{ ...row, date: "2026-01-07", status200: 100 },
];

async function start(usageQueries: { runningPolls?: number; rowsPerAnswer?: number } = { runningPolls: 0 }) {
	const simulated = await startSimulatedApi({
		seed: { clients: [{ id: clientId, name: "busy" }], usage, usageQueries },
	});
	const { clock } = simulated;
	const waits: number[] = [];
	const watched: Clock = {
		now: () => clock.now(),
		sleep: async (milliseconds) => {
			waits.push(milliseconds);
			await clock.sleep(milliseconds);
		},
	};
	return {
		...simulated,
		/** Every pause between polls, in milliseconds. */
		waits,
		find: async <Metric extends UsageMetric>(args: Omit<GetOAuthClientUsageArgs<Metric>, "clientId">) =>
			findUsage(() => simulated.api, { clientId, ...args } as GetOAuthClientUsageArgs<Metric>, watched),
	};
}

const polls = ({ simulator }: SimulatedApi) => simulator.requests.count({ template: results });

describe("the last days", () => {
	test("are seven unless the program says otherwise, with the totals of every metric", async () => {
		const { find, calls } = await start();
		const { rows, totals, complete } = await find({});
		expect(rows.map(({ date }) => date)).toEqual(
			["2026-01-08", "2026-01-13", "2026-01-14"].map((day) => `${day}T00:00:00.000Z`),
		);
		expect(rows[2]).toMatchObject({
			...row,
			clientName: "busy",
			status200: 5,
			status400: 3,
			status429: 1,
			requests: 8,
		});
		expect(totals).toEqual({ status200: 7, status300: 4, status400: 3, status500: 1, status429: 1, requests: 15 });
		expect(complete).toBe(true);
		expect(calls()[0]).toBe("GET /clients/{clientId}/usage/summary 200");
	});

	test.each([
		[1, 8],
		[8, 115],
	])("are as many as asked for: %i", async (days, requests) => {
		const { find } = await start();
		expect((await find({ days })).totals.requests).toBe(requests);
	});
});

describe("an interval", () => {
	test("is summed and split as asked, and totals only what was asked for", async () => {
		const { find, calls } = await start();
		const found = await find({
			interval: "2026-01-01/2026-01-15",
			granularity: "Month",
			metrics: ["Requests", "Status429"],
			groupBy: ["HttpMethod"],
		});
		const date = "2026-01-01T00:00:00.000Z";
		expect(found).toEqual({
			clientId,
			rows: [
				{ httpMethod: "GET", date, requests: 112, status429: 1 },
				{ httpMethod: "POST", date, requests: 3, status429: 0 },
			],
			totals: { requests: 115, status429: 1 },
			complete: true,
		});
		expect(calls()[0]).toBe("POST /clients/{clientId}/usage/query 200");
	});

	test("without metrics counts all of them", async () => {
		const { find } = await start();
		const all = { status200: 5, status300: 0, status400: 3, status500: 0, status429: 1, requests: 8 };
		const interval = "2026-01-14/2026-01-15";
		expect((await find({ interval })).totals).toEqual(all);
		expect((await find({ interval, metrics: [] })).totals).toEqual(all);
	});

	test("that isn't one is the API's to refuse", async () => {
		const { find } = await start();
		const error = await failureOf<LookupError>(find({ interval: "yesterday" }));
		expect(error.message).toMatch(
			new RegExp(
				`^looking up the usage of OAuth client ${clientId}: post_oauth_client_usage_query failed: 400 invalid\\.date`,
			),
		);
	});
});

describe("while the query runs", () => {
	test("it is asked after 1 s, then half as often each time, at last every 10 s", async () => {
		const simulated = await start({ runningPolls: 7 });
		const { totals } = await simulated.find({});
		expect(totals.requests).toBe(15);
		expect(simulated.waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
		expect(polls(simulated)).toBe(8);
	});

	test("nothing is waited for when the answer is there at once", async () => {
		const simulated = await start();
		await simulated.find({});
		expect(simulated.waits).toEqual([]);
		expect(polls(simulated)).toBe(1);
	});

	test.each([
		[undefined, 120, 16],
		[30, 30, 7],
	])("and it is given up with timeoutSeconds %j after %i s, to the second", async (timeoutSeconds, seconds, looks) => {
		const simulated = await start({ runningPolls: 1000 });
		const error = await failureOf<LookupError>(simulated.find(timeoutSeconds === undefined ? {} : { timeoutSeconds }));
		expect(error.message).toBe(
			`looking up the usage of OAuth client ${clientId}: the usage query for OAuth client ${clientId} didn't complete within ${seconds} seconds; run again later, or query a shorter period`,
		);
		expect(simulated.waits.reduce((sum, wait) => sum + wait, 0)).toBe(seconds * 1000);
		expect(polls(simulated)).toBe(looks);
	});
});

test("a query that fails is an error that says so", async () => {
	const { find, simulator } = await start({ runningPolls: 1 });
	simulator.organization.failUsageQueries();
	const error = await failureOf<LookupError>(find({}));
	expect(error.message).toContain("failed in Genesys Cloud (Failed); run again later");
	expect((await find({})).totals.requests).toBe(15);
});

test("an answer without a status that is known isn't taken for one that runs", async () => {
	const simulated = await start();
	simulated.fault("GET", results, { kind: "status", status: 200, body: {} });
	const error = await failureOf<LookupError>(simulated.find({}));
	expect(error.message).toContain("(no status)");
	expect(simulated.waits).toEqual([]);
});

/** A complete answer, with a cursor to more when it says so. */
const answer = (requests: number, after?: string) => ({
	kind: "status" as const,
	status: 200,
	body: {
		queryStatus: "Complete",
		results: requests === 0 ? [] : [{ requests }],
		...(after === undefined ? {} : { cursors: { after } }),
	},
});

describe("cursors", () => {
	test.each([1, 2, 3, 4])("are followed to the last row, %i a time", async (rowsPerAnswer) => {
		const simulated = await start({ runningPolls: 1, rowsPerAnswer });
		const { rows, totals, complete } = await simulated.find({ days: 30 });
		expect(rows).toHaveLength(4);
		expect(totals.requests).toBe(115);
		expect(complete).toBe(true);
		expect(polls(simulated)).toBe(1 + Math.ceil(4 / rowsPerAnswer));
	});

	test("that the API ignores make no row count twice, and the result says that it may not be all", async () => {
		const simulated = await start();
		simulated.fault("GET", results, { ...answer(5, "a"), times: "always" });
		expect(await simulated.find({})).toMatchObject({
			rows: [{ requests: 5 }],
			totals: { requests: 5 },
			complete: false,
		});
		expect(polls(simulated)).toBe(2);
	});

	test("that go in a circle end it", async () => {
		const simulated = await start();
		for (const [requests, after] of [
			[1, "a"],
			[2, "b"],
			[1, "a"],
		] as const) {
			simulated.fault("GET", results, answer(requests, after));
		}
		expect(await simulated.find({})).toMatchObject({ totals: { requests: 3 }, complete: false });
	});

	test("after which nothing comes are the end", async () => {
		const simulated = await start();
		simulated.fault("GET", results, answer(5, "a"));
		simulated.fault("GET", results, answer(0, "b"));
		expect(await simulated.find({})).toMatchObject({ totals: { requests: 5 }, complete: true });
	});
});

test("a row holds only what is known: nothing that a later API adds goes into a result", async () => {
	const simulated = await start();
	const body = { queryStatus: "Complete", results: [{ requests: 1, secret: "s3cret", userId: null }] };
	simulated.fault("GET", results, { kind: "status", status: 200, body });
	expect((await simulated.find({})).rows).toEqual([{ requests: 1 }]);
});

test.each<[object, string]>([
	[{ days: 0 }, "days is 0: use a whole number of at least 1"],
	[{ days: 1.5 }, "days is 1.5: use a whole number of at least 1"],
	[{ days: 7, interval: "2026-01-01/2026-01-02" }, "set days or interval, not both"],
	[{ days: 7, groupBy: ["HttpMethod"] }, "granularity, metrics and groupBy need interval instead of days"],
	[{ metrics: ["Requests"] }, "granularity, metrics and groupBy need interval instead of days"],
	[{ granularity: "Day" }, "granularity, metrics and groupBy need interval instead of days"],
	[{ timeoutSeconds: 0 }, "timeoutSeconds is 0: use at least 1 second"],
])("%j is refused before anything is sent", async (args, message) => {
	const { find, calls } = await start();
	expect((await failureOf(find(args))).message).toContain(message);
	expect(calls()).toEqual([]);
});

test("a client that isn't there is told as such", async () => {
	const { api, clock } = await start();
	const error = await failureOf<LookupError>(findUsage(() => api, { clientId: absentId }, clock));
	expect(error.message).toContain("get_oauth_client_usage_summary failed: 404 not.found");
});

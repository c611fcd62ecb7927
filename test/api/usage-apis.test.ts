import { describe, expect, test } from "vitest";
import { createOAuthApi } from "../../provider/api";
import { usageOfClient, usageOfOrganization } from "../../provider/api/usage-source";
import { findUsage, type GetOAuthClientUsageArgs } from "../../provider/lookups/find/oauth-client-usage";
import type { Seed, UsageSeed } from "../../simulator";
import { absentId } from "./support/client-requests";
import { credentialSource, failureOf, type FaultKind, startSimulatedApi } from "./support/simulated-api";

const ids = ["b0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"] as const;
const [clientId, otherId] = ids;
const paths = {
	summary: "/api/v2/oauth/clients/{clientId}/usage/summary",
	query: "/api/v2/oauth/clients/{clientId}/usage/query",
	jobs: "/api/v2/usage/client/{clientId}/aggregates/query/jobs",
	job: "/api/v2/usage/client/{clientId}/aggregates/query/jobs/{jobId}",
	all: "/api/v2/usage/aggregates/query/jobs",
} as const;
const row = { clientId, templateUri: "/api/v2/users", httpMethod: "GET" };
/** The organization's day is 2026-01-15. */
const usage: UsageSeed[] = [
	{ ...row, date: "2026-01-14", status200: 5, status400: 3, status429: 1 },
	{ ...row, date: "2026-01-13", httpMethod: "POST", status200: 2, status500: 1 },
	{ ...row, date: "2026-01-08", status300: 4 },
	{ ...row, date: "2025-08-01", status200: 100 },
	{ ...row, clientId: otherId, date: "2026-01-14", status200: 7 },
];

async function start(usageQueries: Seed["usageQueries"] = {}, wanted?: "oauth" | "jobs") {
	const simulated = await startSimulatedApi({
		seed: {
			organization: { id: "o1" },
			clients: ids.map((id, index) => ({ id, name: `client ${index}` })),
			usage,
			usageQueries,
		},
	});
	const { simulator, ourClock, hosts } = simulated;
	const credentials = { ...simulator.administrator, source: credentialSource };
	const api = createOAuthApi({
		hosts,
		credentials,
		clock: ourClock,
		...(wanted === undefined ? {} : { usageApi: wanted }),
	});
	return {
		...simulated,
		api,
		ask: async (id: string = clientId, days = 7) => usageOfClient(api, ourClock, id, { days }, 120),
		find: async (args: Omit<GetOAuthClientUsageArgs, "clientId">) =>
			findUsage(() => api, { clientId, ...args } as GetOAuthClientUsageArgs, ourClock),
		count: (template: string) => simulator.requests.count({ template }),
		drop: (permission: string) => simulator.organization.dropPermissions(simulator.administrator.clientId, permission),
	};
}

describe("OAuthApi's usage operations", () => {
	test("are asked where they answer, and no job is started", async () => {
		const { ask, count } = await start();
		expect((await ask()).rows).toHaveLength(3);
		await ask(otherId);
		expect([count(paths.summary), count(paths.jobs)]).toEqual([2, 0]);
	});

	const gone: [string, FaultKind][] = [
		["the vendor's 404", { kind: "status", status: 404, code: "not.found" }],
		["a page's 404", { kind: "html", status: 404 }],
		["410", { kind: "status", status: 410, code: "gone" }],
		["a code that says deprecated", { kind: "status", status: 400, code: "api.deprecated" }],
	];
	test.each(gone)("are given up for jobs after %s, once for all clients", async (_, fault) => {
		const { ask, count, simulator } = await start();
		simulator.faults.add({ method: "*", path: paths.summary, times: "always", ...fault });
		const found = await Promise.all([ask(), ask(otherId), ask()]);
		expect(found.map(({ rows }) => rows.length)).toEqual([3, 1, 3]);
		expect([count(paths.summary), count(paths.jobs)]).toEqual([1, 3]);
		await ask();
		expect([count(paths.summary), count(paths.jobs)]).toEqual([1, 4]);
	});

	const kept: [string, FaultKind][] = [
		["403", { kind: "status", status: 403 }],
		["400", { kind: "status", status: 400, code: "invalid.date" }],
		["503", { kind: "status", status: 503, times: 5 }],
	];
	test.each(kept)("aren't given up after %s", async (_, fault) => {
		const { ask, count, simulator } = await start();
		simulator.faults.add({ method: "GET", path: paths.summary, ...fault });
		await failureOf(ask());
		expect((await ask()).rows).toHaveLength(3);
		expect(count(paths.jobs)).toBe(0);
	});

	test("that say 404 of a client that isn't there aren't given up: the client itself tells", async () => {
		const { ask, count } = await start();
		expect((await failureOf(ask(absentId))).message).toContain("get_oauth_client_usage_summary failed: 404 not.found");
		expect(count(paths.jobs)).toBe(0);
		await ask();
		expect([count(paths.summary), count(paths.jobs)]).toEqual([2, 0]);
	});

	test("that say 404 to a login that may see no client: the job API tells", async () => {
		const absent = await start();
		absent.drop("oauth:client:view");
		expect(await failureOf(absent.ask(absentId))).toMatchObject({
			name: "NotFoundError",
			operation: "get_oauth_client_usage_summary",
		});
		const there = await start({ apis: ["jobs"] });
		there.drop("oauth:client:view");
		expect((await there.ask()).rows).toHaveLength(3);
	});

	test("that don't answer the first question keep no other waiting beyond its own deadline", async () => {
		const { ask, api, ourClock, simulator } = await start();
		simulator.faults.add({ kind: "hang", method: "GET", path: paths.summary });
		const first = ask();
		await simulator.requests.whenReceived({ method: "GET", template: paths.summary });
		const deadline = { signal: AbortSignal.abort(), source: "its own time" };
		const second = usageOfClient(api.until(deadline), ourClock, otherId, { days: 7 }, 120);
		expect(await failureOf(second)).toMatchObject({
			name: "ConnectionError",
			message: `the usage query for OAuth client ${otherId} failed: timed out after its own time`,
		});
		simulator.faults.release();
		expect((await first).rows).toHaveLength(3);
	});

	test("have the word when there are no jobs either", async () => {
		const { ask } = await start({ apis: [] });
		expect((await failureOf(ask())).message).toContain("get_oauth_client_usage_summary failed: 404 not.found");
	});

	test("are the only ones asked when the user wants that", async () => {
		const { ask, count } = await start({ apis: ["jobs"] }, "oauth");
		expect((await failureOf(ask())).message).toContain("get_oauth_client_usage_summary failed: 404");
		expect(count(paths.jobs)).toBe(0);
	});
});

describe("usage jobs", () => {
	test("are the only ones asked when the user wants that", async () => {
		const { ask, calls } = await start({}, "jobs");
		expect((await ask()).rows).toHaveLength(3);
		expect(calls()).toEqual([`POST ${paths.jobs} 202`, `GET ${paths.job} 202`, `GET ${paths.job} 200`]);
	});

	test("give the rows that OAuthApi gives", async () => {
		const questions: Omit<GetOAuthClientUsageArgs, "clientId">[] = [
			{ days: 1 },
			{ days: 10 },
			{ interval: "2026-01-08/2026-01-14", granularity: "Day" },
			{ interval: "2025-07-20/2026-01-14T00:01", metrics: ["Requests", "Status429"] },
			{ interval: "2025-07-20/2026-01-15", granularity: "Month", groupBy: ["HttpMethod", "OrganizationId"] },
			{ interval: "2026-01-01/2026-01-15", granularity: "Week", groupBy: ["TemplateUri"] },
		];
		const [theirs, ours] = [await start({}, "oauth"), await start({}, "jobs")];
		for (const question of questions) {
			const expected = await theirs.find(question);
			const found = await ours.find(question);
			// A job doesn't name its client.
			for (const expectedRow of expected.rows) delete expectedRow.clientName;
			expect(found).toEqual(expected);
			expect(found.rows.length).toBeGreaterThan(0);
		}
	});

	test.each([
		[1, 0, 200],
		[2, 1, 202],
		[3, 2, 202],
	])("are polled until they have succeeded: %i times", async (polls, runningPolls, status) => {
		const { ask, calls, count, waits } = await start({ runningPolls }, "jobs");
		await ask();
		expect(calls()[0]).toBe(`POST ${paths.jobs} ${status}`);
		expect(count(paths.job)).toBe(polls);
		expect(waits).toEqual([1000, 2000].slice(0, runningPolls));
	});

	test.each([1, 2, 3])("are read to the last row by their cursors, %i rows a page", async (rowsPerAnswer) => {
		const { ask, count } = await start({ runningPolls: 0, rowsPerAnswer }, "jobs");
		const { rows, complete } = await ask();
		expect(rows.map(({ date, requests }) => [date?.slice(0, 10), requests])).toEqual([
			["2026-01-08", 4],
			["2026-01-13", 3],
			["2026-01-14", 8],
		]);
		expect(complete).toBe(true);
		expect(count(paths.job)).toBe(Math.ceil(3 / rowsPerAnswer));
	});

	test("aren't complete when their cursors go in a circle", async () => {
		const { ask, simulator } = await start({}, "jobs");
		const body = { queryStatus: "Succeeded", entities: [{ requestCount: 1 }], nextUri: "/x?after=a" };
		simulator.faults.add({ kind: "status", status: 200, body, method: "GET", path: paths.job, times: "always" });
		expect(await ask()).toMatchObject({ rows: [{ requests: 1 }], complete: false });
		expect(simulator.requests.count({ template: paths.job })).toBe(2);
	});

	test("whose page is too big are read in smaller ones", async () => {
		const { ask, simulator, count } = await start({ runningPolls: 0 }, "jobs");
		const tooBig = { kind: "status", status: 400, code: "max.response.size.reached" } as const;
		simulator.faults.add({ ...tooBig, method: "GET", path: paths.job });
		expect((await ask()).rows).toHaveLength(3);
		expect(count(paths.job)).toBe(2);
		simulator.faults.add({ ...tooBig, method: "GET", path: paths.job, times: 2 });
		expect((await failureOf(ask())).message).toContain("400 max.response.size.reached");
	});

	test.each([
		[90, 1],
		[91, 2],
		[365, 5],
	])("are at most 90 days long: %i days are %i jobs", async (days, jobs) => {
		const { ask, count } = await start({}, "jobs");
		const { rows } = await ask(clientId, days);
		expect(rows).toHaveLength(days === 365 ? 4 : 3);
		expect(count(paths.jobs)).toBe(jobs);
	});

	test("that fail, or are cancelled, fail the question, and say why", async () => {
		const { ask, simulator } = await start({}, "jobs");
		simulator.organization.failUsageQueries();
		expect((await failureOf(ask())).message).toBe(
			`the usage query for OAuth client ${clientId} failed in Genesys Cloud (Failed, internal.server.error); run again later, or query a shorter period`,
		);
		const body = { queryStatus: "Cancelled", errorBody: { code: "a text\nof the server's" } };
		simulator.faults.add({ kind: "status", status: 202, body, method: "GET", path: paths.job });
		expect((await failureOf(ask())).message).toContain("failed in Genesys Cloud (Cancelled); run");
	});

	test("without their permission are an error that names it", async () => {
		const { ask, drop } = await start({ apis: ["jobs"] });
		drop("usage:client:view");
		const error = await failureOf(ask());
		expect(error.name).toBe("PermissionError");
		expect(error.message).toMatch(
			/^post_usage_client_client_id_aggregates_query_jobs failed: 403 .* a role that has usage:client:view \(oauth:client:view isn't enough/,
		);
	});

	test("of a client that isn't there say so", async () => {
		const { ask } = await start({}, "jobs");
		expect((await failureOf(ask(absentId))).name).toBe("NotFoundError");
	});

	test("get an interval that isn't one as it is: the API refuses it", async () => {
		const { find } = await start({}, "jobs");
		expect((await failureOf(find({ interval: "yesterday/today" }))).message).toContain("400 invalid.date");
	});
});

describe("the organization's job", () => {
	test("has the rows of every client, by day and operation", async () => {
		const { api, ourClock, calls } = await start();
		const { rows } = await usageOfOrganization(api, ourClock, "2026-01-01/2026-01-15", 120);
		expect([...rows.keys()].toSorted()).toEqual([...ids]);
		expect(rows.get(otherId)).toEqual([
			{
				clientId: otherId,
				templateUri: "/api/v2/users",
				httpMethod: "GET",
				date: "2026-01-14T00:00:00.000Z",
				status200: 7,
				status300: 0,
				status400: 0,
				status500: 0,
				status429: 0,
				requests: 7,
			},
		]);
		expect(calls()).toEqual([`POST ${paths.all} 202`, `GET ${paths.all}/{jobId} 202`, `GET ${paths.all}/{jobId} 200`]);
	});

	test("without its permission is an error that names it", async () => {
		const { api, ourClock, drop } = await start();
		drop("usage:organization:view");
		const error = await failureOf(usageOfOrganization(api, ourClock, "2026-01-01/2026-01-15", 120));
		expect(error.name).toBe("PermissionError");
		expect(error.message).toContain("a role that has usage:organization:view");
	});

	test.each([
		["name no client", { queryStatus: "Succeeded", entities: [{ requestCount: 1 }] }],
		["are missing", { queryStatus: "Succeeded", entities: [], nextUri: "/x?after=a" }],
	])("whose rows %s fails: nobody's use may be missed", async (what, body) => {
		const { api, ourClock, simulator } = await start();
		const path = `${paths.all}/{jobId}`;
		simulator.faults.add({ kind: "status", status: 200, body, method: "GET", path, times: "always" });
		const { message } = await failureOf(usageOfOrganization(api, ourClock, "2026-01-01/2026-01-15", 120));
		expect(message).toBe(`the usage query for the organization failed: rows ${what}`);
	});
});

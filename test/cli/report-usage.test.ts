import { describe, expect, test } from "vitest";
import { collectUsage, periodBefore, summarizeUsage, type UsageCollection } from "../../cli/report/usage";
import { createOAuthApi } from "../../provider/api/genesys-cloud-api";
import type { Seed } from "../../simulator";
import { failureOf, startSimulatedApi } from "../api/support/simulated-api";
import { daysBefore, reportedIds, reportedOrganization } from "./support/reported-organization";

// The manual clock's own start.
const now = Date.parse("2026-01-15T12:00:00.000Z");
const period = periodBefore(now, 30);

const job = "/api/v2/usage/aggregates/query/jobs";

async function organization(usageQueries: Seed["usageQueries"] = {}) {
	const seed = reportedOrganization(now);
	const simulated = await startSimulatedApi({
		seed: { ...seed, usageQueries: { ...seed.usageQueries, ...usageQueries } },
	});
	const clientIds = (await simulated.api.getOauthClients()).entities.map(({ id }) => id);
	simulated.simulator.requests.clear();
	const told: string[] = [];
	const reasons: string[] = [];
	const questions: UsageCollection = {
		api: simulated.api,
		clock: simulated.ourClock,
		period,
		onProgress: (done, total) => told.push(`${done} of ${total}`),
		onFallback: (reason) => reasons.push(reason),
	};
	return { ...simulated, clientIds, questions, told, reasons };
}

/** Two calls or more for each client. */
const eachByItself = async () => organization({ apis: ["oauth"] });

test("a period ends yesterday, because today's usage isn't there", () => {
	expect(period).toEqual({ from: "2025-12-16", to: "2026-01-14", days: 30 });
	expect(periodBefore(Date.parse("2026-03-01T00:00:00Z"), 1)).toEqual({
		from: "2026-02-28",
		to: "2026-02-28",
		days: 1,
	});
});

test("all clients cost one job, whose pages hold the whole period by day and operation, and nothing before it", async () => {
	const { clientIds, questions, told, reasons, calls, simulator } = await organization({ rowsPerAnswer: 100 });
	const outcomes = await collectUsage(clientIds, questions);
	expect([...outcomes.keys()]).toEqual(clientIds);
	expect(calls()[0]).toBe(`POST ${job} 200`);
	expect(new Set(calls().slice(1))).toEqual(new Set([`GET ${job}/{jobId} 200`]));
	expect(told).toEqual(["11 of 11"]);
	expect(reasons).toEqual([]);
	const each = await eachByItself();
	const expected = await collectUsage(each.clientIds, each.questions);
	for (const [index, id] of clientIds.entries()) {
		expect(summarizeUsage(outcomes.get(id)!, period)).toEqual(
			summarizeUsage(expected.get(each.clientIds[index]!)!, period),
		);
	}
	expect(simulator.requests.count({ template: `${job}/{jobId}` })).toBeGreaterThan(2);
});

test.each([
	[90, 1],
	[365, 5],
])("a period of %i days costs %i jobs", async (days, jobs) => {
	const { clientIds, questions, calls } = await organization();
	const outcomes = await collectUsage(clientIds, { ...questions, period: periodBefore(now, days) });
	expect(calls().filter((call) => call === `POST ${job} 200`)).toHaveLength(jobs);
	expect(outcomes.get(reportedIds.crm)).toMatchObject({ complete: true });
});

describe("each client is asked about by itself, and that is said,", () => {
	const lacking = "the login lacks usage:organization:view, which allows one query for all clients";

	test("when the login lacks the permission", async () => {
		const { clientIds, questions, reasons, calls, simulator } = await organization();
		simulator.organization.dropPermissions(simulator.administrator.clientId, "usage:organization:view");
		const outcomes = await collectUsage(clientIds, questions);
		expect(reasons).toEqual([lacking]);
		expect(calls().filter((call) => call === "POST /clients/{clientId}/usage/query 200")).toHaveLength(11);
		expect(calls()).toHaveLength(23);
		expect([...outcomes.values()].filter((outcome) => "rows" in outcome)).toHaveLength(11);
	});

	test("by jobs where there is nothing else: today's usage operations are asked once", async () => {
		const { clientIds, questions, reasons, calls, simulator } = await organization({ apis: ["jobs"] });
		simulator.organization.dropPermissions(simulator.administrator.clientId, "usage:organization:view");
		const outcomes = await collectUsage(clientIds, questions);
		expect(reasons).toEqual([lacking]);
		expect(calls().filter((call) => call.endsWith("usage/query 404"))).toHaveLength(1);
		expect(calls().filter((call) => call.startsWith("POST /api/v2/usage/client/"))).toHaveLength(11);
		expect([...outcomes.values()].filter((outcome) => "rows" in outcome)).toHaveLength(11);
	});

	test("when there is no such job", async () => {
		const { clientIds, questions, reasons, calls } = await eachByItself();
		await collectUsage(clientIds, questions);
		expect(reasons).toEqual(["the API has no query for all clients"]);
		expect(calls()).toHaveLength(23);
	});

	test("when the job fails", async () => {
		const { clientIds, questions, reasons, simulator } = await organization();
		simulator.organization.failUsageQueries(1);
		const outcomes = await collectUsage(clientIds, questions);
		expect(reasons).toEqual([expect.stringMatching(/^the usage query for the organization failed in Genesys Cloud/)]);
		expect([...outcomes.values()].filter((outcome) => "rows" in outcome)).toHaveLength(11);
	});
});

test("each client costs two calls when the user wants today's usage operations, and each that is done is told of", async () => {
	const { clientIds, questions, told, reasons, calls, hosts, simulator } = await organization();
	const credentials = { ...simulator.administrator, source: "the test" };
	const api = createOAuthApi({ hosts, credentials, clock: questions.clock, usageApi: "oauth" });
	const outcomes = await collectUsage(clientIds, { ...questions, api });
	expect([...outcomes.keys()]).toEqual(clientIds);
	expect(calls().filter((call) => call === "POST /clients/{clientId}/usage/query 200")).toHaveLength(11);
	expect(calls()).toHaveLength(22);
	expect(told).toEqual(clientIds.map((_, index) => `${index + 1} of 11`));
	expect(reasons).toEqual([]);
});

test("the whole period is asked about, by day and operation, and nothing before it", async () => {
	const { questions } = await eachByItself();
	const outcomes = await collectUsage([reportedIds.unaccounted], questions);
	const outcome = outcomes.get(reportedIds.unaccounted);
	const rows = outcome && "rows" in outcome ? outcome.rows : [];
	expect(new Set(rows.map(({ templateUri }) => templateUri))).toEqual(
		new Set(["/api/v2/users", "/api/v2/neverheardof/things"]),
	);
	const days = [...new Set(rows.map(({ date = "" }) => date.slice(0, 10)))];
	expect(days).toHaveLength(30);
	expect([days[0], days.at(-1)]).toEqual([daysBefore(now, 30), daysBefore(now, 1)]);
});

test("a query that fails is that client's outcome, and the others go on", async () => {
	const { questions, clientIds, simulator } = await eachByItself();
	simulator.organization.failUsageQueries(1);
	const outcomes = await collectUsage(clientIds, questions);
	const failed = [...outcomes.values()].filter((outcome) => "error" in outcome);
	expect(failed).toEqual([
		{ error: expect.stringMatching(/^the usage query for OAuth client .* failed in Genesys Cloud \(/) },
	]);
	expect(outcomes.size).toBe(11);
});

const defect = async () => Promise.reject(new TypeError("a defect"));

test("a defect of our own is no outcome", async () => {
	const { questions } = await eachByItself();
	const { api } = questions;
	const broken = [
		{ ...api, postOauthClientUsageQuery: defect },
		{ ...api, postUsageAggregatesQueryJobs: defect },
	];
	for (const each of broken)
		expect(await failureOf(collectUsage(["c1"], { ...questions, api: each }))).toEqual(new TypeError("a defect"));
});

import { expect, test } from "vitest";
import { collectUsage, periodBefore } from "../../cli/report/usage";
import { ConnectionError } from "../../provider/api/errors";
import { startSimulatedApi } from "../api/support/simulated-api";
import { daysBefore, reportedIds, reportedOrganization } from "./support/reported-organization";

// The manual clock's own start.
const now = Date.parse("2026-01-15T12:00:00.000Z");
const period = periodBefore(now, 30);

async function organization() {
	const simulated = await startSimulatedApi({ seed: reportedOrganization(now) });
	const clientIds = (await simulated.api.getOauthClients()).entities.map(({ id }) => id);
	simulated.simulator.requests.clear();
	return { ...simulated, clientIds };
}

test("a period ends yesterday, because today's usage isn't there", () => {
	expect(period).toEqual({ from: "2025-12-16", to: "2026-01-14", days: 30 });
	expect(periodBefore(Date.parse("2026-03-01T00:00:00Z"), 1)).toEqual({
		from: "2026-02-28",
		to: "2026-02-28",
		days: 1,
	});
});

test("each client costs two calls, and every client that is done is told of", async () => {
	const { api, ourClock, clientIds, calls } = await organization();
	const told: string[] = [];
	const outcomes = await collectUsage(clientIds, {
		api,
		clock: ourClock,
		period,
		onProgress: (done, total) => told.push(`${done} of ${total}`),
	});
	expect([...outcomes.keys()]).toEqual(clientIds);
	expect(calls().filter((call) => call === "POST /clients/{clientId}/usage/query 200")).toHaveLength(11);
	expect(calls()).toHaveLength(22);
	expect(told).toEqual(clientIds.map((_, index) => `${index + 1} of 11`));
});

test("the whole period is asked about, by day and operation, and nothing before it", async () => {
	const { api, ourClock } = await organization();
	const outcomes = await collectUsage([reportedIds.unaccounted], {
		api,
		clock: ourClock,
		period,
		onProgress: () => {},
	});
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
	const { api, ourClock, clientIds, simulator } = await organization();
	simulator.organization.failUsageQueries(1);
	const outcomes = await collectUsage(clientIds, { api, clock: ourClock, period, onProgress: () => {} });
	const failed = [...outcomes.values()].filter((outcome) => "error" in outcome);
	expect(failed).toEqual([
		{ error: expect.stringMatching(/^the usage query for OAuth client .* failed in Genesys Cloud \(/) },
	]);
	expect(outcomes.size).toBe(11);
});

test("a defect of our own is no outcome", async () => {
	const { api, ourClock } = await organization();
	const broken = { ...api, postOauthClientUsageQuery: () => Promise.reject(new TypeError("a defect")) };
	const collecting = collectUsage(["c1"], { api: broken, clock: ourClock, period, onProgress: () => {} });
	await expect(collecting).rejects.not.toBeInstanceOf(ConnectionError);
	await expect(collecting).rejects.toThrow("a defect");
});

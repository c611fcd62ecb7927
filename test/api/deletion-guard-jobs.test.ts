import { describe, expect, test } from "vitest";
import type { Seed } from "../../simulator";
import { guarded, guardPaths, withGuarded } from "./support/guarded-client";
import { laterRun, startLifecycle } from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

describe("a guard in an organization that has usage jobs only", () => {
	const jobsOnly: Seed = { usageQueries: { apis: ["jobs"] } };

	test("lets a client go that made no request in the days that count", async () => {
		const { run, id, outs, uses } = await withGuarded({}, jobsOnly);
		uses("2026-01-07", 500);
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test.each([
		["2026-01-08", "the first day that counts"],
		["2026-01-14", "yesterday"],
	])("refuses one that made requests on %s, %s", async (day) => {
		const { run, id, outs, uses, writes } = await withGuarded({}, jobsOnly);
		uses(day, 20);
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toContain(`made 20 requests in the last 7 days, the last on ${day}, mostly GET /api/v2/users (20)`);
		expect(writes()).toEqual([]);
	});

	test("looks at all days where there are more than 90: no request is so old that it is missed", async () => {
		const { run, id, outs, uses, writes } = await withGuarded({ deletionGuard: { inUseWithinDays: 365 } }, jobsOnly);
		uses("2025-01-15", 1);
		expect((await failureOf(run.delete(id, outs))).message).toContain("made 1 requests in the last 365 days");
		expect(run.simulator.requests.count({ method: "POST", template: guardPaths.jobs })).toBe(5);
		expect(writes()).toEqual([]);
	});

	test("refuses when the rows of one of several periods aren't complete", async () => {
		const { run, id, outs, writes } = await withGuarded({ deletionGuard: { inUseWithinDays: 365 } }, jobsOnly);
		const body = { queryStatus: "Succeeded", entities: [], nextUri: "/x?after=a" };
		run.fault("GET", guardPaths.job, { kind: "status", status: 200, body, times: 2 });
		expect((await failureOf(run.delete(id, outs))).message).toContain("incomplete usage data");
		expect(writes()).toEqual([]);
	});

	test("looks at the server's days, however wrong this machine's clock is", async () => {
		const { run, id, outs, uses, writes } = await withGuarded({}, jobsOnly);
		uses("2026-01-14", 1);
		const late = laterRun(run, { clockAhead: -5 * 86_400_000, environment: { GENESYSCLOUD_USAGE_API: "jobs" } });
		expect((await failureOf(late.delete(id, outs))).message).toContain("made 1 requests");
		expect(writes()).toEqual([]);
	});

	test("lets a client go that is gone already", async () => {
		const { run, id, outs, writes } = await withGuarded({}, jobsOnly);
		run.simulator.organization.removeClient(id);
		await run.delete(id, outs);
		expect(writes()).toEqual([]);
	});

	test("refuses without the permission, and names it", async () => {
		const { run, id, outs, writes } = await withGuarded({}, jobsOnly);
		run.simulator.organization.dropPermissions(run.simulator.administrator.clientId, "usage:client:view");
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toContain("couldn't check whether the client is in use");
		expect(message).toContain("with a role that has usage:client:view (oauth:client:view isn't enough for usage jobs)");
		expect(message).toContain(`GENESYSCLOUD_ALLOW_DELETION=${id}`);
		expect(writes()).toEqual([]);
	});

	const failures: [string, method: "GET" | "POST", FaultKind][] = [
		["the job can't be started", "POST", { kind: "status", status: 503 }],
		["the job has no id", "POST", { kind: "status", status: 200, body: {} }],
		["the result is gone", "GET", { kind: "status", status: 404, code: "not.found" }],
		["the result has no status", "GET", { kind: "status", status: 202, body: {} }],
		["the job was cancelled", "GET", { kind: "status", status: 202, body: { queryStatus: "Cancelled" } }],
		[
			"there are more rows than the API gives",
			"GET",
			{ kind: "status", status: 200, times: "always", body: endlessJob() },
		],
	];
	test.each(failures)("refuses when %s", async (_, method, fault) => {
		const { run, id, outs, writes } = await withGuarded({}, jobsOnly);
		run.fault(method, method === "POST" ? guardPaths.jobs : guardPaths.job, fault);
		expect((await failureOf(run.delete(id, outs))).message).toContain("couldn't check whether the client is in use");
		expect(writes()).toEqual([]);
	});

	test("refuses when the job fails, and says why, or never ends", async () => {
		const failing = await withGuarded({}, jobsOnly);
		failing.run.simulator.organization.failUsageQueries();
		expect((await failureOf(failing.run.delete(failing.id, failing.outs))).message).toContain(
			"failed in Genesys Cloud (Failed, internal.server.error)",
		);
		const endlessly = await withGuarded({}, { usageQueries: { apis: ["jobs"], runningPolls: 100_000 } });
		expect((await failureOf(endlessly.run.delete(endlessly.id, endlessly.outs))).message).toContain(
			"didn't complete within 120 seconds",
		);
		expect([...failing.writes(), ...endlessly.writes()]).toEqual([]);
	});
});

test("GENESYSCLOUD_USAGE_API decides which usage API the guard asks, and so does the stack's configuration", async () => {
	const { run, id, outs, uses } = await withGuarded();
	uses("2026-01-13", 1);
	const asked = async (options: Parameters<typeof laterRun>[1]) => {
		run.simulator.requests.clear();
		await failureOf(laterRun(run, options).delete(id, outs));
		return run.calls()[0];
	};
	const [oauth, byJob] = ["GET /clients/{clientId}/usage/summary 202", `POST ${guardPaths.jobs} 202`];
	expect(await asked({})).toBe(oauth);
	expect(await asked({ environment: { GENESYSCLOUD_USAGE_API: "jobs" } })).toBe(byJob);
	expect(await asked({ config: { "genesyscloud:usageApi": "jobs" } })).toBe(byJob);
	run.simulator.organization.changeSettings({ usageQueries: { apis: ["jobs"] } });
	expect(await asked({ environment: { GENESYSCLOUD_USAGE_API: "oauth" } })).toBe(oauth.replace("202", "404"));
});

test("which usage API there is is found out once a run, however many clients are deleted", async () => {
	const run = await startLifecycle({ seed: { usageQueries: { apis: ["jobs"], runningPolls: 0 } } });
	const made = await Promise.all(
		["a", "b", "c"].map(async (name) => run.create({ ...guarded, name, allowSameName: true })),
	);
	run.simulator.requests.clear();
	await Promise.all(made.map(async ({ id, outs }) => run.delete(id, outs)));
	expect(run.simulator.requests.count({ method: "GET", template: guardPaths.summary })).toBe(1);
	expect(run.simulator.requests.count({ method: "POST", template: guardPaths.jobs })).toBe(3);
});

function endlessJob() {
	return { queryStatus: "Succeeded", entities: [{ requestCount: 0 }], nextUri: "/api/v2/x?after=there+is+more" };
}

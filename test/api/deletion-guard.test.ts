import { describe, expect, test } from "vitest";
import { clientOperations } from "../../provider/lifecycle/oauth-client/operations";
import { Session } from "../../provider/lifecycle/session";
import { absentId } from "./support/client-requests";
import { guarded, guardPaths, withGuarded } from "./support/guarded-client";
import { laterRun, ownerOf, startLifecycle, webApp } from "./support/lifecycle-run";
import { environmentFor } from "./support/simulator-connection";
import { type FaultKind, failureOf } from "./support/simulated-api";

describe("a guarded client", () => {
	test("that never made a request is deleted by the first run that wants it", async () => {
		const { run, id, outs } = await withGuarded();
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("that made requests before the days that count is deleted", async () => {
		const { run, id, outs, uses } = await withGuarded();
		uses("2026-01-07", 500);
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("in use stays as it is; the error has the last day, the count, the busiest operations and the override", async () => {
		const { run, id, outs, uses, writes } = await withGuarded();
		uses("2026-01-08", 1);
		uses("2026-01-12", 5, "/api/v2/conversations");
		uses("2026-01-13", 20);
		uses("2026-01-11", 4, "/api/v2/routing/queues");
		uses("2026-01-11", 3, "/api/v2/presence");
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toMatch(/[Ii]t made 33 requests in the last 7 days, the last on 2026-01-13/);
		expect(message).toContain("GET /api/v2/users (21), GET /api/v2/conversations (5), GET /api/v2/routing/queues (4)");
		expect(message).not.toContain("presence");
		expect(message).toContain(`GENESYSCLOUD_ALLOW_DELETION=${id}`);
		expect(message).not.toContain("\n");
		expect(writes()).toEqual([]);
	});

	test("in use names the integration credentials that contain it, where the API shows that", async () => {
		for (const [showsClientId, text] of [
			[
				true,
				/\. Integration credentials contain it: "CRM data actions" \(\S+\), one without a name \(\S+\)\. To delete/,
			],
			[false, /\(20\)\. To delete/],
		] as const) {
			const { run, id, outs, uses } = await withGuarded();
			uses("2026-01-13", 20);
			const { organization } = run.simulator;
			organization.changeSettings({ integrationCredentials: { showsClientId } });
			organization.addCredential({ name: "CRM data actions", fields: { clientId: id, clientSecret: "x" } });
			organization.addCredential({ fields: { clientId: id, clientSecret: "x" } });
			organization.addCredential({ name: "other", fields: { clientId: absentId, clientSecret: "x" } });
			organization.addCredential({ name: "basic", type: "basicAuth", fields: { userName: "u", password: "x" } });
			expect((await failureOf(run.delete(id, outs))).message).toMatch(text);
		}
	});

	test("whose requests all failed is in use all the same: somebody tries", async () => {
		const { run, id, outs, writes } = await withGuarded();
		run.simulator.organization.addUsage({
			clientId: id,
			date: "2026-01-13",
			templateUri: "/api/v2/users",
			httpMethod: "GET",
			status400: 9,
		});
		expect((await failureOf(run.delete(id, outs))).message).toContain("made 9 requests");
		expect(writes()).toEqual([]);
	});

	test("that is gone already is deleted: there is nothing left to guard", async () => {
		const { run, id, outs, writes } = await withGuarded();
		run.simulator.organization.removeClient(id);
		await run.delete(id, outs);
		expect(writes()).toEqual([]);
	});
});

describe("a guard that can't find out whether a client is in use refuses, with the override, when", () => {
	const summary: [string, FaultKind][] = [
		["the usage API is down", { kind: "status", status: 503, times: 5 }],
		["its permission is missing", { kind: "status", status: 403 }],
		["the connection is cut", { kind: "cut", times: 5 }],
		["the answer has nothing to ask for", { kind: "status", status: 200, body: {} }],
	];
	test.each(summary)("%s", async (_, fault) => {
		const { run, id, outs, writes } = await withGuarded();
		run.fault("GET", guardPaths.summary, fault);
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toContain("couldn't check whether the client is in use, so it wasn't deleted");
		expect(message).toContain(`GENESYSCLOUD_ALLOW_DELETION=${id}`);
		expect(message).not.toContain("\n");
		expect(writes()).toEqual([]);
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});

	const gone: [string, FaultKind][] = [
		["a page answers with 404", { kind: "html", status: 404 }],
		["the usage API is gone, with the vendor's own 404", { kind: "status", status: 404, code: "not.found" }],
		["the usage API is gone, with 410", { kind: "status", status: 410, code: "gone" }],
	];
	test.each(gone)("%s, and there are no usage jobs either", async (_, fault) => {
		const { run, id, outs, writes } = await withGuarded({}, { usageQueries: { apis: ["oauth"] } });
		run.fault("GET", guardPaths.summary, fault);
		const { message } = await failureOf(run.delete(id, outs));
		expect(message).toContain("couldn't check whether the client is in use");
		expect(message).toMatch(/get_oauth_client_usage_summary failed: 4(04|10)/);
		expect(writes()).toEqual([]);
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});

	const results: [string, FaultKind][] = [
		["the result is gone, with the vendor's own 404", { kind: "status", status: 404, code: "not.found" }],
		["the result has no status", { kind: "status", status: 200, body: {} }],
		["the result isn't JSON", { kind: "malformed" }],
		["there are more rows than the API gives", { kind: "status", status: 200, times: "always", body: endless() }],
	];
	test.each(results)("%s", async (_, fault) => {
		const { run, id, outs, writes } = await withGuarded();
		run.fault("GET", guardPaths.results, fault);
		expect((await failureOf(run.delete(id, outs))).message).toContain(
			"couldn't check whether the client is in use, so it wasn't deleted",
		);
		expect(writes()).toEqual([]);
	});

	test("the query fails", async () => {
		const { run, id, outs, writes } = await withGuarded();
		run.simulator.organization.failUsageQueries();
		expect((await failureOf(run.delete(id, outs))).message).toContain("failed in Genesys Cloud (");
		expect(writes()).toEqual([]);
	});

	test("the query never ends", async () => {
		const { run, id, outs, writes } = await withGuarded({}, { usageQueries: { runningPolls: 100_000 } });
		expect((await failureOf(run.delete(id, outs))).message).toContain("didn't complete within 120 seconds");
		expect(writes()).toEqual([]);
	});
});

test("rows without a sum count by their statuses: a sum that isn't there is no proof of idleness", async () => {
	const { run, id, outs, writes } = await withGuarded();
	const body = { queryStatus: "Complete", results: [{ clientId: id, date: "2026-01-13", status200: 6, status400: 2 }] };
	run.fault("GET", guardPaths.results, { kind: "status", status: 200, body });
	expect((await failureOf(run.delete(id, outs))).message).toContain("made 8 requests");
	expect(writes()).toEqual([]);
});

test("the replacement of a client that is gone already is refused by no guard", async () => {
	const { run, id, outs } = await withGuarded();
	const session = new Session({
		clock: run.ourClock,
		environment: environmentFor(run.simulator),
		say: (line) => run.notices.push(line),
	});
	const lifecycle = clientOperations(session);
	const { inputs } = await lifecycle.check(ownerOf("app"), {}, { ...webApp, deletionGuard: guarded["deletionGuard"] });
	run.simulator.organization.removeClient(id);
	expect((await lifecycle.diff(ownerOf("app"), id, outs, inputs)).replaces).toEqual(["authorizedGrantType"]);
	expect(run.calls()).toContain("GET /clients/{clientId} 404");
});

test("rows without a date count, and name no last day", async () => {
	const { run, id, outs, writes } = await withGuarded();
	const body = { queryStatus: "Complete", results: [{ clientId: id, status200: 6 }] };
	run.fault("GET", guardPaths.results, { kind: "status", status: 200, body });
	const { message } = await failureOf(run.delete(id, outs));
	expect(message).toMatch(/made 6 requests in the last 7 days, mostly/);
	expect(writes()).toEqual([]);
});

describe("the override", () => {
	test.each<[string, (id: string) => Parameters<typeof laterRun>[1]]>([
		["in the environment", (id) => ({ environment: { GENESYSCLOUD_ALLOW_DELETION: id } })],
		["in the configuration", (id) => ({ config: { "genesyscloud:allowDeletion": id } })],
		["among others", (id) => ({ environment: { GENESYSCLOUD_ALLOW_DELETION: ` ${absentId} , ${id} ` } })],
	])("%s deletes a client in use, asks for no usage, and is told", async (_, options) => {
		const { run, id, outs, uses } = await withGuarded();
		uses("2026-01-13", 1);
		const allowed = laterRun(run, options(id));
		await allowed.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
		expect(run.calls().filter((call) => call.includes("usage"))).toEqual([]);
		expect(allowed.notices.join()).toMatch(/is overridden by .*allow_?deletion/i);
	});

	test.each(["*", "true", "all", absentId, "", " , "])("%j allows nothing", async (value) => {
		const { run, id, outs, uses } = await withGuarded();
		uses("2026-01-13", 1);
		const other = laterRun(run, { environment: { GENESYSCLOUD_ALLOW_DELETION: value } });
		await failureOf(other.delete(id, outs));
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});
});

describe('deletion: "deactivate"', () => {
	const retiring = { ...webApp, deletion: "deactivate" };

	test("makes the client inactive, deletes nothing, and says how to bring it back; that works", async () => {
		const run = await startLifecycle();
		const { id, outs } = await run.create(retiring);
		run.simulator.requests.clear();
		await run.delete(id, outs);
		expect(run.calls()).toEqual(["GET /clients/{clientId} 200", "PUT /clients/{clientId} 200"]);
		expect(run.simulator.organization.client(id)).toMatchObject({ state: "inactive", name: "Agent desktop" });
		expect(run.notices.join()).toContain(`adopt: { clientId: "${id}" } restores it`);
		const back = await laterRun(run).create({ ...retiring, adopt: { clientId: id } });
		expect(back.id).toBe(id);
		expect(run.simulator.organization.client(id)?.state).toBe("active");
	});

	test("of a client that is inactive already sends nothing", async () => {
		const run = await startLifecycle();
		const { id, outs } = await run.create({ ...retiring, state: "inactive" });
		run.simulator.requests.clear();
		await run.delete(id, outs);
		expect(run.calls()).toEqual([]);
		expect(run.simulator.organization.client(id)).toMatchObject({ state: "inactive" });
	});

	test("is guarded too", async () => {
		const { run, id, outs, uses, writes } = await withGuarded({ deletion: "deactivate" });
		uses("2026-01-14", 2);
		await failureOf(run.delete(id, outs));
		expect(writes()).toEqual([]);
	});

	test("of a client that is gone is success", async () => {
		const run = await startLifecycle();
		const { id, outs } = await run.create(retiring);
		run.simulator.organization.removeClient(id);
		await run.delete(id, outs);
		expect(run.simulator.organization.clients()).toEqual([]);
	});
});

test("a client that is gone in an organization that isn't its own is kept in state", async () => {
	const { run, id, outs } = await withGuarded({ deletionGuard: undefined });
	const elsewhere = await startLifecycle({ seed: { divisions: [{ id: absentId, name: "Home", home: true }] } });
	const { message } = await failureOf(elsewhere.delete(id, outs));
	expect(message).toContain("Check the region and the credentials");
	expect(run.simulator.organization.client(id)?.state).toBe("active");
});

function endless() {
	return { queryStatus: "Complete", results: [{ requests: 0 }], cursors: { after: "there is more" } };
}

import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import { service, startLifecycle, webApp } from "./support/lifecycle-run";
import { type FaultKind, failureOf } from "./support/simulated-api";

describe("create", () => {
	test("is one POST after one list of the clients, and hands out a secret that works", async () => {
		const run = await startLifecycle();
		const { id, outs } = await run.create(webApp);
		expect(run.calls()).toEqual(["GET /clients 200", "POST /clients 200"]);
		expect(run.logins()).toBe(1);
		expect(run.simulator.organization.checkSecret(id, outs["clientSecret"] as string)).toBe(true);
		expect(outs).toMatchObject({
			clientId: id,
			scope: ["routing", "users:readonly"],
			registeredRedirectUri: ["https://a.example.com/cb", "https://b.example.com/cb"],
			declared: ["scope", "registeredRedirectUri"],
			state: "active",
		});
		expect(run.diff(outs, webApp)).toMatchObject({ changes: false });
	});

	test("of a TOKEN client, which has no secret, gives an empty one", async () => {
		const run = await startLifecycle();
		const { outs } = await run.create({ ...webApp, authorizedGrantType: "TOKEN" });
		expect(outs["clientSecret"]).toBe("");
	});

	test("gives a role without division the home division", async () => {
		const run = await startLifecycle();
		const { id, outs } = await run.create(service);
		const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];
		expect(run.simulator.organization.client(id)?.roleDivisions).toEqual(roleDivisions);
		expect(outs).toMatchObject({ roleDivisions, homeDivisionId: DIVISION_IDS.home });
		expect(run.diff(outs, service)).toMatchObject({ changes: false });
	});

	test("asks for no home division when every role has one of its own", async () => {
		const run = await startLifecycle();
		const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support }];
		const { outs } = await run.create({ ...service, roleDivisions });
		expect(run.calls()).toEqual(["GET /clients 200", "POST /clients 200"]);
		expect(outs).not.toHaveProperty("homeDivisionId");
	});

	test("makes nothing when the home division can't be had", async () => {
		const run = await startLifecycle();
		run.fault("GET", paths.home, { kind: "status", status: 403 });
		expect(await failureOf(run.create(service))).toMatchObject({ name: "PermissionError" });
		expect(run.calls()).toEqual(["GET /api/v2/authorization/divisions/home 403"]);
	});

	test("of an inactive client is a POST and a PUT", async () => {
		const run = await startLifecycle();
		const program = { ...webApp, state: "inactive" };
		const { id, outs } = await run.create(program);
		expect(run.calls()).toEqual(["GET /clients 200", "POST /clients 200", "PUT /clients/{clientId} 200"]);
		expect(run.simulator.organization.client(id)?.state).toBe("inactive");
		expect(outs["state"]).toBe("inactive");
		expect(run.simulator.organization.checkSecret(id, outs["clientSecret"] as string)).toBe(true);
		expect(run.diff(outs, program)).toMatchObject({ changes: false });
	});

	test("of an inactive client keeps the fields that the POST answered and nobody knows", async () => {
		const run = await startLifecycle({ seed: { extraProperties: ["allowedIps"] } });
		const made = { id: absentId, name: "n", authorizedGrantType: "CODE" } as const;
		const body = { ...made, secret: "s", allowedIps: ["10.0.0.0/8"] };
		run.fault("POST", paths.clients, { kind: "status", status: 200, body });
		run.simulator.organization.addClient({ ...made, scope: ["users"] });
		const { outs } = await run.create({ ...webApp, state: "inactive", allowSameName: true });
		expect(run.simulator.organization.client(absentId)?.extra).toEqual({ allowedIps: ["10.0.0.0/8"] });
		expect(outs["unmanagedSettings"]).toEqual({ allowedIps: ["10.0.0.0/8"] });
	});
});

describe("a failure after the POST", () => {
	const program = { ...service, state: "inactive" };
	const faults: [string, FaultKind][] = [
		["a refusal", { kind: "status", status: 400, code: "bad.client.role" }],
		["five 503s", { kind: "status", status: 503, times: 5 }],
		["cuts", { kind: "cut", times: 5 }],
		["an answer that can't be read", { kind: "malformed" }],
		["a missing permission", { kind: "status", status: 403 }],
		["a client that is gone", { kind: "status", status: 404, code: "client.not.found" }],
	];
	test.each(faults)("by %s carries id and secret; the next update finishes", async (_, fault) => {
		const run = await startLifecycle();
		run.fault("PUT", paths.client, fault);
		const failure = await failureOf<PartialFailure>(run.create(program));
		const [made] = run.simulator.organization.clients();
		if (made === undefined) throw new Error("no client was made");
		const { properties } = failure;
		expect(failure.id).toBe(made.id);
		expect(properties).toMatchObject({ clientId: made.id });
		const secret = properties["clientSecret"] as string;
		expect(run.simulator.organization.checkSecret(made.id, secret)).toBe(true);
		expect(failure.reasons).toEqual([failure.message]);
		expect(`${failure.message}${failure.stack}`).not.toContain(secret);
		expect(failure.message).not.toContain("\n");

		expect(run.diff(properties, program).changes).toBe(true);
		const outs = await run.update(made.id, properties, program);
		expect(run.simulator.organization.client(made.id)?.state).toBe("inactive");
		expect(outs["clientSecret"]).toBe(secret);
		expect(run.diff(outs, program).changes).toBe(false);
	});

	test.each<[string, object]>([
		["a list that is none", { scope: "users" }],
		["a role that is null", { roleDivisions: [null] }],
		["odd roles", { roleIds: 5 }],
	])("by %s in the answer keeps the client and its secret too, and the next update finishes", async (_, odd) => {
		const run = await startLifecycle();
		const declared = { ...webApp, allowSameName: true };
		const { client } = run.simulator.organization.addClient({
			name: "made",
			authorizedGrantType: "CODE",
			scope: ["x"],
		});
		const body = { id: client.id, name: "made", authorizedGrantType: "CODE", secret: "the-only-copy", ...odd };
		run.fault("POST", paths.clients, { kind: "status", status: 200, body });
		const failure = await failureOf<PartialFailure>(run.create(declared));
		expect(failure.id).toBe(client.id);
		expect(failure.properties).toMatchObject({
			clientId: client.id,
			clientSecret: "the-only-copy",
			declared: ["scope", "registeredRedirectUri"],
		});
		expect(run.diff(failure.properties, declared)).toMatchObject({ changes: true, replaces: [] });
		const outs = await run.update(client.id, failure.properties, declared);
		expect(outs).toMatchObject({ clientSecret: "the-only-copy", name: "Agent desktop" });
		expect(run.diff(outs, declared).changes).toBe(false);
	});
});

describe("a POST that may have acted", () => {
	const lost: [string, FaultKind][] = [
		["a cut after it", { kind: "cut", when: "after" }],
		["an answer that can't be read", { kind: "malformed", when: "after" }],
		["a 500", { kind: "status", status: 500, when: "after" }],
		["a gateway's 502", { kind: "html", when: "after" }],
		["a 503", { kind: "status", status: 503, when: "after" }],
		["a 504", { kind: "status", status: 504, when: "after" }],
		["a 408", { kind: "status", status: 408, when: "after" }],
	];
	test.each(lost)("by %s is not repeated: its client is found, and gets a new secret", async (_, fault) => {
		const run = await startLifecycle();
		run.fault("POST", paths.clients, fault);
		const { id, outs } = await run.create(webApp);
		expect(run.simulator.requests.count({ method: "POST", template: paths.clients })).toBe(1);
		expect(run.simulator.organization.clients().map((client) => client.id)).toEqual([id]);
		expect(run.simulator.organization.checkSecret(id, outs["clientSecret"] as string)).toBe(true);
		expect(run.diff(outs, webApp).changes).toBe(false);
		expect(run.notices.join()).toContain(
			`(${id}): the create request got no response, but the client was created; its secret will be rotated`,
		);
		expect(run.notices.join()).not.toContain(outs["clientSecret"]);
	});

	test.each<[string, FaultKind]>([
		["a cut before it", { kind: "cut" }],
		["a 503", { kind: "status", status: 503 }],
	])("but hasn't, by %s, leaves nothing behind: the error says to run again", async (_, fault) => {
		const run = await startLifecycle();
		run.fault("POST", paths.clients, fault);
		const { message } = await failureOf(run.create(webApp));
		expect(message).toContain('No client named "Agent desktop" is visible yet');
		expect(message).not.toContain("\n");
		expect(run.simulator.requests.count({ method: "POST", kind: "api" })).toBe(1);
		expect(run.simulator.organization.clients()).toEqual([]);
	});

	test("and whose client can't be looked for names the client to look for", async () => {
		const run = await startLifecycle();
		run.fault("POST", paths.clients, { kind: "cut", when: "after" });
		run.fault("GET", paths.clients, { kind: "status", status: 403, skip: 1 });
		const { message } = await failureOf(run.create(webApp));
		expect(message).toContain('look for a new client named "Agent desktop"');
		expect(message).not.toContain("\n");
	});

	test.each<[string, FaultKind]>([
		["a refusal", { kind: "status", status: 400, code: "auth.too.many.clients" }],
		["a missing permission", { kind: "status", status: 403 }],
		["the rate limit", { kind: "status", status: 429, retryAfterSeconds: 3600 }],
	])("is told from %s: nobody is sent to look for a client that can't be there", async (_, fault) => {
		const run = await startLifecycle();
		run.fault("POST", paths.clients, fault);
		expect((await failureOf(run.create(webApp))).message).not.toContain("look for");
		expect(run.simulator.requests.count({ method: "GET" })).toBe(1);
	});

	test("is told from a login that failed", async () => {
		const run = await startLifecycle();
		run.fault("POST", paths.login, { kind: "cut", times: "always" });
		const failure = await failureOf(run.create(webApp));
		expect(failure.message).toContain("login");
		expect(failure.message).not.toContain("look for");
		expect(run.calls()).toEqual([]);
	});
});

test("forty clients at once: one login, one list, one look-up of the home division, one POST each", async () => {
	const run = await startLifecycle();
	const names = Array.from({ length: 40 }, (_, index) => `client ${index}`);
	await Promise.all(names.map(async (name) => run.create({ ...service, name })));
	expect(run.simulator.requests.count({ template: paths.home })).toBe(1);
	expect(run.simulator.requests.count({ method: "GET", template: paths.clients })).toBe(1);
	expect(run.logins()).toBe(1);
	expect(run.simulator.requests.count({ method: "POST", template: paths.clients })).toBe(40);
	expect(
		run.simulator.organization
			.clients()
			.map(({ name }) => name)
			.toSorted(),
	).toEqual(names.toSorted());
});

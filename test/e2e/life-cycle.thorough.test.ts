import { describe, expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const post = "POST /api/v2/oauth/clients";
const list = "GET /api/v2/oauth/clients";
const get = "GET /api/v2/oauth/clients/{clientId}";
const put = "PUT /api/v2/oauth/clients/{clientId}";
const del = "DELETE /api/v2/oauth/clients/{clientId}";
const home = "GET /api/v2/authorization/divisions/home";

test("a refresh never takes a missing permission, a 404 that isn't the vendor's, or a fault of the server for a deleted client", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = (await stack.outputs())["app"];
	for (const fault of [
		{ kind: "status", status: 403, code: "missing.any.permissions" },
		{ kind: "html", status: 404 },
		{ kind: "status", status: 500 },
	] as const) {
		const path = "/api/v2/oauth/clients/{clientId}";
		stack.simulator.faults.add({ method: "GET", path, times: "always", ...fault });
		expect(await stack.fails("refresh")).toContain("get_oauth_client failed");
		stack.simulator.faults.clear();
		expect((await stack.outputs())["app"]).toEqual(before);
	}
});

test("refresh finds nothing where nothing has changed, and costs one GET a client", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp(), service: service({ roleDivisions: [{ roleId: ROLE_IDS.employee }] }) });
	await stack.run("up");
	expect((await stack.run("refresh", "--expect-no-changes")).calls).toEqual([login, get, get]);
	expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
});

test("create of an inactive client makes it active first, since the API takes no other way; its deletion costs one call", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp({ state: "inactive" }) });
	expect((await stack.run("up")).calls).toEqual([login, list, post, put]);
	expect(stack.simulator.organization.clients()[0]?.state).toBe("inactive");
	expect((await stack.run("destroy")).calls).toEqual([login, del]);
});

test("destroy succeeds when the client is already gone", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	stack.simulator.organization.removeClient(stack.simulator.organization.clients()[0]!.id);
	expect((await stack.run("destroy")).calls).toEqual([login, put, list]);
});

test("create grants a role without a division in the home division, looked up once for all clients", async () => {
	const stack = await startStack();
	const roleDivisions = [{ roleId: ROLE_IDS.employee }];
	stack.declare({
		one: service({ roleDivisions }),
		two: service({ roleDivisions }),
		three: service({ roleDivisions }),
	});
	const { calls } = await stack.run("up");
	expect(calls.toSorted()).toEqual([home, login, list, post, post, post].toSorted());
	for (const client of stack.simulator.organization.clients()) {
		expect(client.roleDivisions).toEqual([{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }]);
	}
});

describe("an unchanged program", () => {
	test("costs no call at all: not in up, not in preview, not with sets in another order", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp({ scope: ["users", "analytics", "routing"] }), service: service() });
		await stack.run("up");
		expect((await stack.run("preview", "--expect-no-changes")).calls).toEqual([]);
		stack.declare({ app: webApp({ scope: ["routing", "users", "analytics", "users"] }), service: service() });
		expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
	});
});

describe("OAuthClient.get", () => {
	test("fails for a client that isn't there", async () => {
		const stack = await startStack();
		stack.declare({ theirs: { args: {}, opts: { get: "00000000-0000-4000-8000-000000000000" } } });
		expect(await stack.fails("up")).toContain("no OAuth client has the id 00000000-0000-4000-8000-000000000000");
	});
});

test("refresh finds that somebody deleted a client; the next up makes a new one", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = (await stack.outputs())["app"]!;
	stack.simulator.organization.removeClient(before.id);
	stack.declare({ app: webApp({ description: "Changed" }) });
	const output = await stack.fails("up");
	expect(output).toContain("get_oauth_client failed: 404 client.not.found");
	// It was made a moment ago.
	expect(output).toContain("it may not be visible yet: run again in a minute");
	await stack.run("refresh");
	expect(await stack.resource("app")).toBeUndefined();
	expect((await stack.run("up")).calls).toEqual([login, list, post]);
	const after = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.checkSecret(after.id, after.secret)).toBe(true);
});

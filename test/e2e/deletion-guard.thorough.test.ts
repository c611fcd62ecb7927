import { expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { guarded, makeClientInUse } from "./support/guarded-client";

const startStack = eachStack();

const put = "PUT /api/v2/oauth/clients/{clientId}";

test("a client that isn't in use is deleted", async () => {
	const stack = await startStack();
	stack.declare({ service: guarded() });
	await stack.run("up");
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("a client whose use can't be found out isn't deleted", async () => {
	const stack = await startStack();
	stack.declare({ service: guarded() });
	await stack.run("up");
	stack.simulator.faults.add({
		kind: "status",
		method: "GET",
		path: "/api/v2/oauth/clients/{clientId}/usage/summary",
		status: 403,
		times: "always",
	});
	const output = await stack.fails("destroy");
	expect(output).toContain("couldn't check whether the client is in use, so it wasn't deleted");
	expect(output).toContain("GENESYSCLOUD_ALLOW_DELETION=");
	expect(stack.simulator.organization.clients()).toHaveLength(1);
});

test("a refresh of a guarded client in use finds a changed grant; only the replacement is refused", async () => {
	const stack = await startStack();
	const id = await makeClientInUse(stack);
	stack.simulator.organization.changeClient(id, { authorizedGrantType: "CODE", scope: ["users"] });
	await stack.run("refresh");
	expect(await stack.fails("preview")).toContain("the client is in use, so it wasn't deleted");
});

test("a guard that is added to a client is applied by an up without a call", async () => {
	const stack = await startStack();
	stack.declare({ service: service() });
	await stack.run("up");
	stack.declare({ service: guarded() });
	expect((await stack.run("up")).calls).toEqual([]);
	expect((await stack.resource("service"))?.outputs?.["deletionGuard"]).toEqual({ inUseWithinDays: 7 });
});

test("a client in use isn't deleted: the error tells when, how many, the busiest operations, and the override, which deletes it", async () => {
	const stack = await startStack();
	const id = await makeClientInUse(stack);
	const output = await stack.fails("destroy");
	expect(output).toContain("it made 42 requests in the last 7 days");
	expect(output).toMatch(/the last on \d{4}-\d{2}-\d{2}/);
	expect(output).toContain("GET /api/v2/users (40), GET /api/v2/routing/queues (2)");
	expect(output).toContain(`GENESYSCLOUD_ALLOW_DELETION=${id}`);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "active" }]);

	stack.environment["GENESYSCLOUD_ALLOW_DELETION"] = `another-id, ${id}`;
	const overridden = await stack.run("destroy");
	expect(overridden.output).toContain("is overridden by the environment variable GENESYSCLOUD_ALLOW_DELETION");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("deletion: deactivate leaves the client inactive, and adopting it brings it back", async () => {
	const stack = await startStack();
	stack.declare({ service: service({ deletion: "deactivate" }) });
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["service"]!;
	const destroyed = await stack.run("destroy");
	expect(destroyed.calls).toEqual(["POST /oauth/token", put.replace("PUT", "GET"), put]);
	expect(destroyed.output).toContain(`adopt: { clientId: "${id}" } restores it`);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "inactive" }]);

	stack.declare({ service: service({ deletion: "deactivate", adopt: { clientId: id } }) });
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "active" }]);
	expect(await stack.canLogIn(id, secret)).toBe(true);
});

test("a replacement of a client in use is refused in the preview already, before a new client is made", async () => {
	const stack = await startStack();
	const id = await makeClientInUse(stack);
	stack.declare({ service: webApp({ deletionGuard: { inUseWithinDays: 7 } }) });
	for (const command of ["preview", "up"] as const) {
		expect(await stack.fails(command)).toContain("the client is in use, so it wasn't deleted");
	}
	expect(stack.simulator.organization.clients()).toMatchObject([{ id }]);
});

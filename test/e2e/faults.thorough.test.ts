import { expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const clients = "/api/v2/oauth/clients";
const client = `${clients}/{clientId}`;

test("an adoption whose new secret is lost twice keeps the client, and the next up gives it a secret that logs in", async () => {
	const stack = await startStack();
	const { client: made } = stack.simulator.organization.addClient({ ...service().args, name: "Service" });
	stack.declare({ app: service({ adopt: { clientId: made.id, rotateSecret: true } }) });
	stack.simulator.faults.add({ method: "POST", path: `${client}/secret`, kind: "cut", when: "after", times: 2 });
	expect(await stack.fails("up")).toContain("the next pulumi up rotates it again");
	expect((await stack.resource("app"))?.id).toBe(made.id);

	await stack.run("up");
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.clients()).toMatchObject([{ id: made.id }]);
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
});

test("a POST that acts when the run is long over is asked about by the next up, and taken over by the one after it", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp({ timeouts: { create: 10 } }) });
	stack.simulator.faults.add({ kind: "hang", method: "POST", path: clients });
	expect(await stack.fails("up")).toContain("is visible yet: run pulumi up again in a minute");
	expect(stack.simulator.organization.clients()).toEqual([]);
	stack.simulator.faults.release();

	const [, left] = /GENESYSCLOUD_TAKE_OVER=([\w-]+)/.exec(await stack.fails("up")) ?? [];
	expect(stack.simulator.organization.clients()).toMatchObject([{ id: left }]);
	stack.environment["GENESYSCLOUD_TAKE_OVER"] = left;
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.clients()).toMatchObject([{ id }]);
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	await stack.run("up", "--expect-no-changes");
});

test("a replaced client whose deletion is refused, and then meets a 404 that isn't true, stays in state until an up deletes it", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	stack.declare({ app: service() });
	for (const [fault, says] of [
		[{ kind: "status", status: 403, code: "missing.any.permissions" }, "403 missing.any.permissions"],
		[{ kind: "status", status: 404, code: "client.not.found" }, "so it was kept in state; run again"],
	] as const) {
		stack.simulator.faults.add({ method: "DELETE", path: client, ...fault });
		expect(await stack.fails("up")).toContain(says);
		expect(stack.simulator.organization.clients()).toMatchObject([{ state: "active" }, { state: "active" }]);
	}

	await stack.run("up");
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, name: "Service" }]);
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	expect(stack.simulator.requests.count({ method: "POST", template: clients })).toBe(2);
});

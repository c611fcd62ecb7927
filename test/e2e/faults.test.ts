import { expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const clients = "/api/v2/oauth/clients";
const client = `${clients}/{clientId}`;

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
		expect(stack.simulator.organization.clients()).toMatchObject([{ state: "inactive" }, { state: "active" }]);
	}

	await stack.run("up");
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, name: "Service" }]);
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	expect(stack.simulator.requests.count({ method: "POST", template: clients })).toBe(2);
});

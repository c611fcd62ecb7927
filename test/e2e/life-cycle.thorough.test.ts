import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

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

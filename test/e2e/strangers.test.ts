import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const get = "GET /api/v2/oauth/clients/{clientId}";

test("a client deleted outside is looked for in the list too before its secret is forgotten", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = await stack.outputs();
	stack.simulator.faults.add({
		kind: "status",
		method: "GET",
		path: "/api/v2/oauth/clients/{clientId}",
		status: 404,
		code: "client.not.found",
	});
	expect(await stack.fails("refresh")).toContain("the client is still listed, so it was kept in state");
	expect(await stack.outputs()).toEqual(before);

	stack.simulator.organization.removeClient(before["app"]!.id);
	const gone = await stack.run("refresh");
	expect(gone.calls).toEqual([login, get, "GET /api/v2/oauth/clients"]);
	expect(gone.output).toContain("was deleted outside Pulumi");
	expect(await stack.resource("app")).toBeUndefined();
});

import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const get = "GET /api/v2/oauth/clients/{clientId}";

test("a client that support disabled is reported, and no PUT is sent that would fail", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const { id } = (await stack.outputs())["app"]!;
	stack.simulator.organization.disableClient(id);
	expect((await stack.run("refresh")).output).toContain("is disabled by Genesys Cloud's support");
	const up = await stack.run("up");
	expect(up.calls).toEqual([]);
	expect(up.output).toContain("is disabled by Genesys Cloud's support");

	stack.declare({ app: webApp({ description: "Changed" }) });
	const before = stack.simulator.requests.count();
	expect(await stack.fails("up")).toContain("nothing was changed");
	expect(stack.callsSince(before)).toEqual([]);
});

test("a client marked for deletion is reported, and the next up brings it back with its secret", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = (await stack.outputs())["app"]!;
	const dateToDelete = new Date(Date.now() + 5 * 86_400_000).toISOString();
	stack.simulator.organization.changeClient(before.id, { state: "inactive", dateToDelete });
	expect((await stack.run("refresh")).output).toContain(`is marked for deletion on ${dateToDelete.slice(0, 10)}`);
	expect((await stack.run("preview")).output).toContain("pulumi up makes it active again");
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toMatchObject([{ id: before.id, state: "active" }]);
	expect((await stack.outputs())["app"]).toEqual(before);
});

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
	expect(await stack.fails("refresh")).toContain("stands in the list of clients: it is kept in state");
	expect(await stack.outputs()).toEqual(before);

	stack.simulator.organization.removeClient(before["app"]!.id);
	const gone = await stack.run("refresh");
	expect(gone.calls).toEqual([login, get, "GET /api/v2/oauth/clients"]);
	expect(gone.output).toContain("was deleted outside Pulumi");
	expect(await stack.resource("app")).toBeUndefined();
});

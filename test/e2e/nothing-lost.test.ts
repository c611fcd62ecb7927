import { expect, test } from "vitest";
import type { ClientSeed } from "../../simulator";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const clientPath = "/api/v2/oauth/clients/{clientId}";

/** A create that fails after its POST: the client is to be inactive, and the PUT for that is refused. */
async function halfMade(): Promise<TestStack> {
	const stack = await startStack();
	stack.declare({ app: webApp({ state: "inactive" }) });
	stack.simulator.faults.add({
		kind: "status",
		method: "PUT",
		path: clientPath,
		status: 403,
		code: "missing.any.permissions",
	});
	const output = await stack.fails("up");
	expect(output).toContain("put_oauth_client failed: 403");
	expect(output).toContain("run pulumi up again to finish");
	return stack;
}

test("a create that fails after the POST keeps the client, and the next up finishes it without a second POST", async () => {
	const stack = await halfMade();
	const [made] = stack.simulator.organization.clients();
	const kept = await stack.resource("app");
	expect(kept).toMatchObject({ id: made!.id, initErrors: [expect.stringContaining(made!.id)] });
	expect(kept?.outputs?.["__provider"]).toBe(kept?.inputs?.["__provider"]);

	const { calls } = await stack.run("up");
	expect(calls).toEqual(["POST /oauth/token", `PUT ${clientPath}`]);
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(id).toBe(made!.id);
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	expect(stack.simulator.organization.clients()).toMatchObject([{ state: "inactive" }]);
	expect((await stack.resource("app"))?.initErrors).toBeUndefined();
});

test("a half-made client survives a refresh with its secret, and is then finished", async () => {
	const stack = await halfMade();
	await stack.run("refresh");
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "inactive" }]);
});

test("a half-made client can be destroyed", async () => {
	const stack = await halfMade();
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("a half-made client that leaves the program is deleted", async () => {
	const stack = await halfMade();
	stack.declare({});
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test.each([
	["is cut off", { kind: "cut", when: "after" }],
	["is a gateway's 504", { kind: "status", status: 504, when: "after" }],
	["is a proxy's page", { kind: "html", status: 200, when: "after" }],
	["isn't JSON", { kind: "malformed", when: "after" }],
] as const)(
	"a client whose POST's answer %s is found, taken and given a new secret, without a second POST",
	async (_, fault) => {
		const stack = await startStack();
		stack.declare({ app: webApp() });
		// A namesake that was there before is never taken for it.
		const { client: older } = stack.simulator.organization.addClient({
			...webApp().args,
			dateCreated: "2026-01-01T00:00:00.000Z",
		} as ClientSeed);
		stack.simulator.faults.add({ method: "POST", path: "/api/v2/oauth/clients", ...fault });
		const { output } = await stack.run("up");
		expect(output).toContain("was lost, but the client was made");
		expect(stack.simulator.requests.count({ method: "POST", template: "/api/v2/oauth/clients" })).toBe(1);
		const { id, secret } = (await stack.outputs())["app"]!;
		expect(id).not.toBe(older.id);
		expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
		expect(stack.simulator.organization.clients()).toHaveLength(2);
		await stack.run("up", "--expect-no-changes");
	},
);

test("a POST that was cut off before it arrived isn't repeated; the next up makes the client", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	stack.simulator.faults.add({ kind: "cut", method: "POST", path: "/api/v2/oauth/clients", when: "before" });
	expect(await stack.fails("up")).toContain("so it wasn't made; run pulumi up again");
	expect(stack.simulator.requests.count({ method: "POST", template: "/api/v2/oauth/clients" })).toBe(1);
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toHaveLength(1);
});

test("an operation that takes longer than its timeout ends, and what it made is found", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp({ timeouts: { create: 5 } }) });
	stack.simulator.faults.add({ kind: "hang", method: "POST", path: "/api/v2/oauth/clients", when: "after" });
	const { output } = await stack.run("up");
	expect(output).toContain("was lost, but the client was made");
	expect(stack.simulator.organization.clients()).toHaveLength(1);
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
});

test("an update that fails leaves state as it was, and the next up does it", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = (await stack.outputs())["app"];
	stack.declare({ app: webApp({ description: "Changed" }) });
	stack.simulator.faults.add({ kind: "status", method: "PUT", path: clientPath, status: 403 });
	await stack.fails("up");
	expect((await stack.outputs())["app"]).toEqual(before);
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toMatchObject([{ description: "Changed" }]);
	expect((await stack.outputs())["app"]).toEqual(before);
});

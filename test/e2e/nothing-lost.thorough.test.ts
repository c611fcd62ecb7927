import { expect, test } from "vitest";
import { makeHalf, makeUnanswered } from "./support/broken-creates";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const clientPath = "/api/v2/oauth/clients/{clientId}";

test("a half-made client that leaves the program is deleted", async () => {
	const stack = await startStack();
	await makeHalf(stack);
	stack.declare({});
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("an operation that takes longer than its timeout ends, and what it made is found", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp({ timeouts: { create: 10 } }) });
	stack.simulator.faults.add({ kind: "hang", method: "POST", path: "/api/v2/oauth/clients", when: "after" });
	const { output } = await stack.run("up");
	expect(output).toContain("the create request got no response, but the client was created");
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

test("a client whose POST's answer is cut off is found, taken and given a new secret, without a second POST", async () => {
	expect(await makeUnanswered(await startStack(), { kind: "cut", when: "after" })).toEqual([]);
});

test.each([
	["is a gateway's 504", { kind: "status", status: 504, when: "after" }],
	["is a proxy's page", { kind: "html", status: 200, when: "after" }],
	["isn't JSON", { kind: "malformed", when: "after" }],
] as const)(
	"a client whose POST's answer %s is found, taken and given a new secret, without a second POST",
	async (_, fault) => {
		expect(await makeUnanswered(await startStack(), fault)).toEqual([]);
	},
);

test("a half-made client is finished by the next up without a refresh before it", async () => {
	const stack = await startStack();
	await makeHalf(stack);
	expect((await stack.run("up")).calls).toEqual(["POST /oauth/token", `GET ${clientPath}`, `PUT ${clientPath}`]);
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "inactive" }]);
});

test("a POST that was cut off before it arrived isn't repeated; the next up makes the client", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	stack.simulator.faults.add({ kind: "cut", method: "POST", path: "/api/v2/oauth/clients", when: "before" });
	expect(await stack.fails("up")).toContain("is visible yet: run pulumi up again in a minute");
	expect(stack.simulator.requests.count({ method: "POST", template: "/api/v2/oauth/clients" })).toBe(1);
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toHaveLength(1);
});

test("a half-made client can be destroyed", async () => {
	const stack = await startStack();
	await makeHalf(stack);
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

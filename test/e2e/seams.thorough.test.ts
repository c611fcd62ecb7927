import { describe, expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const clientsPath = "/api/v2/oauth/clients";
const idsIn = ({ simulator }: TestStack) => simulator.organization.clients().map(({ id }) => id);
const urnOf = async (stack: TestStack, name = "app") => (await stack.resource(name))?.urn ?? "";

async function works(stack: TestStack, name = "app"): Promise<boolean> {
	const id = (await stack.resource(name))?.id ?? "";
	return stack.simulator.organization.checkSecret(id, await stack.secretInState(name));
}

describe("Pulumi's own ways", () => {
	test("--target changes one client and leaves the others as they are", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp(), other: service() });
		await stack.run("up");
		stack.declare({ app: webApp({ description: "new" }), other: service({ description: "new" }), third: webApp() });
		const { calls } = await stack.run("up", "--target", await urnOf(stack));
		expect(calls.filter((call) => !call.includes("token"))).toEqual([`PUT ${clientsPath}/{clientId}`]);
		expect(stack.simulator.organization.clients().map(({ description }) => description)).toEqual(
			expect.arrayContaining(["new", ""]),
		);
	});

	test("a component that becomes the parent, with aliases, keeps the client", async () => {
		const stack = await startStack();
		stack.declare({ app: service() });
		await stack.run("up");
		stack.write(
			"index.js",
			`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const parent = new pulumi.ComponentResource("example:index:Apps", "apps");
const { app } = require("./clients.json");
new OAuthClient("app", app.args, { parent, aliases: [{ parent: pulumi.rootStackResource }] });
`,
		);
		const { calls } = await stack.run("up");
		expect(calls).toEqual([]);
		expect(idsIn(stack)).toEqual([(await stack.resource("app"))?.id]);
		await stack.run("destroy");
		expect(idsIn(stack)).toEqual([]);
	});

	test("a stack that is renamed goes on with its clients", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp() });
		await stack.run("up");
		await stack.pulumi("stack", "rename", "renamed");
		stack.environment["PULUMI_STACK"] = "renamed";
		const { calls } = await stack.run("up", "--expect-no-changes");
		expect(calls).toEqual([]);
		await stack.run("refresh");
		await stack.run("destroy");
		expect(idsIn(stack)).toEqual([]);
	});

	test("a client that is moved to another stack's state is managed there, and no longer here", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp() });
		await stack.run("up");
		await stack.pulumi("stack", "init", "second", "--non-interactive");
		const moved = await stack.pulumi(
			"state",
			"move",
			"--source",
			"test",
			"--dest",
			"second",
			await urnOf(stack),
			"--yes",
		);
		expect(moved.output).toContain("Successfully moved resources");
		stack.environment["PULUMI_STACK"] = "second";
		const { calls } = await stack.run("up", "--expect-no-changes");
		expect(calls).toEqual([]);
		expect(await works(stack)).toBe(true);
		stack.environment["PULUMI_STACK"] = "test";
		stack.declare({});
		await stack.run("up");
		expect(idsIn(stack)).toHaveLength(1);
	});

	test("two stacks may declare one name in one organization: the second asks, unless its program says allowSameName", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp() });
		await stack.run("up");
		const [first = ""] = idsIn(stack);
		await stack.pulumi("stack", "init", "second", "--non-interactive");
		stack.environment["PULUMI_STACK"] = "second";
		expect(await stack.fails("up")).toContain(`GENESYSCLOUD_ALLOW_SAME_NAME=${first}`);
		stack.declare({ app: webApp({ allowSameName: true }) });
		await stack.run("up");
		expect(idsIn(stack)).toHaveLength(2);
		await stack.run("destroy");
		expect(idsIn(stack)).toEqual([first]);
	});
});

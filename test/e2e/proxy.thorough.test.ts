import { expect, test } from "vitest";
import { service } from "./support/clients";
import { setDeadProxy } from "./support/dead-proxy";
import { eachStack } from "./support/each-stack";
import { works } from "./support/seam-stacks";

const startStack = eachStack();

test.each([
	["HTTPS_PROXY and HTTP_PROXY, without an exception for this machine", ["HTTPS_PROXY", "HTTP_PROXY"], {}],
	[
		"https_proxy in lower case, with no_proxy in lower case for Pulumi's SDK",
		["https_proxy"],
		{ no_proxy: "127.0.0.1" },
	],
])("in JavaScript a client lives with %s", async (_, names, exceptions) => {
	const stack = await startStack();
	setDeadProxy(stack, names, exceptions);
	stack.declare({ app: service() });
	await stack.run("up");
	expect(await works(stack)).toBe(true);
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("in JavaScript Pulumi's own SDK takes the proxy of https_proxy to reach Pulumi, and NO_PROXY in capitals doesn't keep it from that", async () => {
	const stack = await startStack();
	setDeadProxy(stack, ["https_proxy"], { NO_PROXY: "localhost,127.0.0.1" });
	stack.declare({ app: service() });
	expect(await stack.fails("preview")).toContain("No connection established");
});

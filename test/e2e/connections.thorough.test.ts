import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { staging, startOther } from "./support/other-organization";

const startStack = eachStack();

test("a client that isn't in the organization of a new connection is kept in state", async () => {
	const stack = await startStack();
	await startOther(stack);
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = await stack.outputs();
	stack.declare({ app: webApp({ connection: staging }) });
	expect(await stack.fails("up")).toContain("isn't in the new organization");
	expect(await stack.outputs()).toEqual(before);
});

test("a name under which nothing stands is told, with the argument that gave it", async () => {
	const stack = await startStack();
	stack.declare({
		app: webApp({ connection: { ...staging, gatewayHost: "STAGING_HOST", oauthClientSecret: "NOT_SET" } }),
	});
	await startOther(stack);
	expect(await stack.fails("up")).toContain("NOT_SET (connection.oauthClientSecret)");
});

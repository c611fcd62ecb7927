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

test("a value in place of a name is refused in the preview and never shown", async () => {
	const stack = await startStack();
	const value = "s3cr3t-value-of-somebody";
	stack.declare({ app: webApp({ connection: { oauthClientSecret: value } }) });
	const output = await stack.fails("preview");
	expect(output).toContain("not a value");
});

test("one stack manages clients of two organizations, each with one login", async () => {
	const stack = await startStack();
	const other = await startOther(stack);
	stack.declare({ here: webApp(), there: webApp({ name: "There", connection: staging }) });
	await stack.run("up");
	expect(stack.simulator.organization.clients().map(({ name }) => name)).toEqual(["Web app"]);
	expect(other.organization.clients().map(({ name }) => name)).toEqual(["There"]);
	expect(other.requests.count({ kind: "token" })).toBe(1);
	await stack.run("refresh", "--expect-no-changes");
	await stack.run("destroy");
	expect(other.organization.clients()).toEqual([]);
	expect(stack.simulator.organization.clients()).toEqual([]);
	stack.leaks.note(other);
	expect(stack.leaked()).toEqual([]);
});

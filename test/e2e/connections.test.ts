import { expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { staging, startOther } from "./support/other-organization";

const startStack = eachStack();

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

test("a connection may stand in the stack's configuration", async () => {
	const stack = await startStack();
	const other = await startOther(stack);
	await stack.pulumi("config", "set", "staging:id", other.administrator.clientId);
	await stack.pulumi("config", "set", "--secret", "staging:secret", other.administrator.clientSecret);
	const connection = { ...staging, oauthClientId: "staging:id", oauthClientSecret: "staging:secret" };
	stack.declare({ there: service({ connection }) });
	await stack.run("up");
	expect(other.organization.clients()).toHaveLength(1);
	stack.leaks.note(other);
});

test("a value in place of a name is refused in the preview and never shown", async () => {
	const stack = await startStack();
	const value = "s3cr3t-value-of-somebody";
	stack.declare({ app: webApp({ connection: { oauthClientSecret: value } }) });
	const output = await stack.fails("preview");
	expect(output).toContain("not a value");
});

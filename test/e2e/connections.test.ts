import { afterEach, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../simulator";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const others: Simulator[] = [];
afterEach(async () => {
	for (const other of others.splice(0)) await other.close();
});

/** Another organization, whose connection stands in environment variables of its own. */
async function startOther(stack: TestStack): Promise<Simulator> {
	const other = await startSimulator();
	others.push(other);
	const { hostname, port } = new URL(other.url);
	Object.assign(stack.environment, {
		STAGING_ID: other.administrator.clientId,
		STAGING_SECRET: other.administrator.clientSecret,
		STAGING_PROTOCOL: "http",
		STAGING_HOST: hostname,
		STAGING_PORT: port,
	});
	return other;
}

const staging = {
	oauthClientId: "STAGING_ID",
	oauthClientSecret: "STAGING_SECRET",
	gatewayProtocol: "STAGING_PROTOCOL",
	gatewayHost: "STAGING_HOST",
	gatewayPort: "STAGING_PORT",
};

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
	expect(output).toContain("never a value");
});

test("a name under which nothing stands is told, with the argument that gave it", async () => {
	const stack = await startStack();
	stack.declare({
		app: webApp({ connection: { ...staging, gatewayHost: "STAGING_HOST", oauthClientSecret: "NOT_SET" } }),
	});
	await startOther(stack);
	expect(await stack.fails("up")).toContain("NOT_SET (connection.oauthClientSecret)");
});

test("a client that isn't in the organization of a new connection is kept in state", async () => {
	const stack = await startStack();
	await startOther(stack);
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = await stack.outputs();
	stack.declare({ app: webApp({ connection: staging }) });
	expect(await stack.fails("up")).toContain("isn't in the organization that it leads to now");
	expect(await stack.outputs()).toEqual(before);
});

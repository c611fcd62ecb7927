import { expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

/** What a user must never see: the stack of an error, or a place in the code. */
const stackTrace = /^\s+at .+:\d+:\d+|node_modules|\.js:\d+/m;

test("values that aren't known before up pass the preview", async () => {
	const stack = await startStack();
	stack.declare({ first: webApp() });
	stack.write(
		"index.js",
		`const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const first = new OAuthClient("first", ${JSON.stringify(webApp().args)});
new OAuthClient("second", { ...${JSON.stringify(webApp().args)}, description: first.clientId.apply((id) => "after " + id), registeredRedirectUri: [first.clientId.apply((id) => "https://" + id + ".example.com/")] });
`,
	);
	await stack.run("preview");
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toHaveLength(2);
	await stack.run("up", "--expect-no-changes");
});

test("credentials may stand in the stack's configuration, the secret encrypted", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	const { administrator } = stack.simulator;
	stack.environment["GENESYSCLOUD_OAUTHCLIENT_ID"] = "";
	stack.environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] = "";
	await stack.pulumi("config", "set", "genesyscloud:oauthClientId", administrator.clientId);
	await stack.pulumi("config", "set", "--secret", "genesyscloud:oauthClientSecret", administrator.clientSecret);
	await stack.run("up");
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("a failed delete is one line, without a stack trace", async () => {
	const stack = await startStack();
	stack.declare({ service: service() });
	await stack.run("up");
	stack.simulator.organization.dropPermissions(stack.simulator.administrator.clientId, "oauth:client:delete");
	const output = await stack.fails("destroy");
	expect(output).toContain("delete_oauth_client failed: 403");
	expect(output).not.toMatch(stackTrace);
});

import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

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

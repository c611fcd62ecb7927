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

test("a name of Terraform's, a state that only support may set, and what doesn't go with the grant type fail the preview, each with its reason", async () => {
	const stack = await startStack();
	const mistakes = {
		roleDivisions: [],
		scope: ["users"],
		access_token_validity_seconds: 600,
		accessTokenValiditySeconds: 38_880_001,
		state: "disabled",
	};
	stack.declare({ service: service(mistakes) });
	const output = await stack.fails("preview");
	for (const reason of [
		"CLIENT-CREDENTIALS needs at least one role",
		"scopes have no effect on CLIENT-CREDENTIALS",
		"did you mean accessTokenValiditySeconds?",
		"at most 172800 seconds",
		"must be active or inactive",
	]) {
		expect(output).toContain(reason);
	}
	stack.declare({ service: service({ authorizedGrantType: "CLIENT_CREDENTIALS" }) });
	expect(await stack.fails("preview")).toContain("did you mean CLIENT-CREDENTIALS?");
});

test("without credentials the error names every variable and key that was looked at", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	for (const name of Object.keys(stack.environment)) {
		if (name.startsWith("GENESYSCLOUD_OAUTHCLIENT")) stack.environment[name] = "";
	}
	const output = await stack.fails("up");
	for (const place of [
		"GENESYSCLOUD_OAUTHCLIENT_ID",
		"genesyscloud:oauthClientId",
		"GENESYSCLOUD_OAUTHCLIENT_SECRET",
		"genesyscloud:oauthClientSecret",
		"GENESYSCLOUD_ACCESS_TOKEN",
		"genesyscloud:accessToken",
	]) {
		expect(output).toContain(place);
	}
	expect(output).not.toMatch(stackTrace);
});

test("wrong credentials name where they came from, and never the secret", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	stack.environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] = "not-the-secret-at-all";
	const output = await stack.fails("up");
	expect(output).toContain("invalid_client (authentication failed)");
	expect(output).toContain("the environment variable GENESYSCLOUD_OAUTHCLIENT_SECRET");
	expect(output).not.toContain("not-the-secret-at-all");
	expect(output).not.toMatch(stackTrace);
});

test("an unknown region lists the known ones", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	for (const name of ["PROTOCOL", "HOST", "PORT"]) delete stack.environment[`GENESYSCLOUD_GATEWAY_${name}`];
	stack.environment["GENESYSCLOUD_REGION"] = "eu-middle-1";
	const output = await stack.fails("up");
	expect(output).toContain('unknown Genesys Cloud region "eu-middle-1"');
	expect(output).toContain("eu-central-1");
});

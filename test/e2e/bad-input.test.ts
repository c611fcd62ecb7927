import { expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

/** What a user must never see: the stack of an error, or a place in the code. */
const stackTrace = /^\s+at .+:\d+:\d+|node_modules|\.js:\d+/m;

test("preview shows every mistake of a client at once, each with its property, without a call or a stack trace", async () => {
	const stack = await startStack();
	stack.declare({
		app: {
			args: {
				name: "",
				authorizedGrantType: "CODE",
				scopes: ["users"],
				registeredRedirectUri: ["https://app.example.com/", "/callback"],
				accessTokenValiditySeconds: 60,
				roleDivisions: [{ roleId: "a role" }],
			},
		},
	});
	const output = await stack.fails("preview");
	for (const [property, reason] of [
		["name", "must not be empty"],
		["scopes", "did you mean scope?"],
		["scope", "CODE needs at least one scope"],
		["registeredRedirectUri[1]", "must be an absolute URI"],
		["accessTokenValiditySeconds", "must be at least 300 seconds"],
		["roleDivisions", "roles apply to CLIENT-CREDENTIALS only"],
	] as const) {
		const told = output.split("\n").filter((line) => line.includes(`has a problem: ${property} `));
		expect(told.join("\n")).toContain(reason);
	}
	expect(output).not.toMatch(stackTrace);
	expect(stack.simulator.requests.all()).toEqual([]);
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

test("a mistake in an argument that holds a secret never shows the secret", async () => {
	const stack = await startStack();
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
new OAuthClient("app", { ...${JSON.stringify(webApp().args)}, clientSecret: pulumi.secret("hunter2-of-somebody"), description: pulumi.secret(987654321) });
`,
	);
	const output = await stack.fails("preview");
	expect(output).toContain("clientSecret is not an argument of OAuthClient");
	expect(output).toContain("description must be a string");
	expect(output).not.toContain("hunter2");
	expect(output).not.toMatch(/9\.?87654321/);
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

test("a missing permission is named, with the vendor's code and correlation id", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	stack.simulator.organization.dropPermissions(stack.simulator.administrator.clientId, "oauth:client:add");
	const output = await stack.fails("up");
	expect(output).toMatch(
		/post_oauth_clients failed: 403 missing\.any\.permissions: .*oauth:client:add.*\(correlation id [\w-]+\)/,
	);
	expect(output).not.toMatch(stackTrace);
});

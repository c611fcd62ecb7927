import { expect, test } from "vitest";
import { webApp } from "./support/clients";
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

test("a name to adopt that is a secret isn't shown where nothing has it", async () => {
	const stack = await startStack();
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
new OAuthClient("app", { ...${JSON.stringify(webApp().args)}, adopt: { name: pulumi.secret("hunter2-of-somebody") } });
`,
	);
	const output = await stack.fails("preview");
	expect(output).toContain("previewing an adoption: ");
	expect(output).not.toContain("hunter2");
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

import { join } from "node:path";
import { expect, test } from "vitest";
import { filesBelow } from "./support/leaks";
import { eachStack } from "./support/each-stack";
import { configured, good, packOption, policiesIn } from "./support/policy-run";
import { repository } from "./support/test-stack";

const startStack = eachStack();

test("a mandatory violation fails the preview, and the update before anything is made", async () => {
	const stack = await startStack();
	stack.declare({ app: good({ authorizedGrantType: "TOKEN", secretRotation: undefined }) });
	const before = stack.simulator.requests.count();
	for (const command of ["preview", "up"] as const) {
		expect(policiesIn(await stack.fails(command, ...packOption)).split("\n")).toEqual([
			`    ❌ genesyscloud-oauth@v0.1.0 (local: ${join(repository, "policy")})`,
			"        - [mandatory]  no-implicit-grant  (pulumi-nodejs:dynamic/genesyscloud:OAuthClient: app)",
			"          OAuth clients must not use the implicit grant.",
			"          authorizedGrantType is TOKEN. Tokens then appear in the browser's address bar, where history and scripts can read them, and Genesys Cloud is withdrawing this grant. Use CODE, with PKCE if the application has no server; this replaces the client.",
		]);
	}
	expect(stack.callsSince(before)).toEqual([]);
});

test("a remediated client is made as the rule wants it, and its secret arguments stay secret", async () => {
	const stack = await startStack();
	const options = configured(stack, {
		"limit-token-life": { enforcementLevel: "remediate", maxSeconds: 3600 },
		"require-deletion-guard": { enforcementLevel: "remediate", stacks: "test$", inUseWithinDays: 14 },
	});
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
new OAuthClient("app", {
	name: "Web app",
	description: pulumi.secret("marker of app@example.com"),
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://app.example.com/callback"],
	secretRotation: { maxAgeDays: 30 },
	accessTokenValiditySeconds: 172800,
});
`,
	);
	const { output } = await stack.run("up", ...options);
	expect(policiesIn(output).split("\n").slice(1)).toEqual([
		"        - [remediate]  limit-token-life  (1 resource)",
		"        - [remediate]  require-deletion-guard  (1 resource)",
	]);
	const [client] = stack.simulator.organization.clientsByName("Web app");
	expect(client).toMatchObject({ accessTokenValiditySeconds: 3600, description: "marker of app@example.com" });
	await stack.run("up", "--expect-no-changes", ...options);
	expect((await stack.resource("app"))?.outputs?.["deletionGuard"]).toEqual({ inUseWithinDays: 14 });
	const files = filesBelow(join(stack.directory, "backend"));
	expect(Object.keys(files).filter((file) => files[file]?.includes("marker of"))).toEqual([]);
	expect(output).not.toContain("marker of");
});

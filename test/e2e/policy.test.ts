import { join } from "node:path";
import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { good, packOption, policiesIn } from "./support/policy-run";
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
			"          authorizedGrantType is TOKEN. Its tokens appear in the browser's address bar, where history and scripts can read them, and Genesys Cloud is ending this grant: new clients can't be created since March or May 2026, and existing ones stop working in March or May 2027 (its community and its help name different months). Move the application to CODE with PKCE; this replaces the client.",
		]);
	}
	expect(stack.callsSince(before)).toEqual([]);
});

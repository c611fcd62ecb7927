import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { secretNamesIn } from "./support/state-file";

const startStack = eachStack();

test("a run whose transform drops the input that makes a secret fails before anything is created", async () => {
	const stack = await startStack();
	const cases = {
		clientSecret: `registerResourceTransform(dropping); new OAuthClient("client", ${JSON.stringify(service().args)})`,
		fieldFingerprints: `registerStackTransformation(dropping);
new IntegrationCredential("credential", { name: "Credential", type: "basicAuth", fields: { userName: "u", password: "p" } })`,
	};
	for (const [name, declaration] of Object.entries(cases)) {
		stack.write(
			"index.js",
			`const { IntegrationCredential, OAuthClient } = require("pulumi-genesyscloud-oauth");
const dropping = ({ props: { clientSecret, fieldFingerprints, ...props }, opts }) => ({ props, opts });
require("@pulumi/pulumi").runtime.${declaration};
`,
		);
		expect(await stack.fails("up")).toContain(`has a problem: ${name} would be in plain text in the state: `);
	}
	expect(stack.simulator.requests.count({ kind: "api" })).toBe(0);
});

test("what a failed create has saved has its secrets encrypted, whatever options a transform returns", async () => {
	const stack = await startStack();
	stack.write(
		"index.js",
		`const { secret, runtime } = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
runtime.registerResourceTransform(({ props }) => ({ props, opts: {} }));
new OAuthClient("client", { ...${JSON.stringify(service({ state: "inactive" }).args)}, description: secret("hidden-text") });
`,
	);
	stack.leaks.noteText("hidden-text");
	const path = "/api/v2/oauth/clients/{clientId}";
	stack.simulator.faults.add({ kind: "status", method: "PUT", path, status: 400, message: "hidden-text" });
	expect(await stack.fails("up")).toContain("was saved in state");
	const client = (await stack.state()).find(({ type }) => type.endsWith(":OAuthClient"));
	expect(client?.initErrors).toHaveLength(1);
	expect(secretNamesIn(client?.outputs ?? {}).toSorted()).toEqual(["clientSecret", "description", "unmanagedSettings"]);
});

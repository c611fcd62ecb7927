import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";

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

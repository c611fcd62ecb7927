import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const clients = "/api/v2/oauth/clients";
const credentials = "/api/v2/integrations/credentials";

/** Declares a client, and what depends on it: its credential, and a client that has its id as description. */
function declare(stack: TestStack, description: string): void {
	stack.write(
		"index.js",
		`const { IntegrationCredential, OAuthClient } = require("pulumi-genesyscloud-oauth");
const args = ${JSON.stringify(service().args)};
const first = new OAuthClient("first", { ...args, name: "First", description: ${JSON.stringify(description)} });
new IntegrationCredential("first", { name: "First", client: first });
new OAuthClient("second", { ...args, name: "Second", description: first.clientId });
`,
	);
}

const writes = (calls: string[]) => calls.filter((call) => !/^GET|\/oauth\/token/.test(call));

// Pulumi's SDK says of a failed resource's outputs that they are unknown; in an update the engine then leaves those arguments out.
test("with --continue-on-error what depends on a failed client is left as it is, and the next run makes the rest", async () => {
	const stack = await startStack();
	const { simulator } = stack;
	const failing = async (method: string, path: string) => {
		simulator.faults.add({ kind: "status", method, path, status: 403, times: "always" });
		const before = simulator.requests.count();
		await stack.fails("up", "--continue-on-error");
		simulator.faults.clear();
		return writes(stack.callsSince(before));
	};
	declare(stack, "one");
	expect(await failing("POST", clients)).toEqual([`POST ${clients}`]);
	expect(writes((await stack.run("up")).calls).toSorted()).toEqual([
		`POST ${credentials}`,
		`POST ${clients}`,
		`POST ${clients}`,
	]);

	declare(stack, "two");
	const made = JSON.stringify([simulator.organization.clients(), simulator.organization.credentials()]);
	expect(await failing("PUT", `${clients}/{clientId}`)).toEqual([`PUT ${clients}/{clientId}`]);
	expect(JSON.stringify([simulator.organization.clients(), simulator.organization.credentials()])).toBe(made);
	expect(writes((await stack.run("up")).calls)).toEqual([`PUT ${clients}/{clientId}`]);
	expect((await stack.run("up")).calls).toEqual([]);
});

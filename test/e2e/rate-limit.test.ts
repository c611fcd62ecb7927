import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { saidUnder, startStackOf } from "./support/limited-stack";

const startStack = eachStack();

test("an up that waits for the rate limit says so under the stack, and makes every client", async () => {
	const stack = await startStackOf(startStack, 8, { requestsPerMinute: 5, secondsLeft: 12 });
	stack.environment["GENESYSCLOUD_TOKEN_POOL_SIZE"] = "1";
	const { output } = await stack.run("up", "--parallel", "3");
	expect(stack.simulator.organization.clients()).toHaveLength(8);
	const { requests } = stack.simulator;
	expect([requests.count({ kind: "token" }), requests.count({ status: 429 })]).toEqual([1, 0]);
	expect(saidUnder(output, "pulumi:pulumi:Stack (test-test)")).toEqual([
		expect.stringMatching(
			/^waiting \d+ s for Genesys Cloud's rate limit \(5 requests a minute for one token\): 5 calls done.*; a larger tokenPoolSize \(GENESYSCLOUD_TOKEN_POOL_SIZE\) allows more tokens$/,
		),
	]);
});

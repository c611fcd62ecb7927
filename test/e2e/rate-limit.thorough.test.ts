import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { saidUnder, startStackOf } from "./support/limited-stack";

const startStack = eachStack();

test("a create whose time is up meanwhile says what it waited for; the next up makes the client", async () => {
	const stack = await startStackOf(
		startStack,
		2,
		{ requestsPerMinute: 3, secondsLeft: 50 },
		{ timeouts: { create: 10 } },
	);
	stack.environment["GENESYSCLOUD_TOKEN_POOL_SIZE"] = "1";
	const output = await stack.fails("up", "--parallel", "1");
	const [line] = saidUnder(output, "OAuthClient (client ");
	expect(line).toContain(
		"timed out after 10 seconds (timeouts.create). It was waiting for Genesys Cloud's rate limit and wasn't carried out",
	);
	expect(stack.simulator.organization.clients()).toHaveLength(1);
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toHaveLength(2);
});

test("an up that would wait fetches another token in place of that, and says nothing", async () => {
	const stack = await startStackOf(startStack, 8, { requestsPerMinute: 5, secondsLeft: 30 });
	const { output } = await stack.run("up", "--parallel", "3");
	expect(stack.simulator.organization.clients()).toHaveLength(8);
	const { requests } = stack.simulator;
	expect([requests.count({ kind: "token" }), requests.count({ status: 429 })]).toEqual([2, 0]);
	expect(output).not.toContain("Diagnostics");
});

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

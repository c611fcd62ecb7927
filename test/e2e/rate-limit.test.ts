import { expect, test } from "vitest";
import { createRunningClock, ROLE_IDS } from "../../simulator";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();
const home = "/api/v2/authorization/divisions/home";

/** A stack of some services, whose token has a minute of so many requests, of which only some seconds are left when the first is counted. */
async function startStackOf(count: number, limit: { requestsPerMinute: number; secondsLeft: number }, change = {}) {
	const { requestsPerMinute, secondsLeft } = limit;
	const clock = createRunningClock();
	const stack = await startStack({ clock, seed: { limits: { requestsPerMinute } } });
	const { requests, faults } = stack.simulator;
	faults.add({ method: "GET", path: home, kind: "hang" });
	const spendMinute = async () => {
		await requests.whenReceived({ template: home });
		clock.advance((60 - secondsLeft) * 1000);
		faults.release();
	};
	void spendMinute();
	const roleDivisions = [{ roleId: ROLE_IDS.employee }];
	const names = Array.from({ length: count }, (_, index) => `client ${index}`);
	stack.declare(Object.fromEntries(names.map((name) => [name, service({ name, roleDivisions, ...change })])));
	return stack;
}

/** The lines that Pulumi shows at the end under a resource. */
function saidUnder(output: string, resource: string): string[] {
	const [, said = ""] = (output.split("\nDiagnostics:\n")[1] ?? "").split(resource);
	const lines = said.split("\n").slice(1);
	return lines.slice(0, lines.indexOf("")).map((line) => line.trim());
}

test("an up that waits for the rate limit says so under the stack, and makes every client", async () => {
	const stack = await startStackOf(9, { requestsPerMinute: 5, secondsLeft: 12 });
	stack.environment["GENESYSCLOUD_TOKEN_POOL_SIZE"] = "1";
	const { output } = await stack.run("up", "--parallel", "3");
	expect(stack.simulator.organization.clients()).toHaveLength(9);
	const { requests } = stack.simulator;
	expect([requests.count({ kind: "token" }), requests.count({ status: 429 })]).toEqual([1, 0]);
	expect(saidUnder(output, "pulumi:pulumi:Stack (test-test)")).toEqual([
		expect.stringMatching(
			/^waiting \d+ s for Genesys Cloud's rate limit \(5 requests a minute for one token\): 5 calls done.*; a greater GENESYSCLOUD_TOKEN_POOL_SIZE allows more tokens$/,
		),
	]);
});

test("an up that would wait fetches another token in place of that, and says nothing", async () => {
	const stack = await startStackOf(9, { requestsPerMinute: 5, secondsLeft: 30 });
	const { output } = await stack.run("up", "--parallel", "3");
	expect(stack.simulator.organization.clients()).toHaveLength(9);
	const { requests } = stack.simulator;
	expect([requests.count({ kind: "token" }), requests.count({ status: 429 })]).toEqual([2, 0]);
	expect(output).not.toContain("Diagnostics");
});

test("a create whose time is up meanwhile says what it waited for; the next up makes the client", async () => {
	const stack = await startStackOf(3, { requestsPerMinute: 3, secondsLeft: 50 }, { timeouts: { create: 10 } });
	stack.environment["GENESYSCLOUD_TOKEN_POOL_SIZE"] = "1";
	const output = await stack.fails("up", "--parallel", "1");
	const [line] = saidUnder(output, "OAuthClient (client ");
	expect(line).toContain(
		"no end within 10 seconds (timeouts.create). It was waiting for Genesys Cloud's rate limit and hasn't been carried out",
	);
	expect(stack.simulator.organization.clients()).toHaveLength(2);
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toHaveLength(3);
});

import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { type Credential, outputsOf, program, startRotating } from "./support/rotating-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

/** Logs in again and again with the credential that was fetched last, until it is told to stop. */
function startWorker(stack: TestStack, first: Credential) {
	let credential = first;
	const stop = new AbortController();
	const seen = { logins: 0, failed: 0 };
	const logIn = async () => {
		const { clientId, clientSecret } = credential;
		seen.logins += 1;
		if (!(await stack.canLogIn(clientId, clientSecret))) seen.failed += 1;
	};
	const running = (async () => {
		while (!stop.signal.aborted) {
			await logIn();
			// Without a pause it would take a processor from the run that it watches.
			await pause(20);
		}
	})();
	return {
		seen,
		/** Logs in once more with the credential that it has, and then fetches the next. */
		fetch: async (next: Credential) => {
			await logIn();
			credential = next;
		},
		stop: async () => {
			stop.abort();
			await running;
		},
	};
}

/** Rotates so many times while a worker logs in, which fetches the new credential after each run. */
async function rotateUnderLoad(stack: TestStack, turns: number) {
	const worker = startWorker(stack, (await outputsOf(stack)).current);
	const used = new Set<string>();
	for (let turn = 1; turn <= turns; turn += 1) {
		stack.write("rotation.json", JSON.stringify({ rotateWhenChanged: { turn } }));
		await stack.run("up");
		const { current } = await outputsOf(stack);
		used.add(current.clientSecret);
		await worker.fetch(current);
	}
	await worker.stop();
	return { ...worker.seen, secrets: used.size };
}

test("a worker sees no failed login through two rotations of a RotatingOAuthClient", async () => {
	const stack = await startStack();
	await startRotating(stack, "rotating", { rotateWhenChanged: { turn: 0 } });
	const { logins, failed, secrets } = await rotateUnderLoad(stack, 2);
	expect(secrets).toBe(2);
	// One at least after each run.
	expect(logins).toBeGreaterThan(2);
	expect(failed).toBe(0);
	expect(
		stack.simulator.organization
			.clients()
			.map(({ name }) => name)
			.toSorted(),
	).toEqual(["Worker (A)", "Worker (B)"]);
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("the same worker sees failed logins with the plain rotation of one client", async () => {
	const stack = await startStack();
	await startRotating(stack, "plain", { rotateWhenChanged: { turn: 0 } });
	const { failed, secrets } = await rotateUnderLoad(stack, 1);
	expect(secrets).toBe(1);
	expect(failed).toBeGreaterThan(0);
});

test("a deactivation that Genesys Cloud would follow with a deletion is refused in the preview", async () => {
	const stack = await startStack();
	stack.write("index.js", program("rotating"));
	stack.write("rotation.json", JSON.stringify({ periodDays: 30, deactivatePreviousAfterDays: 3 }));
	expect(await stack.fails("preview")).toContain("Genesys Cloud deletes clients that are inactive for 7 days");
});

import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { startRotating } from "./support/rotating-stack";
import { rotateUnderLoad } from "./support/rotation-under-load";

const startStack = eachStack();

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
});

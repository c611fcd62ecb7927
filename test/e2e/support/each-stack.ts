import { afterEach, expect } from "vitest";
import { type StackOptions, TestStack } from "./test-stack";

/**
 * For a test file: makes stacks, and after every test searches all that it left and showed for secrets before removing it.
 *
 * @returns what starts a stack for a test
 */
export function eachStack(): (options?: StackOptions) => Promise<TestStack> {
	const stacks: TestStack[] = [];
	afterEach(async () => {
		for (const stack of stacks.splice(0)) {
			const leaked = stack.leaked();
			const known = stack.leaks.known;
			await stack.close();
			expect(leaked, "a secret or a token stands in clear").toEqual([]);
			// The administrator's secret is always there: a search that knows nothing finds nothing.
			expect(known).toBeGreaterThan(0);
		}
	});
	return async (options) => {
		const stack = await TestStack.start(options);
		stacks.push(stack);
		return stack;
	};
}

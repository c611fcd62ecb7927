import { afterEach, describe, expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { readmePrograms, runReadmeProgram } from "./support/readme-programs";
import { endWhatStoriesStarted } from "./support/readme-stories";

const startStack = eachStack();
afterEach(endWhatStoriesStarted);

describe("every program in the README runs a second time without a change, and writes nothing", () => {
	test.each(readmePrograms.map((program) => [program.heading, program] as const))("%s", async (_, program) => {
		const { stack } = await runReadmeProgram(await startStack({ project: "examples/quickstart" }), program);
		const { calls } = await stack.run("up", "--expect-no-changes");
		expect(calls.filter((call) => !/^GET|\/oauth\/token$/.test(call))).toEqual([]);
	});
});

import { afterEach, describe, expect, test } from "vitest";
import { documentedPrograms, runDocumentedProgram } from "./support/documented-programs";
import { endWhatStoriesStarted } from "./support/documented-stories";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();
afterEach(endWhatStoriesStarted);

describe("every program in README and docs runs, a second time without a change, and then writes nothing", () => {
	test.each(documentedPrograms.map((program) => [program.title, program] as const))("%s", async (_, program) => {
		const { stack } = await runDocumentedProgram(await startStack({ project: "examples/quickstart" }), program);
		const { calls } = await stack.run("up", "--expect-no-changes");
		expect(calls.filter((call) => !/^GET|\/oauth\/token$/.test(call))).toEqual([]);
	});
});

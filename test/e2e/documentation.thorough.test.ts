import { afterEach, describe, expect, test } from "vitest";
import { documentedPrograms, runDocumentedProgram } from "./support/documented-programs";
import { endWhatStoriesStarted, stories } from "./support/documented-stories";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();
afterEach(endWhatStoriesStarted);

describe("every program in README and docs runs, a second time without a change or a write, and then does what its page says", () => {
	test.each(documentedPrograms.map((program) => [program.title, program] as const))("%s", async (_, program) => {
		const scene = await runDocumentedProgram(await startStack({ project: "examples/quickstart" }), program);
		expect(scene.firstRun).toMatch(/Resources:\n +\+ \d+ created/);
		const { calls } = await scene.stack.run("up", "--expect-no-changes");
		expect(calls.filter((call) => !/^GET|\/oauth\/token$/.test(call))).toEqual([]);
		await stories[program.place]?.after(scene);
	});
});

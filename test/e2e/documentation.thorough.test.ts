import { afterEach, describe, expect, test } from "vitest";
import { documentedPrograms, runDocumentedProgram, toldPrograms } from "./support/documented-programs";
import { endWhatStoriesStarted, stories } from "./support/documented-stories";
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

describe("every program of which a page says more than that it runs does that", () => {
	test.each(toldPrograms.map((program) => [program.title, program] as const))("%s", async (_, program) => {
		const scene = await runDocumentedProgram(await startStack({ project: "examples/quickstart" }), program);
		expect(scene.firstRun).toMatch(/Resources:\n +\+ \d+ created/);
		await stories[program.place]?.after(scene);
	});
});

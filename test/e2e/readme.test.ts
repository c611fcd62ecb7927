import { afterEach, describe, expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { readmePrograms, runReadmeProgram } from "./support/readme-programs";
import { endWhatStoriesStarted, stories } from "./support/readme-stories";

const startStack = eachStack();
afterEach(endWhatStoriesStarted);

test("every story is about a section with one program", () => {
	const headings = readmePrograms.map(({ heading }) => heading);
	expect(Object.keys(stories).filter((story) => headings.filter((heading) => heading === story).length !== 1)).toEqual(
		[],
	);
});

describe("every program in the README runs on the engine", () => {
	test.each(readmePrograms.map((program) => [program.title, program] as const))("%s", async (_, program) => {
		const scene = await runReadmeProgram(await startStack({ project: "examples/quickstart" }), program);
		expect(scene.firstRun).toMatch(/Resources:\n +\+ \d+ created/);
		await stories[program.heading]?.after(scene);
	});
});

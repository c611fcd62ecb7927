import { afterEach, describe, expect, test } from "vitest";
import { documentedPrograms, runDocumentedProgram, toldPrograms } from "./support/documented-programs";
import { endWhatStoriesStarted, stories } from "./support/documented-stories";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();
afterEach(endWhatStoriesStarted);

test("every story is about a section with one program", () => {
	const places = documentedPrograms.map(({ place }) => place);
	expect(Object.keys(stories).filter((story) => places.filter((place) => place === story).length !== 1)).toEqual([]);
});

/** documentation.thorough.test.ts has the others, and runs every program twice. */
const told = toldPrograms.filter(({ place }) => place.startsWith("README.md") || stories[place]?.everyRun);

describe("the README's program, and those whose story is in every run, run on the engine", () => {
	test.each(told.map((program) => [program.title, program] as const))("%s", async (_, program) => {
		const scene = await runDocumentedProgram(await startStack({ project: "examples/quickstart" }), program);
		expect(scene.firstRun).toMatch(/Resources:\n +\+ \d+ created/);
		await stories[program.place]?.after(scene);
	});
});

import { afterEach, describe, expect, test } from "vitest";
import { ROLE_IDS } from "../../simulator";
import { readmeBlocks } from "../readme-blocks";
import { eachStack } from "./support/each-stack";
import { endWhatStoriesStarted, type Scene, stories } from "./support/readme-stories";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();
afterEach(endWhatStoriesStarted);

const blocks = readmeBlocks();
const programs = blocks.filter(({ language }) => language === "ts");

test("every story is about a section with one program", () => {
	const headings = programs.map(({ heading }) => heading);
	expect(Object.keys(stories).filter((story) => headings.filter((heading) => heading === story).length !== 1)).toEqual(
		[],
	);
});

describe("every program in the README runs on the engine, and once more without a change", () => {
	test.each(
		programs.map(({ line, heading, text }) => ({
			title: `line ${line}, ${heading}${stories[heading] ? `: ${stories[heading].says}` : ""}`,
			heading,
			text,
		})),
	)("$title", async ({ heading, text }) => {
		const story = stories[heading];
		const program = story?.adapt?.(text) ?? text;
		const stack = await startStack({ project: "examples/quickstart" });
		if (text.includes("pulumi.Config")) await configure(stack);
		for (const { heading: its, language, file, text: content } of blocks) {
			if (its === heading && file !== undefined && language !== "ts") stack.write(file, content);
		}
		stack.write("index.ts", program);
		const scene: Scene = { stack, program, firstRun: "", secretBefore: "" };
		await story?.before?.(scene);
		scene.firstRun = (await stack.run("up")).output;
		const { calls } = await stack.run("up", "--expect-no-changes");
		expect(calls.filter((call) => !/^GET|\/oauth\/token$/.test(call))).toEqual([]);
		await story?.after(scene);
	});
});

/** Sets the keys that the README's programs ask for. */
async function configure(stack: TestStack): Promise<void> {
	const { client: theirs } = stack.simulator.organization.addClient({
		name: "Somebody else's",
		authorizedGrantType: "CODE",
		scope: ["users"],
	});
	const keys = { crmRoleId: ROLE_IDS.employee, theirClientId: theirs.id };
	const settings = Object.entries(keys).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
	await stack.pulumi("config", "set-all", ...settings);
}

import { ROLE_IDS } from "../../../simulator";
import { readmeBlocks } from "../../readme-blocks";
import { type Scene, stories } from "./readme-stories";
import type { TestStack } from "./test-stack";
import { writeTypeScript } from "./typescript-program";

interface ReadmeProgram {
	/** Where it stands, and what the README says of it beyond that it runs. */
	title: string;
	heading: string;
	text: string;
}

const blocks = readmeBlocks();

/** The programs of the README, in their order. */
export const readmePrograms: ReadmeProgram[] = blocks
	.filter(({ language }) => language === "ts")
	.map(({ line, heading, text }) => ({
		title: `line ${line}, ${heading}${stories[heading] ? `: ${stories[heading].says}` : ""}`,
		heading,
		text,
	}));

/** Runs a program of the README in a stack of the quickstart's, with what its story needs. */
export async function runReadmeProgram(stack: TestStack, { heading, text }: ReadmeProgram): Promise<Scene> {
	const story = stories[heading];
	const program = story?.adapt?.(text) ?? text;
	if (text.includes("pulumi.Config")) await configure(stack);
	for (const { heading: its, language, file, text: content } of blocks) {
		if (its === heading && file !== undefined && language !== "ts") stack.write(file, content);
	}
	writeTypeScript(stack, program);
	const scene: Scene = { stack, program, firstRun: "", secretBefore: "" };
	await story?.before?.(scene);
	scene.firstRun = (await stack.run("up")).output;
	return scene;
}

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

import { type Block, blocksOf, pages } from "../../documentation";
import { type Scene, stories } from "./documented-stories";
import type { TestStack } from "./test-stack";
import { writeTypeScript } from "./typescript-program";

interface DocumentedProgram {
	/** The page and the heading. */
	place: string;
	/** Where it stands, and what the page says of it beyond that it runs. */
	title: string;
	block: Block;
}

const blocks = pages.flatMap(blocksOf);

/** What Pulumi runs: not the example of a test, nor that of a policy pack. */
const isProgram = ({ language, text }: Block) =>
	language === "ts" && /from "(pulumi-genesyscloud-oauth|@pulumi\/pulumi)"/.test(text);

/** The programs of README and docs, in their order. */
export const documentedPrograms: DocumentedProgram[] = blocks.filter(isProgram).map((block) => {
	const place = `${block.page}: ${block.heading}`;
	return { place, title: `${place}, line ${block.line}${stories[place] ? `: ${stories[place].says}` : ""}`, block };
});

/** Those of which a page says more than that they run, and the README's. */
export const toldPrograms = documentedPrograms.filter(
	({ place }) => place.startsWith("README.md") || stories[place] !== undefined,
);

/** Runs a documented program in a stack of the quickstart's, with what its story needs. */
export async function runDocumentedProgram(
	stack: TestStack,
	{ place, block: { page, heading, text } }: DocumentedProgram,
): Promise<Scene> {
	const story = stories[place];
	const program = story?.adapt?.(text) ?? text;
	if (text.includes("pulumi.Config")) await configure(stack);
	for (const { page: its, heading: below, language, file, text: content } of blocks) {
		if (its === page && below === heading && file !== undefined && language !== "ts") stack.write(file, content);
	}
	writeTypeScript(stack, program);
	const scene: Scene = { stack, program, firstRun: "", secretBefore: "" };
	await story?.before?.(scene);
	scene.firstRun = (await stack.run("up")).output;
	return scene;
}

/** Sets the keys that the programs ask for. */
async function configure(stack: TestStack): Promise<void> {
	const { client: theirs } = stack.simulator.organization.addClient({
		name: "Somebody else's",
		authorizedGrantType: "CODE",
		scope: ["users"],
	});
	const keys = { crmRole: "employee", theirClientId: theirs.id, ticketingPassword: "not-a-real-password" };
	const settings = Object.entries(keys).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
	await stack.pulumi("config", "set-all", ...settings);
}

import { readFileSync, readdirSync } from "node:fs";

/** A fenced block of a Markdown file. */
export interface Block {
	/** The file, from the repository's root. */
	page: string;
	/** The heading it stands under. */
	heading: string;
	/** What follows the fence, such as `ts`. */
	language: string;
	/** The file that the paragraph before it names (`index.ts`:), when it does. */
	file: string | undefined;
	text: string;
	/** The line of its first line in the page, from 1. */
	line: number;
}

/** What a user reads first, and where it leads: README.md and the pages of docs/, but for the generated one. */
export const pages = [
	"README.md",
	...readdirSync("docs")
		.filter((name) => name.endsWith(".md") && name !== "reference.md")
		.toSorted()
		.map((name) => `docs/${name}`),
];

/** The fenced blocks of a page, in their order. */
export function blocksOf(page: string): Block[] {
	const blocks: Block[] = [];
	let heading = "";
	let paragraph = "";
	let open: Block | undefined;
	for (const [index, line] of readFileSync(page, "utf8").split("\n").entries()) {
		if (line.startsWith("```")) {
			if (open === undefined) {
				const file = /^`([\w./-]+)`:$/.exec(paragraph)?.[1];
				open = { page, heading, language: line.slice(3), file, text: "", line: index + 2 };
			} else {
				blocks.push(open);
				open = undefined;
			}
			paragraph = "";
		} else if (open !== undefined) open.text += `${line}\n`;
		else if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
		else if (line.trim() !== "") paragraph = line;
	}
	return blocks;
}

/** The block under a heading of a page that holds some text. */
export function blockOf(page: string, heading: string, part: string): Block {
	const found = blocksOf(page).find((block) => block.heading === heading && block.text.includes(part));
	if (found === undefined) throw new Error(`${page} has no such block under "${heading}"`);
	return found;
}

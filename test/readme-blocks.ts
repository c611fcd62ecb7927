import { readFileSync } from "node:fs";

/** A fenced block of a Markdown file. */
export interface Block {
	/** The heading it stands under. */
	heading: string;
	/** What follows the fence, such as `ts`. */
	language: string;
	/** The file that the paragraph before it names (`index.ts`:), when it does. */
	file: string | undefined;
	text: string;
	/** The line of its first line in the file, from 1. */
	line: number;
}

/** The fenced blocks of a README, in their order. */
export function readmeBlocks(readme = "README.md"): Block[] {
	const blocks: Block[] = [];
	let heading = "";
	let paragraph = "";
	let open: Block | undefined;
	for (const [index, line] of readFileSync(readme, "utf8").split("\n").entries()) {
		if (line.startsWith("```")) {
			if (open === undefined) {
				const file = /^`([\w./-]+)`:$/.exec(paragraph)?.[1];
				open = { heading, language: line.slice(3), file, text: "", line: index + 2 };
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

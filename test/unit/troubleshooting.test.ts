import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { credentialKind } from "../../provider/lifecycle/integration-credential/kind";
import { clientKind } from "../../provider/lifecycle/oauth-client/kind";
import type { Words } from "../../provider/lifecycle/resource-kind";

const page = readFileSync("docs/troubleshooting.md", "utf8");
/** The section of what others say: its messages are in none of our files. */
const foreignSection = "Messages of Pulumi, npm and Node";
/** Its list is about what to do, not about messages. */
const narrative = "When Pulumi is killed";

/** An item of a list. */
interface Item {
	/** The heading above it. */
	section: string;
	/** The line that it begins in, from 1. */
	line: number;
	text: string;
	/** The messages that it quotes: the code before its colon, in pieces without the dots that stand for what changes. */
	pieces: string[];
}

const items: Item[] = [];
let section = "";
for (const [index, line] of page.split("\n").entries()) {
	if (line.startsWith("#")) section = line.replace(/^#+ /, "");
	else if (line.startsWith("- ")) items.push({ section, line: index + 1, text: line, pieces: [] });
	else if (line.startsWith("  ") && items.length > 0) items.at(-1)!.text += ` ${line.trim()}`;
}
for (const item of items) {
	const [, quotes = ""] = /^- (?:\*\*\w+\*\* )?(`[^`]+`(?:, `[^`]+`)*): /.exec(item.text) ?? [];
	item.pieces = [...quotes.matchAll(/`([^`]+)`/g)].flatMap(([, quote = ""]) =>
		quote.split("...").map((piece) => piece.trim()),
	);
}
const messages = items.filter((item) => item.section !== narrative);

/** Every line that may hold a message: ours, and Genesys Cloud's codes as the simulator knows them. */
const source = ["provider", "plugin", "cli", "policy", "simulator/http"].flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts"))
		.flatMap((name) => {
			const file = join(folder, name);
			return readFileSync(file, "utf8")
				.split("\n")
				.map((line, index) => ({ place: `${file}:${index + 1}`, text: line.trim() }))
				.filter(({ text }) => !/^(\/?\*|\/\/)/.test(text));
		}),
);
/** A line as it is for a kind of resource, whose words stand in it. */
const forKind = (text: string, kind: Words) =>
	text.replaceAll(/\$\{(?:kind\.)?(thing|noun|idName)\}/g, (_, word: "thing" | "noun" | "idName") => kind[word]);
const said = source.flatMap(({ text }) => [clientKind, credentialKind].map((kind) => forKind(text, kind)));
const isSaid = (piece: string) => said.some((text) => text.includes(piece));

const wordsOf = (text: string) => text.toLowerCase().match(/[\w']{3,}/g) ?? [];

/** The line of the source that has most words of a text. */
function nearestTo(piece: string): string {
	const wanted = wordsOf(piece);
	const scores = source.map(({ place, text }) => {
		const words = new Set(wordsOf(text));
		return { score: wanted.filter((word) => words.has(word)).length, text: `${place} ${text.slice(0, 300)}` };
	});
	return scores.reduce((best, other) => (other.score > best.score ? other : best)).text;
}

test("every item of troubleshooting begins with a message", () => {
	expect(messages.filter(({ pieces }) => pieces.length === 0).map(({ line, text }) => `line ${line}: ${text}`)).toEqual(
		[],
	);
	expect(messages.length).toBeGreaterThan(50);
});

test("every message that troubleshooting quotes is said by the code", () => {
	const gone = messages
		.filter((item) => item.section !== foreignSection)
		.flatMap(({ line, pieces }) => pieces.filter((piece) => !isSaid(piece)).map((piece) => ({ line, piece })))
		.map(({ line, piece }) => `docs/troubleshooting.md:${line} quotes "${piece}"\n  nearest: ${nearestTo(piece)}`);
	const advice = gone.length === 0 ? [] : [`Quote the code's words, or move the item to "${foreignSection}".`];
	expect([...gone, ...advice].join("\n")).toBe("");
});

test("no message that troubleshooting says is somebody else's is ours", () => {
	const ours = messages
		.filter((item) => item.section === foreignSection)
		.flatMap(({ line, pieces }) => pieces.filter(isSaid).map((piece) => `docs/troubleshooting.md:${line} "${piece}"`));
	expect(ours).toEqual([]);
});

import { styleText } from "node:util";
import type { Command } from "commander";
import stringWidth from "string-width";

/** The output flags of every command. */
export interface OutputOptions {
	/** Print JSON instead of text. @default false */
	json?: boolean;
	/** Show no progress. @default false */
	quiet?: boolean;
}

/** Adds the output flags of every command: `--json` and `--quiet`. */
export function outputOptions(command: Command): Command {
	return command
		.option("--json", "print JSON on standard output instead of text")
		.option("-q, --quiet", "no progress on standard error, only failures");
}

type Style = Parameters<typeof styleText>[0];

/** Text in a style, such as `red` or `bold`: only on a terminal, and not if NO_COLOR is set. */
export function styled(style: Style, text: string, stream: NodeJS.WritableStream = process.stdout): string {
	return styleText(style, text, { stream });
}

/** Prints a value as indented JSON, with a line break at its end. */
export function printJson(value: unknown, stream: NodeJS.WritableStream = process.stdout): void {
	stream.write(`${JSON.stringify(value, undefined, "\t")}\n`);
}

/** Prints a line. */
export function printLine(line = "", stream: NodeJS.WritableStream = process.stdout): void {
	stream.write(`${line}\n`);
}

/** A table. */
export interface Table {
	/** The columns' names. */
	head: readonly string[];
	/** The rows, with a cell for each column. Cells may be styled; foreign text must go through `oneLine` first. */
	rows: readonly (readonly string[])[];
	/** The maximum width of each column in characters; longer text is wrapped. Undefined: no maximum. @default all undefined */
	widths?: readonly (number | undefined)[];
}

/** What is between two columns. */
const gap = "  ";

/** Prints a table without lines around its cells: readable on a terminal and by `awk`. */
export function printTable({ head, rows, widths = [] }: Table, stream: NodeJS.WritableStream = process.stdout): void {
	const all = [head.map((name) => styled("bold", name, stream)), ...rows];
	const columns = head.map((_, column) => {
		const widest = () => all.reduce((most, row) => Math.max(most, stringWidth(row[column] ?? "")), 0);
		return widths[column] ?? widest();
	});
	const lines = all.flatMap((row) => {
		const cells = columns.map((width, column) => wrapped(row[column] ?? "", width));
		const height = Math.max(...cells.map(({ length }) => length));
		return Array.from({ length: height }, (_, line) =>
			columns
				.map((width, column) => padded(cells[column]?.[line] ?? "", width))
				.join(gap)
				.trimEnd(),
		);
	});
	stream.write(`${lines.join("\n")}\n`);
}

const padded = (text: string, width: number) => text + " ".repeat(Math.max(0, width - stringWidth(text)));

/** A text in lines of a width: wrapped between words; a wider word is cut. */
function wrapped(text: string, width: number): string[] {
	if (stringWidth(text) <= width && !text.includes("\n")) return [text];
	return text.split("\n").flatMap((line) => {
		const lines: string[] = [];
		for (const word of line.split(" ")) {
			const longer = `${lines.at(-1) ?? ""} ${word}`;
			if (lines.length > 0 && stringWidth(longer) <= width) lines.splice(-1, 1, longer);
			else lines.push(word);
		}
		return lines.map((each) => cut(each, width));
	});
}

/** A text cut to a width. */
function cut(text: string, width: number): string {
	if (stringWidth(text) <= width) return text;
	let shown = "";
	for (const character of text) {
		if (stringWidth(`${shown}${character}…`) > width) break;
		shown += character;
	}
	return `${shown}…`;
}

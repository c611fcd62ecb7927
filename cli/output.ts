import { styleText } from "node:util";
import CliTable3 from "cli-table3";
import type { Command } from "commander";

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

/**
 * Foreign text as one line that is safe for a terminal: a client's name may hold line breaks, escape sequences, or characters that
 * change the text direction.
 */
export const printable = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ").trim();

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
	/** The rows, with a cell for each column. Cells may be styled; foreign text must go through `printable` first. */
	rows: readonly (readonly string[])[];
	/** The maximum width of each column in characters; longer text is wrapped. Undefined: no maximum. @default all undefined */
	widths?: readonly (number | undefined)[];
}

const withoutLines = {
	top: "",
	"top-mid": "",
	"top-left": "",
	"top-right": "",
	bottom: "",
	"bottom-mid": "",
	"bottom-left": "",
	"bottom-right": "",
	left: "",
	"left-mid": "",
	mid: "",
	"mid-mid": "",
	right: "",
	"right-mid": "",
	middle: "  ",
};

/** Prints a table without lines around its cells: readable on a terminal and by `awk`. */
export function printTable(table: Table, stream: NodeJS.WritableStream = process.stdout): void {
	const shown = new CliTable3({
		head: table.head.map((name) => styled("bold", name, stream)),
		chars: withoutLines,
		style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
		colWidths: table.head.map((_, index) => table.widths?.[index] ?? null),
		wordWrap: true,
	});
	shown.push(...table.rows.map((row) => [...row]));
	const lines = shown.toString().split("\n");
	stream.write(`${lines.map((line) => line.trimEnd()).join("\n")}\n`);
}

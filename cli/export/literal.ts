import { Reference, type Source } from "./program";

/** Lists and objects longer than this many characters are split into several lines. */
const longestLine = 110;

/** Characters that are invisible, end a line, or change the text direction of the code after them. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** How a language writes values. */
export interface Syntax {
	/** An invisible character in a string. */
	escape: (codePoint: number) => string;
	/** The name of an object's property, with what separates it from the value. */
	property: (name: string) => string;
	/** The words for true and false. */
	truth: readonly [string, string];
	/** What comes before a comment. */
	comment: string;
	/** One step of indentation. */
	indent: string;
	/** What is beside an object's braces on one line. */
	space: string;
	/** A value that isn't in the program. */
	reference: (source: Source) => string;
	/** A string, after its escapes. @default the same */
	text?: (literal: string) => string;
}

/** Any text as a literal on one line: invisible characters are escaped, lone surrogates by JSON.stringify. */
export function textLiteral(text: string, { escape, text: finish = (literal) => literal }: Syntax): string {
	const literal = JSON.stringify(text).replaceAll(invisible, (character) => escape(character.codePointAt(0) ?? 0));
	return finish(literal);
}

/** The escape of a character by 4 or 8 hexadecimal digits, as in YAML, Python and Go. */
export const fixedEscape = (codePoint: number): string =>
	codePoint > 0xffff
		? `\\U${codePoint.toString(16).padStart(8, "0")}`
		: `\\u${codePoint.toString(16).padStart(4, "0")}`;

/** A comment at the end of a line. Its text is a literal, so nothing in it can end the line or the comment. */
export const comment = (text: string | undefined, syntax: Syntax): string =>
	text === undefined ? "" : ` ${syntax.comment} ${textLiteral(text, { ...syntax, text: (literal) => literal })}`;

/**
 * A value as a literal, formatted as a person would write it.
 *
 * @param indent the indentation of the line it begins on
 * @param noteOn the comment after an item of a list
 */
export function toLiteral(
	value: unknown,
	syntax: Syntax,
	indent = "",
	noteOn: (item: unknown) => string | undefined = () => undefined,
): string {
	if (value instanceof Reference) return syntax.reference(value.to);
	if (typeof value === "string") return textLiteral(value, syntax);
	if (typeof value === "boolean") return syntax.truth[value ? 0 : 1];
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const inner = indent + syntax.indent;
	const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
	const parts = (at: string): string[] =>
		Array.isArray(value)
			? value.map((item) => toLiteral(item, syntax, at))
			: Object.entries(value).map(([name, item]) => syntax.property(name) + toLiteral(item, syntax, at));
	const flat = parts(indent);
	if (flat.length === 0) return open + close;
	const space = Array.isArray(value) ? "" : syntax.space;
	const line = `${open}${space}${flat.join(", ")}${space}${close}`;
	const comments = Array.isArray(value) ? value.map((item) => comment(noteOn(item), syntax)) : [];
	if (!line.includes("\n") && line.length <= longestLine && comments.join("") === "") return line;
	return `${open}\n${parts(inner)
		.map((part, index) => `${inner}${part},${comments[index] ?? ""}\n`)
		.join("")}${indent}${close}`;
}

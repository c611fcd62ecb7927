/** Longer lists and objects than this many characters go over several lines. */
const longestLine = 110;

/** What a reader couldn't see, what would end a line, or what would turn the direction of the code after it. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text as a TypeScript literal, on one line whatever it holds: what is invisible is escaped, lone surrogates are by JSON. */
function textLiteral(text: string): string {
	return JSON.stringify(text).replaceAll(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

const isPlainName = (name: string) => /^[A-Za-z]\w*$/.test(name);

/** A comment that ends its line. Its text stands in it as a literal: nothing in it can end the line, or the comment. */
const comment = (text: string | undefined) => (text === undefined ? "" : ` // ${textLiteral(text)}`);

/**
 * A JSON value as a TypeScript literal, the way a person would write it.
 *
 * @param indent the tabs of the line it begins on
 * @param noteOn what a list says of an item, in a comment behind it
 */
export function toLiteral(
	value: unknown,
	indent = "",
	noteOn: (item: unknown) => string | undefined = () => undefined,
): string {
	if (typeof value === "string") return textLiteral(value);
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const inner = `${indent}\t`;
	const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
	const parts = (at: string): string[] =>
		Array.isArray(value)
			? value.map((item) => toLiteral(item, at))
			: Object.entries(value).map(
					([name, item]) => `${isPlainName(name) ? name : textLiteral(name)}: ${toLiteral(item, at)}`,
				);
	const flat = parts(indent);
	if (flat.length === 0) return open + close;
	const space = Array.isArray(value) ? "" : " ";
	const line = `${open}${space}${flat.join(", ")}${space}${close}`;
	const comments = Array.isArray(value) ? value.map((item) => comment(noteOn(item))) : [];
	if (!line.includes("\n") && line.length <= longestLine && comments.join("") === "") return line;
	return `${open}\n${parts(inner)
		.map((part, index) => `${inner}${part},${comments[index] ?? ""}\n`)
		.join("")}${indent}${close}`;
}

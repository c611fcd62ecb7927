/** Lists and objects longer than this many characters are split into several lines. */
const longestLine = 110;

/** Characters that are invisible, end a line, or change the text direction of the code after them. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Any text as a TypeScript literal on one line: invisible characters are escaped, lone surrogates by JSON.stringify. */
function textLiteral(text: string): string {
	return JSON.stringify(text).replaceAll(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

const isPlainName = (name: string) => /^[A-Za-z]\w*$/.test(name);

/** A comment at the end of a line. Its text is a literal, so nothing in it can end the line or the comment. */
const comment = (text: string | undefined) => (text === undefined ? "" : ` // ${textLiteral(text)}`);

/**
 * A JSON value as a TypeScript literal, formatted as a person would write it.
 *
 * @param indent the tabs of the line it begins on
 * @param noteOn the comment after an item of a list
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

/** Longer lists and objects than this many characters go over several lines. */
const longestLine = 110;

/** What a reader couldn't see, or what would turn the direction of the code after it. */
const invisible = /[\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text as a TypeScript literal. What is invisible is escaped; JSON escapes control characters and lone surrogates already. */
function textLiteral(text: string): string {
	return JSON.stringify(text).replaceAll(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

const isPlainName = (name: string) => /^[A-Za-z]\w*$/.test(name);

/**
 * A JSON value as a TypeScript literal, the way a person would write it.
 *
 * @param indent the tabs of the line it begins on
 */
export function toLiteral(value: unknown, indent = ""): string {
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
	if (!line.includes("\n") && line.length <= longestLine) return line;
	return `${open}\n${parts(inner)
		.map((part) => `${inner}${part},\n`)
		.join("")}${indent}${close}`;
}

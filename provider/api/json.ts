/** In a JSON text: an escaped pair of surrogates, a surrogate of its own, or any other escape. */
const escapes = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(\\u[dD][89a-fA-F][\da-fA-F]{2})|\\[^]/g;

/**
 * Parses JSON; undefined if the text is invalid. Half of a character of two code units, which JSON can hold and UTF-8 can't, is read as the
 * replacement character, as UTF-8 decoders do: Pulumi's engine would refuse the whole answer to it, with the id and the secret of what was created.
 */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.replaceAll(escapes, (escape, half?: string) => (half === undefined ? escape : "\\ufffd")));
	} catch {
		return undefined;
	}
}

/** The fields of a JSON object; none for any other value. */
export function fieldsOf(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Whether objects and lists are nested deeper than some levels. */
export function isDeeperThan(value: unknown, levels: number): boolean {
	if (typeof value !== "object" || value === null) return false;
	return levels === 0 || Object.values(value).some((part) => isDeeperThan(part, levels - 1));
}

/** A value as JSON with sorted object keys, so that equal values have the same text. */
export function canonicalJson(value: unknown): string {
	const text = JSON.stringify(value, (_, part: unknown) =>
		typeof part === "object" && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	) as string | undefined;
	return text ?? "";
}

/** Whether two values are the same JSON, regardless of the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
	return canonicalJson(a) === canonicalJson(b);
}

/** A value as JSON, the names of each object in order: two values that mean the same give the same text. */
export function canonicalJson(value: unknown): string {
	const text = JSON.stringify(value, (_, part: unknown) =>
		typeof part === "object" && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	) as string | undefined;
	return text ?? "";
}

/** Whether two values are the same JSON, whatever the order of names. */
export function sameJson(a: unknown, b: unknown): boolean {
	return canonicalJson(a) === canonicalJson(b);
}

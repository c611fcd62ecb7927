/** A resource's inputs or outputs, or what Pulumi passes to `diff` in a refresh; possibly of another version of the package. */
export type Properties = Partial<Record<string, unknown>>;

/**
 * Represents a value that isn't known in a preview (an output of another resource): Pulumi's constant, part of its wire protocol.
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value or a part of it isn't known yet. */
export function hasUnknown(value: unknown): boolean {
	if (value === unknownValue) return true;
	if (Array.isArray(value)) return value.some(hasUnknown);
	return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** Some of the properties: those that are set. */
export const picked = (properties: Properties, names: readonly string[]): Properties =>
	Object.fromEntries(names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]));

/** Properties that aren't known yet. */
export const unknownProperties = (names: readonly string[]): Properties =>
	Object.fromEntries(names.map((name) => [name, unknownValue]));

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

/** Returns whether two lists are equal as sets, whose items are the same if their keys are. */
export const sameSet =
	(keyOf: (item: unknown) => unknown = (item) => item) =>
	(...lists: [unknown, unknown]): boolean => {
		const [left, right] = lists.map((list) => new Set(Array.isArray(list) ? list.map(keyOf) : []));
		return left!.size === right!.size && [...left!].every((key) => right!.has(key));
	};

/**
 * The canonical form of a list that is a set: unique elements in a fixed order, so that Pulumi shows no change if only the order differs. All
 * elements not known yet are kept: they look the same but may differ.
 */
export function canonicalSet<T>(values: readonly T[]): T[] {
	const byText = new Map(
		values.map((value, index) => [
			(typeof value === "string" ? value : canonicalJson(value)) + (hasUnknown(value) ? `#${index}` : ""),
			value,
		]),
	);
	return [...byText.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

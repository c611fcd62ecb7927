/** The property that is a secret wherever the value of an argument has it. */
const secretPart = "clientSecret";

const isPlain = (value: unknown): value is object =>
	typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

/**
 * A value with each secret in it changed.
 *
 * @param change makes another value of a secret; undefined leaves it out
 * @param other makes another value of what is no plain object
 */
export function mapSecretParts(
	value: unknown,
	change: (secret: unknown) => unknown,
	other: (value: unknown) => unknown = (same) => same,
): unknown {
	if (!isPlain(value)) return other(value);
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, part]) => {
			const isSecret = name === secretPart && part !== undefined;
			const changed = isSecret ? change(part) : mapSecretParts(part, change, other);
			return changed === undefined ? [] : [[name, changed]];
		}),
	);
}

/** A value without the secrets in it. */
export const withoutSecretParts = (value: unknown): unknown => mapSecretParts(value, () => undefined);

/** The secrets in a value. */
export function secretPartsIn(value: unknown): unknown[] {
	const found: unknown[] = [];
	mapSecretParts(value, (secret) => found.push(secret));
	return found;
}

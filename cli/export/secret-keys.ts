/** A secret that a program takes from the stack's configuration. */
export interface WantedSecret {
	/** The id of the client or credential. */
	id: string;
	/** The argument or field. */
	field: string;
	/** The resource's variable in the program. */
	variable: string;
}

/** The place of a secret in the result of `secretKeys`. */
export const secretPlace = ({ id, field }: Pick<WantedSecret, "id" | "field">): string => `${id} ${field}`;

/**
 * The keys of secrets in the stack's configuration, by `secretPlace`: the resource's variable with the field's name. Each is unique, and no other name
 * of the program.
 *
 * @param taken the other names of the program
 */
export function secretKeys(wanted: readonly WantedSecret[], taken: Iterable<string>): Map<string, string> {
	const used = new Set(taken);
	return new Map(
		wanted.map((secret) => [secretPlace(secret), uniqueName(secret.variable + capitalized(secret.field), used)]),
	);
}

/** A name that isn't used yet, with a number if need be; it is used then. */
export function uniqueName(wanted: string, used: Set<string>): string {
	let name = wanted;
	for (let number = 2; used.has(name); number += 1) name = `${wanted}${number}`;
	used.add(name);
	return name;
}

/** The letters and digits of a field's name; another field may have the same. */
const capitalized = (field: string) =>
	field
		.split(/[^A-Za-z0-9]+/)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join("") || "Secret";

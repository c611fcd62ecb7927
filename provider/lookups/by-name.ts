import { nearest } from "../nearest";
import { LookupError } from "./lookup-error";

/** What a lookup looks for, for what its failure says. */
export interface Wanted<Entity> {
	/** The text that exactly one must have. */
	value: string;
	/** Where it has it. */
	of: (entity: Entity) => string | undefined;
	/** What it is, such as `name`. */
	trait: string;
	/** What several of them are called, such as `OAuth clients`. */
	plural: string;
	/** How to tell one of several apart, as an instruction. */
	otherwise: string;
}

/** Those that have the text, upper and lower case told apart. */
export const thoseWith = <Entity>(entities: readonly Entity[], { value, of }: Wanted<Entity>): Entity[] =>
	entities.filter((entity) => of(entity) === value);

/**
 * The only one that has the text.
 *
 * @throws LookupError when none has it, with the nearest, and when several do, with their ids
 */
export function theOnlyOne<Entity extends { id: string }>(entities: readonly Entity[], wanted: Wanted<Entity>): Entity {
	const [found, ...others] = thoseWith(entities, wanted);
	if (found === undefined) {
		const guess = nearest(
			wanted.value,
			entities.map((entity) => wanted.of(entity)).filter((text) => typeof text === "string"),
		);
		throw new LookupError(
			`none of the ${entities.length} ${wanted.plural} has exactly this ${wanted.trait}${guess === undefined ? "" : `; did you mean "${guess}"?`}`,
		);
	}
	if (others.length > 0) {
		const candidates = [found, ...others].map(({ id }) => id).toSorted();
		throw new LookupError(
			`${candidates.length} ${wanted.plural} have this ${wanted.trait}: ${candidates.join(", ")}. ${wanted.otherwise}`,
			{ candidates },
		);
	}
	return found;
}

/** A whole name as a regular expression: `*` stands for any text, `?` for one character. */
export function toRegExp(pattern: string): RegExp {
	const source = pattern
		.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
		.replaceAll(/\*+/g, ".*")
		.replaceAll("?", ".");
	return new RegExp(`^${source}$`, "su");
}

/** Orders by name, then by id. */
export function byNameThenId(one: { id: string; name: string }, other: { id: string; name: string }): number {
	if (one.name !== other.name) return one.name < other.name ? -1 : 1;
	return one.id < other.id ? -1 : 1;
}

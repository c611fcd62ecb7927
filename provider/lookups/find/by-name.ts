import { enumerated, quoted } from "../../api/errors";
import { nearest } from "../../api/nearest";
import { LookupError } from "./lookup-error";

/** What a lookup searches for, with texts for its error. */
export interface Wanted<Entity> {
	/** The text to find. */
	value: string;
	/** Returns the text of an entity. */
	of: (entity: Entity) => string | undefined;
	/** The field with the text, such as `name`. */
	trait: string;
	/** The entities' plural, such as `OAuth clients`. */
	plural: string;
	/** What to do if several match. */
	otherwise: string;
}

/** The entities with exactly this text. */
const findExact = <Entity>(entities: readonly Entity[], { value, of }: Wanted<Entity>): Entity[] =>
	entities.filter((entity) => of(entity) === value);

/**
 * The only entity with exactly this text.
 *
 * @throws LookupError if there is none, with the closest text, or if there are several, with their ids
 */
export function requireOnlyOne<Entity extends { id: string }>(
	entities: readonly Entity[],
	wanted: Wanted<Entity>,
): Entity {
	const [found, ...others] = findExact(entities, wanted);
	if (found === undefined) {
		const guess = nearest(
			wanted.value,
			entities.map((entity) => wanted.of(entity)).filter((text) => typeof text === "string"),
		);
		throw new LookupError(
			`none of the ${entities.length} ${wanted.plural} has exactly this ${wanted.trait}${guess === undefined ? "" : `; did you mean "${quoted(guess)}"?`}`,
		);
	}
	if (others.length > 0) {
		const candidates = [found, ...others].map(({ id }) => id).toSorted();
		throw new LookupError(
			`${candidates.length} ${wanted.plural} have this ${wanted.trait}: ${enumerated(candidates)}. ${wanted.otherwise}`,
			{ candidates },
		);
	}
	return found;
}

/**
 * The only entity with exactly this text: among those that Genesys Cloud's filter finds, or, without a match there, among all of them.
 *
 * @param list lists the entities that a filter finds, or all without one
 * @throws LookupError as {@link requireOnlyOne}
 */
export async function findOnlyOne<Entity extends { id: string }, Filter>(
	list: (filter?: Filter) => Promise<{ entities: Entity[] }>,
	filter: Filter,
	wanted: Wanted<Entity>,
): Promise<Entity> {
	const { entities: filtered } = await list(filter);
	return requireOnlyOne(findExact(filtered, wanted).length > 0 ? filtered : (await list()).entities, wanted);
}

/** A pattern for a whole name as a regular expression: `*` matches any text, `?` one character. */
export function toRegExp(pattern: string): RegExp {
	const source = pattern
		.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
		.replaceAll(/\*+/g, ".*")
		.replaceAll("?", ".");
	return new RegExp(`^${source}$`, "su");
}

/** Compares by name, then by id. */
export function byNameThenId(one: { id: string; name: string }, other: { id: string; name: string }): number {
	if (one.name !== other.name) return one.name < other.name ? -1 : 1;
	return one.id < other.id ? -1 : 1;
}

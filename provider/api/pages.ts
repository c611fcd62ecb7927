/** A page of a list. */
interface Page<Entity> {
	entities: Entity[];
	/** Path of the next page, when there is one. */
	nextUri?: string;
	/** Which page this is, from 1. */
	pageNumber?: number;
	/** How many pages there are. */
	pageCount?: number;
}

type Query = Record<string, string | undefined>;

/** More pages than this are a server that sends us in circles. */
const mostPages = 10_000;

/**
 * The entities of all pages, each once.
 *
 * @param ask asks for a page
 * @param query what each page is asked with, beside what leads to it
 */
export async function allPages<Entity extends { id: string }>(
	ask: (query: Query) => Promise<Page<Entity>>,
	query: Query = {},
): Promise<Entity[]> {
	const found = new Map<string, Entity>();
	const asked = new Set<string>();
	let next: Query | undefined = query;
	for (let page = 1; next !== undefined && page <= mostPages; page += 1) {
		asked.add(keyOf(next));
		const answer: Page<Entity> = await ask(next);
		for (const entity of answer.entities) found.set(entity.id, entity);
		const following = pageAfter(answer);
		next = following && { ...query, ...following };
		if (next !== undefined && asked.has(keyOf(next))) next = undefined;
	}
	return [...found.values()];
}

function pageAfter<Entity>({ nextUri, pageNumber, pageCount }: Page<Entity>): Query | undefined {
	// Only the query is taken from nextUri: a token goes to no other host or path because an answer says so.
	if (nextUri) return Object.fromEntries(new URL(nextUri, "https://unused").searchParams);
	return typeof pageNumber === "number" && typeof pageCount === "number" && pageNumber < pageCount
		? { pageNumber: String(pageNumber + 1) }
		: undefined;
}

const keyOf = (query: Query) => {
	const parameters = new URLSearchParams(query as Record<string, string>);
	parameters.sort();
	return parameters.toString();
};

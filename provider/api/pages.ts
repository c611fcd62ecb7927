/** A page of a list. */
interface Page<Entity> {
	entities: Entity[];
	/** Path of the next page, if there is one. */
	nextUri?: string;
	/** Number of this page, from 1. */
	pageNumber?: number;
	/** Number of pages. */
	pageCount?: number;
}

type Query = Record<string, string | undefined>;

/** The maximum number of pages, in case a server repeats them endlessly. */
const mostPages = 10_000;

/**
 * Reads all pages of a list; returns each entity once.
 *
 * @param ask requests a page
 * @param query the query parameters of every page
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
		const response: Page<Entity> = await ask(next);
		for (const entity of response.entities) found.set(entity.id, entity);
		const following = pageAfter(response);
		next = following && { ...query, ...following };
		if (next !== undefined && asked.has(keyOf(next))) next = undefined;
	}
	return [...found.values()];
}

function pageAfter<Entity>({ nextUri, pageNumber, pageCount }: Page<Entity>): Query | undefined {
	// Only the query is taken from nextUri: a response must not direct the token to another host or path.
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

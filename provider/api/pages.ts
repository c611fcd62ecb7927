import { type Answer, type Page, pageOf } from "./answer-fields";
import type { Caller, Operation } from "./api-client";
import { ConnectionError } from "./errors";

type Query = Record<string, string | undefined>;

/** The maximum number of pages, in case a server repeats them endlessly. */
const mostPages = 10_000;

/**
 * Reads all pages of a list; returns each entity once.
 *
 * @param operation the listing
 * @param entity what an entity of it must be
 * @param query the query parameters of every page
 * @throws ConnectionError if the list has no end: a part of it may look as if something had been deleted
 */
export async function allPages<Entity extends { id: string }>(
	client: Caller,
	operation: Operation,
	entity: Answer<Entity>,
	query: Query = {},
): Promise<Entity[]> {
	const answer = pageOf(entity);
	const found = new Map<string, Entity>();
	const asked = new Set<string>();
	let next: Query | undefined = query;
	for (let page = 1; next !== undefined && page <= mostPages; page += 1) {
		asked.add(keyOf(next));
		const response: Page<Entity> = await client.call(operation, answer, { query: next });
		for (const each of response.entities) found.set(each.id, each);
		const following = pageAfter(response);
		next = following && { ...query, ...following };
		if (next !== undefined && asked.has(keyOf(next))) next = undefined;
	}
	if (next !== undefined) {
		throw new ConnectionError(
			`${operation.name} failed: the list has more than ${mostPages} pages. Check proxies and the gateway, which may have changed it`,
			{ operation: operation.name, code: "UNREADABLE", mayHaveActed: false },
		);
	}
	return [...found.values()];
}

function pageAfter<Entity>({ nextUri, pageNumber, pageCount }: Page<Entity>): Query | undefined {
	// Only the query is taken from nextUri: a response must not direct the token to another host or path.
	if (nextUri) return Object.fromEntries(new URL(nextUri, "https://unused").searchParams);
	return pageNumber !== undefined && pageCount !== undefined && pageNumber < pageCount
		? { pageNumber: String(pageNumber + 1) }
		: undefined;
}

const keyOf = (query: Query) => {
	const parameters = new URLSearchParams(query as Record<string, string>);
	parameters.sort();
	return parameters.toString();
};

import type { ApiContext } from "../http/api-context";
import { numberParameter } from "../http/query-parameters";

/** A page of one of the vendor's listings by page number. */
export function toNumberedPage(
	context: ApiContext,
	entities: readonly Record<string, unknown>[],
	{ path, pageSize, hasNextUri = true }: { path: string; pageSize: number; hasNextUri?: boolean },
): Record<string, unknown> {
	const pageCount = Math.max(Math.ceil(entities.length / pageSize), 1);
	const pageNumber = numberParameter(context, "pageNumber", { fallback: 1 });
	const uri = (page: number) => {
		const query = new URLSearchParams({ pageSize: String(pageSize), pageNumber: String(page) });
		for (const [name, value] of new URL(context.req.url).searchParams)
			if (name !== "pageSize" && name !== "pageNumber") query.append(name, value);
		return `${path}?${query}`;
	};
	return {
		entities: entities.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
		pageSize,
		pageNumber,
		total: entities.length,
		pageCount,
		firstUri: uri(1),
		lastUri: uri(pageCount),
		...(hasNextUri && pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
		...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
		selfUri: uri(pageNumber),
	};
}

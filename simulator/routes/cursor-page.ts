import type { ApiContext } from "../http/api-context";
import { ApiRefusal } from "../http/api-refusal";
import { numberParameter, textParameter, toInvalidParameter } from "../http/query-parameters";

/** A page of one of the vendor's listings with cursors. */
export function toCursorPage<Item>(
	context: ApiContext,
	items: readonly Item[],
	{
		path,
		maxPageSize,
		cursorOf,
		toBody,
	}: {
		path: string;
		maxPageSize: number;
		cursorOf: (item: Item) => string;
		toBody: (item: Item) => Record<string, unknown>;
	},
): Record<string, unknown> {
	const after = textParameter(context, "after");
	const before = textParameter(context, "before");
	if (after !== undefined && before !== undefined) throw new ApiRefusal("both.after.and.before.provided");
	const pageSize = numberParameter(context, "pageSize", { fallback: 25, maximum: maxPageSize });
	const place = (parameter: string, cursor: string) => {
		const index = items.findIndex((item) => cursorOf(item) === cursor);
		if (index === -1) throw toInvalidParameter(parameter, cursor, "the cursors of nextUri and previousUri");
		return index;
	};
	const end = before === undefined ? items.length : place("before", before);
	const begin = after === undefined ? 0 : place("after", after) + 1;
	const start = before === undefined ? begin : Math.max(end - pageSize, 0);
	const page = items.slice(start, Math.min(end, start + pageSize));
	const uri = (parameter: string, cursor: string) => {
		const query = new URLSearchParams(new URL(context.req.url).searchParams);
		query.delete("after");
		query.delete("before");
		query.set(parameter, cursor);
		return `${path}?${query}`;
	};
	const [first, last] = [page[0], page.at(-1)];
	const isLast = start + page.length === items.length;
	return {
		entities: page.map(toBody),
		...(last === undefined || isLast ? {} : { nextUri: uri("after", cursorOf(last)) }),
		...(first === undefined || start === 0 ? {} : { previousUri: uri("before", cursorOf(first)) }),
		selfUri: `${path}${new URL(context.req.url).search}`,
	};
}

import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import {
	booleanParameter,
	listParameter,
	numberParameter,
	textParameter,
	toInvalidParameter,
} from "../http/query-parameters";
import type { StoredDivision } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";
import { filterByName } from "./name-filter";
import { toNumberedPage } from "./numbered-page";

const PATH = "/api/v2/authorization/divisions";
/** The maximum page size of the listing with cursors, by the vendor's OpenAPI description. */
const MAX_CURSOR_PAGE_SIZE = 200;

/** The operations that read divisions. No permission is needed. */
export function divisionOperations(store: OrganizationStore): ApiOperation[] {
	const shared = {
		method: "GET",
		permissions: [],
		scopes: ["authorization", "authorization:readonly"],
	} as const;
	return [
		{ ...shared, template: PATH, handle: (context) => context.json(toListing(context, store)) },
		{ ...shared, template: `${PATH}/home`, handle: (context) => context.json(toBody(findHome(store), true)) },
		{ ...shared, template: `${PATH}/query`, handle: (context) => context.json(toCursorListing(context, store)) },
	];
}

function findHome(store: OrganizationStore): StoredDivision {
	const home = [...store.state.divisions.values()].find((division) => division.home);
	if (home === undefined) throw new Error("The organization has no home division.");
	return home;
}

function find(context: ApiContext, store: OrganizationStore): StoredDivision[] {
	const ids = listParameter(context, "id");
	const divisions = [...store.state.divisions.values()].filter(({ id }) => ids?.includes(id) ?? true);
	return filterByName(divisions, textParameter(context, "name"), store.state.settings.authorizationLists);
}

function toListing(context: ApiContext, store: OrganizationStore): Record<string, unknown> {
	const { maxPageSize, nextUri } = store.state.settings.authorizationLists;
	const isCounted = booleanParameter(context, "objectCount", false);
	return toNumberedPage(
		context,
		find(context, store).map((division) => toBody(division, isCounted)),
		{
			path: PATH,
			pageSize: numberParameter(context, "pageSize", { fallback: 25, maximum: maxPageSize }),
			hasNextUri: nextUri,
		},
	);
}

/** The vendor's AuthzDivisionCursorListing. */
function toCursorListing(context: ApiContext, store: OrganizationStore): Record<string, unknown> {
	const after = textParameter(context, "after");
	const before = textParameter(context, "before");
	if (after !== undefined && before !== undefined) throw new ApiRefusal("both.after.and.before.provided");
	const pageSize = numberParameter(context, "pageSize", { fallback: 25, maximum: MAX_CURSOR_PAGE_SIZE });
	const divisions = find(context, store);
	const place = (parameter: string, cursor: string) => {
		const index = divisions.findIndex(({ id }) => toCursor(id) === cursor);
		if (index === -1) throw toInvalidParameter(parameter, cursor, "the cursors of nextUri and previousUri");
		return index;
	};
	const end = before === undefined ? divisions.length : place("before", before);
	const begin = after === undefined ? 0 : place("after", after) + 1;
	const start = before === undefined ? begin : Math.max(end - pageSize, 0);
	const page = divisions.slice(start, Math.min(end, start + pageSize));
	const uri = (parameter: string, cursor: string) => {
		const query = new URLSearchParams(new URL(context.req.url).searchParams);
		query.delete("after");
		query.delete("before");
		query.set(parameter, cursor);
		return `${PATH}/query?${query}`;
	};
	const [first, last] = [page[0], page.at(-1)];
	const isLast = start + page.length === divisions.length;
	return {
		entities: page.map((division) => toBody(division, false)),
		...(last === undefined || isLast ? {} : { nextUri: uri("after", toCursor(last.id)) }),
		...(first === undefined || start === 0 ? {} : { previousUri: uri("before", toCursor(first.id)) }),
		selfUri: `${PATH}/query${new URL(context.req.url).search}`,
	};
}

const toCursor = (id: string) => Buffer.from(id).toString("base64url");

/** The vendor's AuthzDivision. */
function toBody({ id, name, description, home }: StoredDivision, isCounted: boolean): Record<string, unknown> {
	return {
		id,
		name,
		description,
		homeDivision: home,
		...(isCounted ? { objectCounts: {} } : {}),
		selfUri: `${PATH}/${id}`,
	};
}

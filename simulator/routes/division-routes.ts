import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import { booleanParameter, listParameter, numberParameter, textParameter } from "../http/query-parameters";
import type { StoredDivision } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";
import { toCursorPage } from "./cursor-page";
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
const toCursorListing = (context: ApiContext, store: OrganizationStore): Record<string, unknown> =>
	toCursorPage(context, find(context, store), {
		path: `${PATH}/query`,
		maxPageSize: MAX_CURSOR_PAGE_SIZE,
		cursorOf: ({ id }) => Buffer.from(id).toString("base64url"),
		toBody: (division) => toBody(division, false),
	});

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

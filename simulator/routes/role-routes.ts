import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import { pathParameter } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import { booleanParameter, listParameter, numberParameter, textParameter } from "../http/query-parameters";
import type { StoredRole } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";
import { PERMISSIONS } from "../organization/seed-defaults";
import { filterByName } from "./name-filter";
import { toNumberedPage } from "./numbered-page";

const PATH = "/api/v2/authorization/roles";
/** How many roles can be requested by id at a time (the vendor's `max.role.ids`). */
const MAX_IDS = 100;

/** The operations that read roles. */
export function roleOperations(store: OrganizationStore): ApiOperation[] {
	const shared = {
		method: "GET",
		permissions: [PERMISSIONS.viewRoles],
		scopes: ["authorization", "authorization:readonly"],
	} as const;
	return [
		{ ...shared, template: PATH, handle: (context) => context.json(toListing(context, store)) },
		{
			...shared,
			template: `${PATH}/{roleId}`,
			handle: (context) => {
				const id = pathParameter(context, "roleId");
				const role = store.news.isSeen("roleById", id) ? store.state.roles.get(id) : undefined;
				if (role === undefined) throw new ApiRefusal("not.found");
				return context.json(toBody(role, parseDetail(context, store)));
			},
		},
	];
}

function toListing(context: ApiContext, store: OrganizationStore): Record<string, unknown> {
	const { authorizationLists } = store.state.settings;
	const ids = listParameter(context, "id");
	if (ids !== undefined && ids.length > MAX_IDS) throw new ApiRefusal("max.role.ids");
	const defaultRoleIds = listParameter(context, "defaultRoleId");
	const permissions = listParameter(context, "permission");
	const name = textParameter(context, "name");
	const delay = name !== undefined ? "roleByName" : ids !== undefined ? "roleById" : "roleInList";
	const roles = [...store.state.roles.values()].filter(
		(role) =>
			store.news.isSeen(delay, role.id) &&
			(ids?.includes(role.id) ?? true) &&
			(defaultRoleIds?.includes(role.defaultRoleId ?? "") ?? true) &&
			(permissions === undefined || allows(role, permissions, authorizationLists.permissionFilter)),
	);
	const found = filterByName(roles, name, authorizationLists);
	const detail = parseDetail(context, store);
	return toNumberedPage(
		context,
		found.map((role) => toBody(role, detail)),
		{
			path: PATH,
			pageSize: numberParameter(context, "pageSize", { fallback: 25, maximum: authorizationLists.maxPageSize }),
			hasNextUri: authorizationLists.nextUri,
		},
	);
}

function allows({ permissions }: StoredRole, wanted: readonly string[], how: "any" | "all"): boolean {
	const has = (permission: string) => permissions === "all" || permissions.includes(permission);
	return how === "all" ? wanted.every(has) : wanted.some(has);
}

/** The optional parts of a role in the response. */
interface Detail {
	isCounted: boolean;
	uncountedUsers: "absent" | "zero";
	hasUnused: boolean;
}

const parseDetail = (context: ApiContext, store: OrganizationStore): Detail => ({
	isCounted: booleanParameter(context, "userCount", true),
	uncountedUsers: store.state.settings.authorizationLists.uncountedUsers,
	hasUnused: listParameter(context, "expand")?.includes("unusedPermissions") === true,
});

/** The vendor's DomainOrganizationRole. */
function toBody(role: StoredRole, { isCounted, uncountedUsers, hasUnused }: Detail): Record<string, unknown> {
	const { id, name, description, defaultRoleId, userCount } = role;
	return {
		id,
		name,
		description,
		...(defaultRoleId === undefined ? {} : { defaultRoleId }),
		permissions: role.permissions === "all" ? [] : role.permissions.filter((permission) => !isPolicy(permission)),
		...(hasUnused ? { unusedPermissions: [] } : {}),
		permissionPolicies: toPolicies(role.permissions),
		...(isCounted || uncountedUsers === "zero" ? { userCount: isCounted ? userCount : 0 } : {}),
		roleNeedsUpdate: false,
		default: defaultRoleId !== undefined,
		base: false,
		selfUri: `${PATH}/${id}`,
	};
}

const isPolicy = (permission: string) => permission.split(":").length === 3;

/** Permissions of the form `domain:entity:action`, grouped by domain and entity; `"all"` means `*` in each simulated domain. */
function toPolicies(permissions: StoredRole["permissions"]): Record<string, unknown>[] {
	const all = [...new Set(Object.values(PERMISSIONS).map((permission) => `${permission.split(":")[0]}:*:*`))];
	const entities = Map.groupBy((permissions === "all" ? all : permissions).filter(isPolicy), (permission) =>
		permission.slice(0, permission.lastIndexOf(":")),
	);
	return [...entities].map(([entity, of]) => {
		const [domain, entityName] = entity.split(":");
		const actionSet = of.map((permission) => permission.slice(permission.lastIndexOf(":") + 1));
		return { domain, entityName, actionSet, allowConditions: false };
	});
}

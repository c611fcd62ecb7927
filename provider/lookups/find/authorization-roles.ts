import type { AuthorizationApi, RoleFilter } from "../../api/authorization-api";
import type { DomainOrganizationRole } from "../../api/models";
import { type Wanted, byNameThenId, findOnlyOne, toRegExp } from "./by-name";
import { LookupError, lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";
import type { Connect } from "./connect";

/** Which role to look up: by exact name, or by the fixed id of a built-in role. */
export type GetAuthorizationRoleArgs =
	| {
			/** The role's exact name, case-sensitive. Only one role may have it. */
			name: string;
			defaultRoleId?: undefined;
	  }
	| {
			/** Genesys Cloud's fixed id of a built-in role, such as `employee`, which stays when the role is renamed. Only one role may have it. */
			defaultRoleId: string;
			name?: undefined;
	  };

/** Which roles to list: all of them without a pattern. */
export interface GetAuthorizationRolesArgs {
	/**
	 * A pattern for the whole name, case-sensitive: `*` matches any text, `?` one character.
	 *
	 * @default any
	 */
	namePattern?: string;
}

/** The result of a role lookup. */
export interface AuthorizationRoleResult {
	/** Id of the role, for `roleDivisions`. */
	id: string;
	/** The role's name. */
	name: string;
	/** The role's description; `""` without one. */
	description: string;
	/** Genesys Cloud's fixed id of a built-in role, such as `employee`; undefined for any other role. */
	defaultRoleId?: string;
	/** The role's path in the API. */
	selfUri?: string;
}

/** The roles that were found. */
export interface GetAuthorizationRolesResult {
	/** The roles, sorted by name, then by id. */
	roles: AuthorizationRoleResult[];
}

/** Looks up a role with an API. */
export async function findRole(
	connect: Connect<AuthorizationApi>,
	{ name, defaultRoleId }: GetAuthorizationRoleArgs,
): Promise<AuthorizationRoleResult> {
	if ((name === undefined) === (defaultRoleId === undefined)) {
		throw new LookupError("looking up a role: set either name or defaultRoleId");
	}
	const shared = { plural: "roles", otherwise: "Use the id instead" };
	return name === undefined
		? lookUp(`looking up the role with defaultRoleId "${defaultRoleId}"`, async () =>
				find(await connect(), {
					value: defaultRoleId,
					trait: "defaultRoleId",
					of: (role) => role.defaultRoleId,
					...shared,
				}),
			)
		: lookUp(`looking up role "${name}"`, async () =>
				find(await connect(), { value: name, trait: "name", of: (role) => role.name, ...shared }),
			);
}

async function find(
	api: AuthorizationApi,
	wanted: Wanted<DomainOrganizationRole> & { trait: "name" | "defaultRoleId" },
): Promise<AuthorizationRoleResult> {
	const list = async (filter?: RoleFilter) => api.getAuthorizationRoles(filter);
	return toRoleResult(await findOnlyOne(list, { [wanted.trait]: wanted.value }, wanted));
}

/** Lists roles with an API. */
export async function listRoles(
	connect: Connect<AuthorizationApi>,
	{ namePattern }: GetAuthorizationRolesArgs,
): Promise<GetAuthorizationRolesResult> {
	return lookUp("looking up roles", async () => {
		const { entities } = await (await connect()).getAuthorizationRoles();
		const pattern = namePattern === undefined ? undefined : toRegExp(namePattern);
		const roles = entities.map(toRoleResult).filter(({ name }) => pattern?.test(name) ?? true);
		return { roles: roles.toSorted(byNameThenId) };
	});
}

const toRoleResult = (role: DomainOrganizationRole): AuthorizationRoleResult => ({
	id: role.id,
	name: role.name ?? "",
	description: role.description ?? "",
	...pick(role, ["defaultRoleId", "selfUri"]),
});

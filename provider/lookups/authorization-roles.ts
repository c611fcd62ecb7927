import * as pulumi from "@pulumi/pulumi";
import type { AuthorizationApi } from "../api/authorization-api";
import type { DomainOrganizationRole } from "../api/models";
import { byNameThenId, theOnlyOne, thoseWith, toRegExp, type Wanted } from "./by-name";
import { lookupApi } from "./connection";
import { LookupError, lookUp } from "./lookup-error";
import { pick } from "./oauth-client-result";

/** Which role: by its exact name, or by the id that a built-in role has in every organization. */
export type GetAuthorizationRoleArgs =
	| {
			/** The role's name: exact, upper and lower case told apart. Exactly one role may have it. */
			name: string;
			defaultRoleId?: undefined;
	  }
	| {
			/** Genesys Cloud's own id of a built-in role, such as `employee`: it stays when the role is renamed. Exactly one role may have it. */
			defaultRoleId: string;
			name?: undefined;
	  };

/** {@link GetAuthorizationRoleArgs}, each of which may be an output. */
export type GetAuthorizationRoleOutputArgs =
	| {
			/** The role's exact name. */
			name: pulumi.Input<string>;
			defaultRoleId?: undefined;
	  }
	| {
			/** Genesys Cloud's own id of a built-in role. */
			defaultRoleId: pulumi.Input<string>;
			name?: undefined;
	  };

/** Which roles: all of them unless a pattern is given. */
export interface GetAuthorizationRolesArgs {
	/**
	 * The whole name, in which `*` stands for any text and `?` for one character; upper and lower case are told apart.
	 *
	 * @default any
	 */
	namePattern?: string;
}

/** {@link GetAuthorizationRolesArgs}, which may be an output. */
export interface GetAuthorizationRolesOutputArgs {
	/** The whole name, with `*` and `?`. @default any */
	namePattern?: pulumi.Input<string | undefined>;
}

/** A role as a lookup returns it. */
export interface AuthorizationRoleResult {
	/** Id of the role, for `roleDivisions`. */
	id: string;
	/** Its name, as administrators see it. */
	name: string;
	/** What it is for; `""` when nobody said. */
	description: string;
	/** Genesys Cloud's own id of a built-in role, such as `employee`; of any other role undefined. */
	defaultRoleId?: string;
	/** The role's path in the API. */
	selfUri?: string;
}

/** The roles that were found. */
export interface GetAuthorizationRolesResult {
	/** The roles, by name, then by id. */
	roles: AuthorizationRoleResult[];
}

/**
 * Looks up a role. Runs in previews too. Permission: authorization:role:view. One call; when no role has exactly this name, one more
 * for each 100 roles, to name the nearest.
 *
 * ```ts
 * const role = await getAuthorizationRole({ name: "CRM reader" });
 * ```
 *
 * @throws LookupError when there is none, when several have the name (`candidates`), or when the API fails (`cause`)
 */
export async function getAuthorizationRole(args: GetAuthorizationRoleArgs): Promise<AuthorizationRoleResult> {
	return findRole(lookupApi, args);
}

/** {@link getAuthorizationRole} for arguments that may be outputs. Unknown in a preview in which they are. */
export function getAuthorizationRoleOutput(
	args: GetAuthorizationRoleOutputArgs,
): pulumi.Output<AuthorizationRoleResult> {
	return pulumi.output(args).apply((known) => getAuthorizationRole(known));
}

/**
 * Lists the organization's roles. Runs in previews too. Permission: authorization:role:view. One call for each 100 roles.
 *
 * @throws LookupError when the API fails (`cause`)
 */
export async function getAuthorizationRoles(
	args: GetAuthorizationRolesArgs = {},
): Promise<GetAuthorizationRolesResult> {
	return listRoles(lookupApi, args);
}

/** {@link getAuthorizationRoles} for arguments that may be outputs. Unknown in a preview in which they are. */
export function getAuthorizationRolesOutput(
	args: GetAuthorizationRolesOutputArgs = {},
): pulumi.Output<GetAuthorizationRolesResult> {
	return pulumi
		.output(args)
		.apply(({ namePattern }) => getAuthorizationRoles(namePattern === undefined ? {} : { namePattern }));
}

/** Looks a role up through an API. */
export async function findRole(
	connect: () => AuthorizationApi,
	{ name, defaultRoleId }: GetAuthorizationRoleArgs,
): Promise<AuthorizationRoleResult> {
	if ((name === undefined) === (defaultRoleId === undefined)) {
		throw new LookupError("looking up a role: give name or defaultRoleId, one of them");
	}
	const shared = { plural: "roles", otherwise: "Use the id of the one that is meant" };
	return name === undefined
		? lookUp(`looking up the role with defaultRoleId "${defaultRoleId}"`, async () =>
				find(connect(), {
					value: defaultRoleId,
					trait: "defaultRoleId",
					of: (role) => role.defaultRoleId,
					...shared,
				}),
			)
		: lookUp(`looking up role "${name}"`, async () =>
				find(connect(), { value: name, trait: "name", of: (role) => role.name, ...shared }),
			);
}

/** What Genesys Cloud's filter finds is compared exactly; where it finds nothing, all roles are. */
async function find(
	api: AuthorizationApi,
	wanted: Wanted<DomainOrganizationRole> & { trait: "name" | "defaultRoleId" },
): Promise<AuthorizationRoleResult> {
	const { entities: filtered } = await api.getAuthorizationRoles({ [wanted.trait]: wanted.value });
	const entities = thoseWith(filtered, wanted).length > 0 ? filtered : (await api.getAuthorizationRoles()).entities;
	return toRoleResult(theOnlyOne(entities, wanted));
}

/** Lists roles through an API. */
export async function listRoles(
	connect: () => AuthorizationApi,
	{ namePattern }: GetAuthorizationRolesArgs,
): Promise<GetAuthorizationRolesResult> {
	return lookUp("looking up roles", async () => {
		const { entities } = await connect().getAuthorizationRoles();
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

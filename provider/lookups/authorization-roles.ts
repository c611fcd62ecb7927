import type * as pulumi from "../pulumi-sdk";
import { lookupApi } from "./connection";
import { lookUpOutput } from "./output-lookup";
import {
	type AuthorizationRoleResult,
	type GetAuthorizationRoleArgs,
	type GetAuthorizationRolesArgs,
	type GetAuthorizationRolesResult,
	findRole,
	listRoles,
} from "./find/authorization-roles";

/** {@link GetAuthorizationRoleArgs}, each of which may be an output. */
export type GetAuthorizationRoleOutputArgs =
	| {
			/** The role's exact name. */
			name: pulumi.Input<string>;
			defaultRoleId?: undefined;
	  }
	| {
			/** Genesys Cloud's fixed id of a built-in role. */
			defaultRoleId: pulumi.Input<string>;
			name?: undefined;
	  };

/** {@link GetAuthorizationRolesArgs}, which may be an output. */
export interface GetAuthorizationRolesOutputArgs {
	/** A pattern for the whole name, with `*` and `?`. @default any */
	namePattern?: pulumi.Input<string | undefined>;
}

/**
 * Looks up a role. Runs in previews too. Permission: authorization:role:view. One call; if no role has exactly this name, one more for
 * each 100 roles, to suggest the closest name.
 *
 * ```ts
 * const role = await getAuthorizationRole({ name: "CRM reader" });
 * ```
 *
 * @throws LookupError if there is none, if several have the name (`candidates` has their ids), or if the API fails (`cause`)
 */
export async function getAuthorizationRole(args: GetAuthorizationRoleArgs): Promise<AuthorizationRoleResult> {
	return findRole(lookupApi, args);
}

/** {@link getAuthorizationRole} for arguments that may be outputs; the result is unknown if they are. */
export function getAuthorizationRoleOutput(
	args: GetAuthorizationRoleOutputArgs,
): pulumi.Output<AuthorizationRoleResult> {
	return lookUpOutput(args, (known) => getAuthorizationRole(known));
}

/**
 * Lists the organization's roles. Runs in previews too. Permission: authorization:role:view. One call for each 100 roles.
 *
 * @throws LookupError if the API fails (`cause`)
 */
export async function getAuthorizationRoles(
	args: GetAuthorizationRolesArgs = {},
): Promise<GetAuthorizationRolesResult> {
	return listRoles(lookupApi, args);
}

/** {@link getAuthorizationRoles} for arguments that may be outputs; the result is unknown if they are. */
export function getAuthorizationRolesOutput(
	args: GetAuthorizationRolesOutputArgs = {},
): pulumi.Output<GetAuthorizationRolesResult> {
	return lookUpOutput(args, ({ namePattern }) =>
		getAuthorizationRoles(namePattern === undefined ? {} : { namePattern }),
	);
}

import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import { isApiError } from "../../provider/api/errors";
import type { OAuthClient } from "../../provider/api/models";

/** Names of roles by id. */
export type RoleNames = ReadonlyMap<string, string>;

/**
 * Reads the names of the clients' roles. Calls the API only if a client has a role.
 *
 * @returns no names, and the API's refusal, if the caller may not read roles: the program works without names
 */
export async function readRoleNames(
	api: GenesysCloudApi,
	clients: readonly OAuthClient[],
): Promise<{ roleNames: RoleNames; refusal: string | undefined }> {
	const haveRoles = clients.some(
		({ roleDivisions, roleIds }) => (roleDivisions ?? []).length > 0 || (roleIds ?? []).length > 0,
	);
	if (!haveRoles) return { roleNames: new Map(), refusal: undefined };
	try {
		const { entities } = await api.getAuthorizationRoles();
		const named = entities.flatMap(({ id, name }) => (typeof name === "string" ? [[id, name] as const] : []));
		return { roleNames: new Map(named), refusal: undefined };
	} catch (error) {
		if (!isApiError(error) || error.status !== 403) throw error;
		return { roleNames: new Map(), refusal: error.message };
	}
}

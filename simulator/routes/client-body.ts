import type { PersonReference } from "../organization/seed";
import type { StoredClient } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";

/** The path of the clients. */
export const CLIENTS_PATH = "/api/v2/oauth/clients";

/** A client as the API returns it (the vendor's OAuthClient); with the secret only where the vendor sends it. */
export function toClientBody(client: StoredClient, store: OrganizationStore, secret?: string): Record<string, unknown> {
	return {
		id: client.id,
		name: client.name,
		...(client.description === undefined ? {} : { description: client.description }),
		accessTokenValiditySeconds: client.accessTokenValiditySeconds,
		registeredRedirectUri: client.registeredRedirectUri,
		...(secret === undefined ? {} : { secret }),
		...toRoleLists(client, store),
		authorizedGrantType: client.authorizedGrantType,
		scope: client.scope,
		state: client.state,
		dateCreated: client.dateCreated,
		dateModified: client.dateModified,
		createdBy: toReference(client.createdBy, store),
		modifiedBy: toReference(client.modifiedBy, store),
		...(client.dateToDelete === undefined ? {} : { dateToDelete: client.dateToDelete }),
		...client.extra,
		selfUri: `${CLIENTS_PATH}/${client.id}`,
	};
}

function toRoleLists(
	{ roleIds, roleDivisions }: StoredClient,
	{ state }: OrganizationStore,
): Pick<StoredClient, "roleIds" | "roleDivisions"> {
	if (!state.settings.answers.fillsBothRoleLists) return { roleIds, roleDivisions };
	const inDivisions = roleDivisions.map(({ roleId }) => roleId);
	const home = [...state.divisions.values()].find((division) => division.home)?.id ?? "";
	const others = roleIds.filter((roleId) => !inDivisions.includes(roleId));
	return {
		roleIds: [...new Set([...roleIds, ...inDivisions])],
		roleDivisions: [...roleDivisions, ...others.map((roleId) => ({ roleId, divisionId: home }))],
	};
}

function toReference({ id, name }: PersonReference, { state }: OrganizationStore): Record<string, unknown> {
	return { id, ...(state.settings.answers.namesReferences && { name }), selfUri: `/api/v2/users/${id}` };
}

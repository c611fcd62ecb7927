import type { PersonReference } from "../organization/seed";
import type { StoredClient } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";

/** The path of the clients. */
export const CLIENTS_PATH = "/api/v2/oauth/clients";

/** A client as the API returns it (the vendor's OAuthClient); with the secret only where the vendor sends it. */
export function toClientBody(
	client: StoredClient,
	{ assumed }: OrganizationStore,
	secret?: string,
): Record<string, unknown> {
	const toReference = (person: PersonReference) => {
		const shown = assumed.authorShown(person);
		return shown && { ...shown, selfUri: `/api/v2/users/${person.id}` };
	};
	return {
		id: client.id,
		name: client.name,
		...(client.description === undefined ? {} : { description: client.description }),
		accessTokenValiditySeconds: client.accessTokenValiditySeconds,
		registeredRedirectUri: client.registeredRedirectUri,
		...(secret === undefined ? {} : { secret }),
		...assumed.rolesShown(client),
		authorizedGrantType: client.authorizedGrantType,
		scope: client.scope,
		state: client.state,
		dateCreated: client.dateCreated,
		dateModified: client.dateModified,
		createdBy: toReference(client.createdBy),
		modifiedBy: toReference(client.modifiedBy),
		...(client.dateToDelete === undefined ? {} : { dateToDelete: client.dateToDelete }),
		...client.extra,
		selfUri: `${CLIENTS_PATH}/${client.id}`,
	};
}

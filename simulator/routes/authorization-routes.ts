import type { ApiOperation } from "../http/api-operation";
import { pathParameter } from "../http/api-operation";
import { ApiRefusal } from "../http/api-refusal";
import { chooseLanguage } from "../http/language-choice";
import type { StoredAuthorization } from "../organization/organization-state";
import type { OrganizationStore } from "../organization/organization-store";
import { PERMISSIONS } from "../organization/seed-defaults";
import { CLIENTS_PATH } from "./client-body";
import type { Language } from "./scope-catalog";

const PATH = "/api/v2/oauth/authorizations";

/** The operations on authorizations of other organizations' clients. */
export function authorizationOperations(store: OrganizationStore): ApiOperation[] {
	const shared = {
		method: "GET",
		permissions: [PERMISSIONS.authorizeClients],
		scopes: ["oauth", "oauth:readonly"],
	} as const;
	return [
		{
			...shared,
			template: PATH,
			handle: (context) => {
				const language = chooseLanguage(context);
				const entities = store.state.authorizations.map((authorization) => toBody(authorization, language));
				return context.json({ total: entities.length, entities, selfUri: PATH });
			},
		},
		{
			...shared,
			template: `${PATH}/{clientId}`,
			handle: (context) => {
				const clientId = pathParameter(context, "clientId");
				const found = store.state.authorizations.find((authorization) => authorization.clientId === clientId);
				if (found === undefined) throw new ApiRefusal("not.found");
				return context.json(toBody(found, chooseLanguage(context)));
			},
		},
	];
}

function toBody(authorization: StoredAuthorization, language: Language): Record<string, unknown> {
	const { clientId, clientName, authorizedGrantType, scope, roles, state, dateCreated, dateModified } = authorization;
	const description = describe(authorization.description, language);
	const owner = { ...authorization.resourceOwner, selfUri: `/api/v2/users/${authorization.resourceOwner.id}` };
	return {
		client: {
			id: clientId,
			name: clientName,
			...(description === undefined ? {} : { description }),
			authorizedGrantType,
			scope,
			state: "active",
			selfUri: `${CLIENTS_PATH}/${clientId}`,
		},
		scope,
		roles,
		resourceOwner: owner,
		dateCreated,
		dateModified,
		createdBy: owner,
		modifiedBy: owner,
		pending: state === "Requested",
		state,
		selfUri: `${PATH}/${clientId}`,
	};
}

function describe(description: StoredAuthorization["description"], language: Language): string | undefined {
	return typeof description === "object" ? (description[language] ?? description["en-us"]) : description;
}

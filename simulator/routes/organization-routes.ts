import type { ApiContext } from "../http/api-context";
import type { ApiOperation } from "../http/api-operation";
import type { OrganizationStore } from "../organization/organization-store";

/** The operations on the organization itself and on the caller's own token. No permission is needed. */
export function organizationOperations(store: OrganizationStore): ApiOperation[] {
	return [
		{
			method: "GET",
			template: "/api/v2/authorization/products",
			permissions: [],
			scopes: ["authorization", "authorization:readonly"],
			handle: (context) =>
				context.json({ total: 1, entities: [{ id: "genesysCloud" }], selfUri: "/api/v2/authorization/products" }),
		},
		{
			method: "GET",
			template: "/api/v2/organizations/me",
			permissions: [],
			scopes: ["organization", "organization:readonly"],
			handle: (context) =>
				context.json({
					...store.state.organization,
					defaultLanguage: "en-us",
					state: "active",
					version: 1,
					features: {},
					productPlatform: "Genesys Cloud",
					selfUri: `/api/v2/organizations/${store.state.organization.id}`,
				}),
		},
		{
			method: "GET",
			template: "/api/v2/tokens/me",
			permissions: [],
			scopes: ["user-basic-info"],
			handle: (context) => context.json(toTokenInfo(context, store)),
		},
		{
			method: "DELETE",
			template: "/api/v2/tokens/me",
			permissions: [],
			scopes: ["user-basic-info"],
			handle: (context) => {
				store.revokeToken(context.get("token"));
				return context.body(null, 204);
			},
		},
	];
}

function toTokenInfo(context: ApiContext, store: OrganizationStore): Record<string, unknown> {
	const client = context.get("caller");
	const { id, name } = store.state.organization;
	return {
		organization: { id, name },
		homeOrganization: { id, name },
		authorizedScope: store.token(context.get("token"))?.scopes ?? [],
		OAuthClient: {
			id: client.id,
			name: client.name,
			organization: { id, name },
			authorizedGrantType: client.authorizedGrantType,
			accessTokenValiditySeconds: client.accessTokenValiditySeconds,
			registeredRedirectUri: client.registeredRedirectUri,
			scope: client.scope,
			roleIds: client.roleIds,
			roleDivisions: client.roleDivisions,
			state: client.state,
		},
	};
}

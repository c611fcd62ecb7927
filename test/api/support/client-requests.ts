import type { OAuthClientRequest } from "../../../provider/api/models";
import { ROLE_IDS, DIVISION_IDS } from "../../../simulator";

/** The paths of the vendor's operations, as faults and the request log name them. */
export const paths = {
	clients: "/api/v2/oauth/clients",
	client: "/api/v2/oauth/clients/{clientId}",
	secret: "/api/v2/oauth/clients/{clientId}/secret",
	scopes: "/api/v2/oauth/scopes",
	home: "/api/v2/authorization/divisions/home",
	divisions: "/api/v2/authorization/divisions",
	roles: "/api/v2/authorization/roles",
	role: "/api/v2/authorization/roles/{roleId}",
	login: "/oauth/token",
} as const;

/** The body of a POST for a client that acts for itself. */
export function serviceRequest(changes: Partial<OAuthClientRequest> = {}): OAuthClientRequest {
	return {
		name: "CRM sync",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
		...changes,
	};
}

/** The body of a POST for a client that acts for its users. */
export function webAppRequest(changes: Partial<OAuthClientRequest> = {}): OAuthClientRequest {
	return {
		name: "Agent desktop",
		authorizedGrantType: "CODE",
		registeredRedirectUri: ["https://desktop.example.com/callback"],
		scope: ["users:readonly"],
		...changes,
	};
}

/** An id that no client has. */
export const absentId = "00000000-0000-4000-8000-000000000000";

import { systemClock } from "../provider/api/clock";
import type { GenesysCloudApi } from "../provider/api/genesys-cloud-api";
import type { Connect } from "../provider/lookups/find/connect";
import { findDivision, listDivisions } from "../provider/lookups/find/authorization-divisions";
import { findRole, listRoles } from "../provider/lookups/find/authorization-roles";
import { findAuthorization, listAuthorizations } from "../provider/lookups/find/oauth-authorizations";
import { findClient } from "../provider/lookups/find/oauth-client";
import { findUsage } from "../provider/lookups/find/oauth-client-usage";
import { listClients } from "../provider/lookups/find/oauth-clients";
import { findScope, listScopes } from "../provider/lookups/find/oauth-scopes";

// Pulumi checks the arguments against the schema, and the lookups check what the schema can't say.
type Arguments = never;

/** The lookups by the last part of their token. */
export const functions: Readonly<
	Record<string, (connect: Connect<GenesysCloudApi>, args: Arguments) => Promise<object>>
> = {
	getAuthorizationDivision: findDivision,
	getAuthorizationDivisions: listDivisions,
	getAuthorizationRole: findRole,
	getAuthorizationRoles: listRoles,
	getOAuthAuthorization: findAuthorization,
	getOAuthAuthorizations: listAuthorizations,
	getOAuthClient: findClient,
	getOAuthClients: async (connect, args) => listClients(connect, args, systemClock),
	getOAuthClientUsage: async (connect, args) => findUsage(connect, args, systemClock),
	getOAuthScope: findScope,
	getOAuthScopes: listScopes,
};

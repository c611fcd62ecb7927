import type { AuthorizationSeed, DivisionSeed, RoleSeed } from "./seed";

/** The ids of the default seed's roles: the same in every simulator. */
export const ROLE_IDS = {
	/** `employee`: no permission of the OAuth API. */
	employee: "5a1e0000-0000-4000-8000-000000000001",
	/** `Communicate - User`: no permission of the OAuth API. */
	communicateUser: "5a1e0000-0000-4000-8000-000000000002",
	/** `SCIM Integration`: allows token lifetimes up to 38,880,000 s. */
	scimIntegration: "5a1e0000-0000-4000-8000-000000000003",
	/** `Master Admin`: every permission. */
	masterAdmin: "5a1e0000-0000-4000-8000-000000000004",
} as const;

/** The ids of the default seed's divisions: the same in every simulator. */
export const DIVISION_IDS = {
	/** `Home`, the home division. */
	home: "d1b15104-0000-4000-8000-000000000001",
	/** `Support`, another division. */
	support: "d1b15104-0000-4000-8000-000000000002",
} as const;

/** The name of the role that allows token lifetimes up to 38,880,000 s. */
export const SCIM_ROLE_NAME = "SCIM Integration";

/** The permissions that the simulated operations need, as the vendor's OpenAPI description names them. */
export const PERMISSIONS = {
	/** Read clients, and their usage. */
	viewClients: "oauth:client:view",
	/** Create clients. */
	addClients: "oauth:client:add",
	/** Change clients, and regenerate their secrets. */
	editClients: "oauth:client:edit",
	/** Delete clients. */
	deleteClients: "oauth:client:delete",
	/** Read authorizations. */
	authorizeClients: "oauth:client:authorize",
	/** Read the usage of clients. */
	viewUsage: "usage:client:view",
	/** Read the usage of the organization. */
	viewOrganizationUsage: "usage:organization:view",
	/** Read roles. */
	viewRoles: "authorization:role:view",
	/** Read integrations and their credentials. */
	viewIntegrations: "integrations:integration:view",
	/** Create integration credentials. */
	addIntegrations: "integrations:integration:add",
	/** Change integration credentials. */
	editIntegrations: "integrations:integration:edit",
	/** Delete integration credentials. */
	deleteIntegrations: "integrations:integration:delete",
} as const;

/** The roles of the default seed. */
export const DEFAULT_ROLES: readonly RoleSeed[] = [
	{ id: ROLE_IDS.employee, name: "employee", defaultRoleId: "employee" },
	{ id: ROLE_IDS.communicateUser, name: "Communicate - User", defaultRoleId: "communicateUser" },
	{ id: ROLE_IDS.scimIntegration, name: SCIM_ROLE_NAME, defaultRoleId: "scimIntegration" },
	{ id: ROLE_IDS.masterAdmin, name: "Master Admin", permissions: "all", defaultRoleId: "admin" },
];

/** The divisions of the default seed. */
export const DEFAULT_DIVISIONS: readonly DivisionSeed[] = [
	{ id: DIVISION_IDS.home, name: "Home", description: "The home division", home: true },
	{ id: DIVISION_IDS.support, name: "Support" },
];

/** The authorizations of the default seed: one in each state. */
export const DEFAULT_AUTHORIZATIONS: readonly AuthorizationSeed[] = [
	{
		clientId: "a0740000-0000-4000-8000-000000000001",
		clientName: "Survey Suite",
		description: { "en-us": "Sends surveys after a call.", de: "Verschickt Umfragen nach einem Gespräch." },
		scope: ["users:readonly"],
		state: "Unauthorized",
	},
	{
		clientId: "a0740000-0000-4000-8000-000000000002",
		clientName: "Shift Planner",
		description: { "en-us": "Plans the shifts of agents.", de: "Plant die Schichten der Agenten." },
		scope: ["workforce-management"],
		state: "Requested",
	},
	{
		clientId: "a0740000-0000-4000-8000-000000000003",
		clientName: "Wall Board",
		description: { "en-us": "Shows queues on a screen.", de: "Zeigt Warteschlangen auf einem Bildschirm." },
		scope: ["analytics:readonly", "routing:readonly"],
		roles: [ROLE_IDS.employee],
		state: "Authorized",
	},
	{
		clientId: "a0740000-0000-4000-8000-000000000004",
		clientName: "Old Dialer",
		description: { "en-us": "Dialed lists of contacts.", de: "Wählte Kontaktlisten an." },
		scope: ["outbound"],
		state: "Revoked",
	},
];

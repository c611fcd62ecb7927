import { DIVISION_IDS, ROLE_IDS, type Seed } from "../../../simulator";
import type { eachStack } from "./each-stack";
import type { TestStack } from "./test-stack";

/** A client that was used. */
export const busyId = "b0000000-0000-4000-8000-000000000001";
/** A client that was authorized. */
export const authorizedId = "a0740000-0000-4000-8000-000000000003";

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const today = new Date().toISOString().slice(0, 10);

/** An organization in which every lookup finds something. */
export const seed: Seed = {
	clients: [
		{ id: busyId, name: "CRM sync", roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }] },
		{ name: "Old dialer", state: "inactive", dateCreated: "2020-01-01T00:00:00Z" },
	],
	usage: [
		{ clientId: busyId, date: yesterday, templateUri: "/api/v2/users", httpMethod: "GET", status200: 40, status400: 2 },
	],
	usageQueries: { runningPolls: 0 },
};

const load = `const pulumi = require("@pulumi/pulumi");
const genesys = require("pulumi-genesyscloud-oauth");
`;

/** A stack whose program may look up what the organization has, with Pulumi's SDK as `pulumi` and this package as `genesys`. */
export async function stackWith(startStack: ReturnType<typeof eachStack>, program: string): Promise<TestStack> {
	const stack = await startStack({ seed });
	stack.write("index.js", load + program);
	return stack;
}

/** A program that looks everything up. */
export const everyLookup = `
	exports.byId = genesys.getOAuthClient({ id: "${busyId}" }).then(({ name }) => name);
	exports.byName = genesys.getOAuthClientOutput({ name: pulumi.output("CRM sync") }).id;
	exports.old = genesys.getOAuthClients({ state: "inactive", olderThanDays: 365 }).then(({ clients }) => clients.map(({ name }) => name));
	exports.services = genesys.getOAuthClientsOutput({ namePattern: pulumi.output("CRM*") }).clients[0].name;
	exports.scope = genesys.getOAuthScope({ id: "users", acceptLanguage: "de" }).then(({ description }) => description);
	exports.scopeOutput = genesys.getOAuthScopeOutput({ id: pulumi.output("users") }).description;
	exports.scopes = genesys.getOAuthScopes().then(({ scopes }) => scopes.length);
	exports.scopesOutput = genesys.getOAuthScopesOutput({ acceptLanguage: pulumi.output("de") }).scopes[0].description;
	exports.authorization = genesys.getOAuthAuthorization({ clientId: "${authorizedId}" }).then(({ state }) => state);
	exports.authorizationOutput = genesys.getOAuthAuthorizationOutput({ clientId: pulumi.output("${authorizedId}") }).client.name;
	exports.authorizations = genesys.getOAuthAuthorizations().then(({ authorizations }) => authorizations.length);
	exports.authorizationsOutput = genesys.getOAuthAuthorizationsOutput().authorizations[0].state;
	exports.usage = genesys.getOAuthClientUsage({ clientId: "${busyId}" }).then(({ totals }) => totals.requests);
	exports.usageOutput = genesys.getOAuthClientUsageOutput({
		clientId: pulumi.output("${busyId}"),
		interval: "${yesterday}/${today}",
		metrics: ["Status400"],
	}).totals;
	exports.role = genesys.getAuthorizationRole({ name: "employee" }).then(({ id }) => id);
	exports.roleOutput = genesys.getAuthorizationRoleOutput({ defaultRoleId: pulumi.output("admin") }).name;
	exports.roles = genesys.getAuthorizationRoles().then(({ roles }) => roles.length);
	exports.rolesOutput = genesys.getAuthorizationRolesOutput({ namePattern: pulumi.output("SCIM*") }).roles[0].id;
	exports.division = genesys.getAuthorizationDivision({ homeDivision: true }).then(({ name }) => name);
	exports.divisionOutput = genesys.getAuthorizationDivisionOutput({ name: pulumi.output("Support") }).id;
	exports.divisions = genesys.getAuthorizationDivisions().then(({ divisions }) => divisions.length);
	exports.divisionsOutput = genesys.getAuthorizationDivisionsOutput({ namePattern: pulumi.output("S*") }).divisions[0].name;
`;

/** What it finds. */
export const everythingFound = {
	byId: "CRM sync",
	byName: busyId,
	old: ["Old dialer"],
	services: "CRM sync",
	scope: "Lesen und ändern: Benutzer und ihre Profile.",
	scopeOutput: "Read and change users and their profiles.",
	scopes: 135,
	scopesOutput: "Lesen und ändern: AI-Studio-Leitfäden.",
	authorization: "Authorized",
	authorizationOutput: "Wall Board",
	authorizations: 4,
	authorizationsOutput: "Unauthorized",
	usage: 42,
	usageOutput: { status400: 2 },
	role: ROLE_IDS.employee,
	roleOutput: "Master Admin",
	roles: 4,
	rolesOutput: ROLE_IDS.scimIntegration,
	division: "Home",
	divisionOutput: DIVISION_IDS.support,
	divisions: 2,
	divisionsOutput: "Support",
};

/** What a preview says of the lookup of `CRM synch`, which nobody has. */
export const saysNothingFound =
	/error: looking up OAuth client "CRM synch": none of the 3 OAuth clients has exactly this name; did you mean "CRM sync"\?\s*\n/;

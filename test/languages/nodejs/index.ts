// Uses every resource and every function of the plugin.
import * as pulumi from "@pulumi/pulumi";
import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const config = new pulumi.Config();
const text = config.require("text");
const rotation = { value: config.require("rotation") };

// Every function.
const role = genesyscloud.getAuthorizationRoleOutput({ name: "employee" });
const division = genesyscloud.getAuthorizationDivisionOutput({ name: "Support" });
const busy = genesyscloud.getOAuthClientOutput({ name: "CRM sync" });
export const found = {
	role: role.id,
	division: division.id,
	roles: genesyscloud
		.getAuthorizationRoles({ namePattern: "SCIM*" })
		.then(({ roles }) => roles.map(({ name }) => name)),
	divisions: genesyscloud.getAuthorizationDivisions().then(({ divisions }) => divisions.length),
	busy: busy.id,
	old: genesyscloud
		.getOAuthClients({ state: ["inactive"], olderThanDays: 365 })
		.then(({ clients }) => clients.map(({ name }) => name)),
	requests: genesyscloud.getOAuthClientUsageOutput({ clientId: busy.id }).totals.requests,
	authorization: genesyscloud
		.getOAuthAuthorization({ clientId: config.require("authorized") })
		.then(({ client }) => client.name),
	authorizations: genesyscloud.getOAuthAuthorizations().then(({ authorizations }) => authorizations.length),
	scope: genesyscloud.getOAuthScope({ id: "users" }).then(({ description }) => description),
	scopes: genesyscloud.getOAuthScopes().then(({ scopes }) => scopes.length),
};
export const home = genesyscloud.getAuthorizationDivisionOutput({ homeDivision: true }).id;

// Every resource.
const service = new genesyscloud.OAuthClient("service", {
	name: "Service",
	description: text,
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: role.id, divisionId: division.id }],
	accessTokenValiditySeconds: 3600,
	secretRotation: { rotateWhenChanged: rotation },
});
const pair = new genesyscloud.RotatingOAuthClient("pair", {
	name: "Worker",
	description: text,
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: role.id, divisionId: division.id }],
	rotation: { rotateWhenChanged: rotation },
});
const held = new genesyscloud.IntegrationCredential("credential", {
	name: text,
	fields: { clientId: pair.clientId, clientSecret: pair.clientSecret },
});

// An explicit provider, for a second organization.
const other = new genesyscloud.Provider("other", {
	gatewayProtocol: "http",
	gatewayHost: "127.0.0.1",
	gatewayPort: config.require("otherPort"),
	oauthClientId: config.require("otherId"),
	oauthClientSecret: config.requireSecret("otherSecret"),
});
const elsewhere = new genesyscloud.OAuthClient(
	"there",
	{
		name: "There",
		description: text,
		authorizedGrantType: "CODE",
		scope: ["users:readonly"],
		registeredRedirectUri: ["https://app.example.com/callback"],
	},
	{ provider: other },
);

const { clientId: current, clientSecret: currentSecret } = pair;
const { previousClientId: previous, previousClientSecret: previousSecret } = pair;
export { current, currentSecret, previous, previousSecret };
export const serviceSecret = service.clientSecret;
export const there = elsewhere.clientId;
export const credential = held.credentialId;
const outputs = { id: service.clientId, version: service.secretVersion };
export { outputs as service };

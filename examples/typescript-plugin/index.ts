import * as pulumi from "@pulumi/pulumi";
import { getAuthorizationRoleOutput, OAuthClient } from "pulumi-genesyscloud-oauth-sdk";

const config = new pulumi.Config();

// People log in to this app with their own Genesys Cloud account, and it acts for them within its scope.
const webApp = new OAuthClient("web-app", {
	name: "Agent dashboard",
	description: "Shows agents their queues",
	authorizedGrantType: "CODE",
	scope: ["routing:readonly", "users:readonly"],
	registeredRedirectUri: ["https://dashboard.example.com/callback"],
});

// The role is looked up by its name, so no id has to be known.
const role = getAuthorizationRoleOutput({ name: config.require("serviceRole") });

// This service runs without a person, with the permissions of its role. A role without a divisionId counts in the
// home division.
const service = new OAuthClient("service", {
	name: "CRM sync",
	description: "Copies contacts to the CRM every night",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: role.id }],
	accessTokenValiditySeconds: 3600,
});

// The secrets are Pulumi secrets by themselves: encrypted in the state, shown as [secret].
// `pulumi stack output serviceClientSecret --show-secrets` prints one.
export const webAppClientId = webApp.clientId;
export const webAppClientSecret = webApp.clientSecret;
export const serviceClientId = service.clientId;
export const serviceClientSecret = service.clientSecret;

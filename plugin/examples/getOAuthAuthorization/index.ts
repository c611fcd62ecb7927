import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const authorization = genesyscloud.getOAuthAuthorizationOutput({ clientId: "9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f" });

export const scopes = authorization.scope;

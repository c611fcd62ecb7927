import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const found = genesyscloud.getOAuthScopesOutput();

export const scopes = found.scopes;

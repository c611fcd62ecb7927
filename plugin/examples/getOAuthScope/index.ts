import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const scope = genesyscloud.getOAuthScopeOutput({ id: "users:readonly" });

export const description = scope.description;

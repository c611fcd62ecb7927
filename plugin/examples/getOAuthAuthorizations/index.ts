import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const found = genesyscloud.getOAuthAuthorizationsOutput();

export const authorizations = found.authorizations;

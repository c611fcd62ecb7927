import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const found = genesyscloud.getAuthorizationRolesOutput({ namePattern: "CRM*" });

export const roles = found.roles;

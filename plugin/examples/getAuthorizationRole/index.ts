import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const role = genesyscloud.getAuthorizationRoleOutput({ name: "employee" });

export const roleId = role.id;

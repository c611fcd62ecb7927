import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const role = genesyscloud.getAuthorizationRoleOutput({ name: "employee" });
const crm = new genesyscloud.OAuthClient("crm", {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: role.id }],
});

export const clientId = crm.clientId;
export const clientSecret = crm.clientSecret;

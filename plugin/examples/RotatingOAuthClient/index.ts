import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const role = genesyscloud.getAuthorizationRoleOutput({ name: "employee" });
const crm = new genesyscloud.RotatingOAuthClient("crm", {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: role.id }],
	rotation: { periodDays: 30 },
});

export const clientId = crm.clientId;
export const clientSecret = crm.clientSecret;
export const rotatesAt = crm.rotatesAt;

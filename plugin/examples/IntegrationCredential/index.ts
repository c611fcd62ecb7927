import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const role = genesyscloud.getAuthorizationRoleOutput({ name: "employee" });
const crm = new genesyscloud.OAuthClient("crm", {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: role.id }],
});
const credential = new genesyscloud.IntegrationCredential("credential", {
	name: "CRM sync",
	fields: { clientId: crm.clientId, clientSecret: crm.clientSecret },
});

export const credentialId = credential.credentialId;

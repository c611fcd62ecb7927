import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const crm = genesyscloud.getOAuthClientOutput({ name: "CRM sync" });

export const clientId = crm.id;

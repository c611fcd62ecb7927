import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const old = genesyscloud.getOAuthClientsOutput({ authorizedGrantType: ["CLIENT-CREDENTIALS"], olderThanDays: 365 });

export const clients = old.clients;

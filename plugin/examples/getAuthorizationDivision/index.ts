import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const division = genesyscloud.getAuthorizationDivisionOutput({ name: "Sales" });

export const divisionId = division.id;

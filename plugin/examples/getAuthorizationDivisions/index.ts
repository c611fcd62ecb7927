import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const found = genesyscloud.getAuthorizationDivisionsOutput({ namePattern: "Sales*" });

export const divisions = found.divisions;

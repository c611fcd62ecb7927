import * as genesyscloud from "pulumi-genesyscloud-oauth-sdk";

const usage = genesyscloud.getOAuthClientUsageOutput({ clientId: "9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f", days: 30 });

export const requests = usage.totals.requests;

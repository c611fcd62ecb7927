import type { CredentialTypeSeed } from "./assumption-seed";

/** The type of a credential that contains an OAuth client. */
export const OAUTH_CLIENT_TYPE = "pureCloudOAuthClient";

/** The types in the documentation and the acceptance tests of the vendor's Terraform provider; the vendor has more. */
export const CREDENTIAL_TYPES: readonly CredentialTypeSeed[] = [
	{ name: OAUTH_CLIENT_TYPE, required: ["clientId", "clientSecret"], shown: ["clientId"] },
	{ name: "basicAuth", required: ["userName"], optional: ["password"], shown: ["userName"] },
	{ name: "userDefinedOAuth" },
	{ name: "callJourney", optional: ["authToken"] },
];

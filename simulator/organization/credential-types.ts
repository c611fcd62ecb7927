/** A type of integration credentials. */
export interface CredentialType {
	/** The name, by which the API refers to it. */
	name: string;
	/** The fields that a credential must have. */
	required: readonly string[];
	/** The fields that a read shows; all others are sensitive. */
	shown: readonly string[];
}

/** The type of a credential that contains an OAuth client. */
export const OAUTH_CLIENT_TYPE = "pureCloudOAuthClient";

/** The types in the documentation of the vendor's Terraform provider; the vendor has more. */
export const CREDENTIAL_TYPES: readonly CredentialType[] = [
	{ name: OAUTH_CLIENT_TYPE, required: ["clientId", "clientSecret"], shown: ["clientId"] },
	{ name: "basicAuth", required: ["userName", "password"], shown: ["userName"] },
	{ name: "userDefinedOAuth", required: [], shown: [] },
];

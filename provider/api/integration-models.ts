/** The vendor's models of integrations, under the vendor's names. */

/** A reference to a type of credentials. Source: the vendor's CredentialType. */
export interface CredentialTypeReference {
	/** Id of the type. */
	id?: string;
	/** The name of the type, such as `pureCloudOAuthClient`. */
	name: string;
}

/** The body of POST and PUT of integration credentials. Source: the vendor's Credential. */
export interface CredentialRequest {
	/** The name. */
	name: string;
	/** The type, by its name. */
	type: CredentialTypeReference;
	/** The values of the type's fields. */
	credentialFields: Record<string, string>;
}

/** Integration credentials with redacted values. Source: the vendor's Credential. */
export interface Credential {
	/** Id of the credentials. */
	id: string;
	/** The name. */
	name?: string;
	/** The type. */
	type?: CredentialTypeReference;
	/** The values that the API shows. How it redacts the others isn't documented. */
	credentialFields?: Record<string, string>;
	/** Path of the credentials in the API. */
	selfUri?: string;
}

/** Integration credentials without their values. Source: the vendor's CredentialInfo. */
export interface CredentialInfo {
	/** Id of the credentials. */
	id: string;
	/** The name. Not unique. */
	name?: string;
	/** When they were created: ISO 8601. */
	createdDate?: string;
	/** When they were last changed: ISO 8601. */
	modifiedDate?: string;
	/** The type. */
	type?: CredentialTypeReference;
	/** Path of the credentials in the API. */
	selfUri?: string;
}

/** Integration credentials of a listing. Source: the vendor's CredentialInfoCursorListing. */
export interface CredentialInfoCursorListing {
	/** The credentials. */
	entities: CredentialInfo[];
}

/** A type of integration credentials. Source: the vendor's CredentialType. */
export interface CredentialType {
	/** Id of the type. */
	id?: string;
	/** The name, such as `basicAuth`. */
	name?: string;
	/** The names of the fields that credentials of this type need. */
	required?: string[];
	/** The names of the fields that they may have. */
	displayOrder?: string[];
}

/** An integration. Source: the vendor's Integration. */
export interface Integration {
	/** Id of the integration. */
	id: string;
	/** The name. */
	name?: string;
	/** Path of the integration in the API. */
	selfUri?: string;
}

/** What an integration is configured with. Source: the vendor's IntegrationConfiguration. */
export interface IntegrationConfiguration {
	/** The credentials that it uses, by the names that its type has for them. */
	credentials?: Record<string, { id: string } | undefined>;
}

/** Integrations of a listing. Source: the vendor's IntegrationEntityListing. */
export interface IntegrationEntityListing {
	/** The integrations. */
	entities: Integration[];
}

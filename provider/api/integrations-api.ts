import type { Caller, Operation } from "./api-client";
import type {
	Credential,
	CredentialInfo,
	CredentialInfoCursorListing,
	CredentialRequest,
	CredentialType,
	Integration,
	IntegrationEntityListing,
} from "./integration-models";
import { allPages } from "./pages";
import { errorOfUnreadable } from "./response-errors";
import { expectField } from "./usable-response";

/** The operations of the vendor's IntegrationsApi that this package uses. Common error codes are the same as for OAuthApi. */
export interface IntegrationsApi {
	/** Deletes credentials: DELETE /api/v2/integrations/credentials/{credentialId}. Permission: integrations:integration:delete. */
	deleteIntegrationsCredential(credentialId: string): Promise<void>;
	/**
	 * Lists the integrations that use credentials, reading every page: GET /api/v2/integrations?credentialId=. Permission:
	 * integrations:integration:view.
	 */
	getIntegrations(options: { credentialId: string }): Promise<IntegrationEntityListing>;
	/**
	 * Returns credentials with redacted values: GET /api/v2/integrations/credentials/{credentialId}. Permission:
	 * integrations:integration:view.
	 *
	 * @throws NotFoundError 404 `not.found`
	 */
	getIntegrationsCredential(credentialId: string): Promise<Credential>;
	/**
	 * Lists credentials without their values, reading every page: GET /api/v2/integrations/credentials/listing. Permission:
	 * integrations:integration:view.
	 */
	getIntegrationsCredentialsListing(): Promise<CredentialInfoCursorListing>;
	/** Lists the types of credentials: GET /api/v2/integrations/credentials/types. Permission: integrations:integration:view. */
	getIntegrationsCredentialsTypes(): Promise<CredentialType[]>;
	/**
	 * Creates credentials: POST /api/v2/integrations/credentials. Permission: integrations:integration:add. Not idempotent: after a
	 * ConnectionError with `mayHaveActed` the credentials may exist.
	 */
	postIntegrationsCredentials(credential: CredentialRequest): Promise<CredentialInfo>;
	/**
	 * Replaces name and values of credentials: PUT /api/v2/integrations/credentials/{credentialId}. Permission:
	 * integrations:integration:edit. What happens to values that it omits isn't documented.
	 *
	 * @throws NotFoundError 404 `not.found`
	 */
	putIntegrationsCredential(credentialId: string, credential: CredentialRequest): Promise<CredentialInfo>;
}

const operation = (name: string, method: Operation["method"], path: string): Operation => ({
	name,
	method,
	path: `/api/v2/integrations${path}`,
});

/** The operations: names, methods and paths. */
export const integrationsOperationNames = {
	deleteIntegrationsCredential: operation("delete_integrations_credential", "DELETE", "/credentials/{credentialId}"),
	getIntegrations: operation("get_integrations", "GET", ""),
	getIntegrationsCredential: operation("get_integrations_credential", "GET", "/credentials/{credentialId}"),
	getIntegrationsCredentialsListing: operation("get_integrations_credentials_listing", "GET", "/credentials/listing"),
	getIntegrationsCredentialsTypes: operation("get_integrations_credentials_types", "GET", "/credentials/types"),
	postIntegrationsCredentials: operation("post_integrations_credentials", "POST", "/credentials"),
	putIntegrationsCredential: operation("put_integrations_credential", "PUT", "/credentials/{credentialId}"),
};
const operations = integrationsOperationNames;

/** The vendor's maximum for the listing with cursors. */
const largestPage = "200";
/** The same page size as in the vendor's Terraform provider; the maximum isn't documented. */
const pageSize = "100";

/** Implements the operations with an API client. */
export function integrationsOperations(client: Caller): IntegrationsApi {
	return {
		async deleteIntegrationsCredential(credentialId) {
			await client.call(operations.deleteIntegrationsCredential, { path: { credentialId } });
		},
		async getIntegrations({ credentialId }) {
			const called = operations.getIntegrations;
			const entities = await allPages<Integration>(
				async (query) =>
					expectField<IntegrationEntityListing>(called, await client.call(called, { query }), "entities"),
				{ pageSize, credentialId },
			);
			return { entities };
		},
		async getIntegrationsCredential(credentialId) {
			const called = operations.getIntegrationsCredential;
			return expectField<Credential>(called, await client.call(called, { path: { credentialId } }), "id");
		},
		async getIntegrationsCredentialsListing() {
			const called = operations.getIntegrationsCredentialsListing;
			const entities = await allPages<CredentialInfo>(
				async (query) =>
					expectField<CredentialInfoCursorListing>(called, await client.call(called, { query }), "entities"),
				{ pageSize: largestPage },
			);
			return { entities };
		},
		async getIntegrationsCredentialsTypes() {
			const called = operations.getIntegrationsCredentialsTypes;
			const types = await client.call(called);
			if (!Array.isArray(types)) throw errorOfUnreadable(called.name, { status: 200, headers: {}, body: "" });
			return types as CredentialType[];
		},
		async postIntegrationsCredentials(credential) {
			const called = operations.postIntegrationsCredentials;
			return expectField<CredentialInfo>(called, await client.call(called, { body: credential }), "id");
		},
		async putIntegrationsCredential(credentialId, credential) {
			const called = operations.putIntegrationsCredential;
			const response = await client.call(called, { path: { credentialId }, body: credential });
			return expectField<CredentialInfo>(called, response, "id");
		},
	};
}

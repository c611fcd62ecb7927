import * as v from "valibot";
import {
	type Answer,
	answerOf,
	anyAnswer,
	listOf,
	maybe,
	maybeText,
	plainId,
	shortText,
	text,
	uuid,
	withId,
} from "./answer-fields";
import type { Caller, Operation } from "./api-client";
import type { Created } from "./errors";
import type {
	Credential,
	CredentialInfo,
	CredentialInfoCursorListing,
	CredentialRequest,
	CredentialType,
	CredentialTypeReference,
	Integration,
	IntegrationConfiguration,
	IntegrationEntityListing,
} from "./integration-models";
import { allPages } from "./pages";

/** The operations of the vendor's IntegrationsApi that this package uses. Common error codes are the same as for OAuthApi. */
export interface IntegrationsApi {
	/** Deletes credentials: DELETE /api/v2/integrations/credentials/{credentialId}. Permission: integrations:integration:delete. */
	deleteIntegrationsCredential(credentialId: string): Promise<void>;
	/**
	 * Returns the configuration of an integration: GET /api/v2/integrations/{integrationId}/config/current. Permission:
	 * integrations:integration:view.
	 *
	 * @throws NotFoundError 404 `not.found`
	 */
	getIntegrationConfigCurrent(integrationId: string): Promise<IntegrationConfiguration>;
	/**
	 * Lists the integrations that use credentials, reading every page: GET /api/v2/integrations?credentialId=. Permission:
	 * integrations:integration:view. Of the vendor's SDKs only those since the second half of 2026 have the parameter: an API that doesn't
	 * know it lists all integrations, so see `integrationsOfCredential`.
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
	 * ConnectionError with `mayHaveActed` the credentials may exist, and do if the error has `created`.
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
	getIntegrationConfigCurrent: operation("get_integration_config_current", "GET", "/{integrationId}/config/current"),
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

/** A type; without a name it is as good as none. */
const typeReference: Answer<CredentialTypeReference | undefined> = v.pipe(
	maybe(answerOf<Partial<CredentialTypeReference>>({ id: maybe(text), name: maybeText })),
	v.transform((type) => (type?.name === undefined ? undefined : { ...type, name: type.name })),
);

const infoFields = {
	name: maybeText,
	type: v.optional(typeReference),
	createdDate: maybe(shortText),
	modifiedDate: maybe(shortText),
	selfUri: maybe(text),
};
const credentialInfo = answerOf<CredentialInfo>({ id: uuid, ...infoFields });
/** What is kept of an unusable answer to the POST. */
const createdCredential: Answer<Created> = v.object({ id: uuid });

const integration = answerOf<Integration>({ id: plainId, name: maybe(text), selfUri: maybe(text) });

const configuration = answerOf<IntegrationConfiguration>({
	// Without its id a credential may be any.
	credentials: maybe(v.record(v.string(), maybe(answerOf<{ id: string }>({ id: plainId })))),
});

const credentialTypes = listOf(
	answerOf<CredentialType>({
		id: maybe(text),
		name: maybe(text),
		required: maybe(listOf(text)),
		displayOrder: maybe(listOf(text)),
	}),
);

const credentialWithId = (credentialId: string) =>
	answerOf<Credential>({
		id: withId(credentialId),
		...infoFields,
		// How the other values are redacted isn't documented.
		credentialFields: maybe(answerOf<Record<string, string>>({ clientId: maybe(text) })),
	});

/** Implements the operations with an API client. */
export function integrationsOperations(client: Caller): IntegrationsApi {
	return {
		async deleteIntegrationsCredential(credentialId) {
			await client.call(operations.deleteIntegrationsCredential, anyAnswer, { path: { credentialId } });
		},
		async getIntegrationConfigCurrent(integrationId) {
			return client.call(operations.getIntegrationConfigCurrent, configuration, { path: { integrationId } });
		},
		async getIntegrations({ credentialId }) {
			const query = { pageSize, credentialId };
			return { entities: await allPages(client, operations.getIntegrations, integration, query) };
		},
		async getIntegrationsCredential(credentialId) {
			return client.call(operations.getIntegrationsCredential, credentialWithId(credentialId), {
				path: { credentialId },
			});
		},
		async getIntegrationsCredentialsListing() {
			const query = { pageSize: largestPage };
			return {
				entities: await allPages(client, operations.getIntegrationsCredentialsListing, credentialInfo, query),
			};
		},
		async getIntegrationsCredentialsTypes() {
			return client.call(operations.getIntegrationsCredentialsTypes, credentialTypes);
		},
		async postIntegrationsCredentials(credential) {
			return client.call(operations.postIntegrationsCredentials, credentialInfo, {
				body: credential,
				created: createdCredential,
			});
		},
		async putIntegrationsCredential(credentialId, credential) {
			return client.call(
				operations.putIntegrationsCredential,
				answerOf<CredentialInfo>({ id: withId(credentialId), ...infoFields }),
				{ path: { credentialId }, body: credential },
			);
		},
	};
}

import type { CredentialInfo } from "./integration-models";
import type { IntegrationsApi } from "./integrations-api";

/** The type of a credential that contains an OAuth client. */
export const oauthClientType = "pureCloudOAuthClient";

/**
 * Finds the integration credentials that contain OAuth clients, by client id: one listing, and one GET for each credential of that type. A
 * credential whose client id the API doesn't show is missing. Permission: integrations:integration:view.
 */
export async function credentialsOfClients(api: IntegrationsApi): Promise<Map<string, CredentialInfo[]>> {
	const { entities } = await api.getIntegrationsCredentialsListing();
	const candidates = entities.filter(({ type }) => type?.name === oauthClientType);
	const found = await Promise.all(
		candidates.map(async (info) => {
			const { credentialFields } = await api.getIntegrationsCredential(info.id);
			return { info, clientId: credentialFields?.["clientId"] };
		}),
	);
	const known = found.filter((each): each is { info: CredentialInfo; clientId: string } => Boolean(each.clientId));
	const byClient = Map.groupBy(known, ({ clientId }) => clientId);
	return new Map([...byClient].map(([clientId, each]) => [clientId, each.map(({ info }) => info)]));
}

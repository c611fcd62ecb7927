import type { Integration } from "./integration-models";
import type { IntegrationsApi } from "./integrations-api";

/**
 * Finds the integrations that use a credential: one listing, and one GET for each integration in it, since an API that doesn't know the
 * listing's filter returns all integrations. Permission: integrations:integration:view.
 */
export async function integrationsOfCredential(api: IntegrationsApi, credentialId: string): Promise<Integration[]> {
	const { entities } = await api.getIntegrations({ credentialId });
	const using = await Promise.all(
		entities.map(async ({ id }) => {
			const { credentials = {} } = await api.getIntegrationConfigCurrent(id);
			return Object.values(credentials).some((used) => used?.id.toLowerCase() === credentialId.toLowerCase());
		}),
	);
	return entities.filter((_, index) => using[index]);
}

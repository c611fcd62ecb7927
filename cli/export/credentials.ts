import { isApiError } from "../../provider/api/errors";
import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import type { CredentialInfo } from "../../provider/api/integration-models";
import { credentialTable } from "../../provider/lifecycle/integration-credential/arguments";
import { check } from "../../provider/lifecycle/integration-credential/check";
import type { Declaration } from "./declaration";
import { Reference } from "./program";

/** Lists the credentials; none, and the API's refusal, if the login may not see them. */
export async function readCredentials(
	api: GenesysCloudApi,
): Promise<{ entities: CredentialInfo[]; refusal: string | undefined }> {
	try {
		return { entities: (await api.getIntegrationsCredentialsListing()).entities, refusal: undefined };
	} catch (error) {
		if (!isApiError(error) || error.status !== 403) throw error;
		return { entities: [], refusal: error.message };
	}
}

/** The names of the fields of the credentials' types, the optional ones too: a field that a program doesn't name is gone with its next change. */
export async function readFieldNames(
	api: GenesysCloudApi,
	credentials: readonly CredentialInfo[],
): Promise<ReadonlyMap<string, readonly string[]>> {
	if (credentials.length === 0) return new Map();
	const types = await api.getIntegrationsCredentialsTypes();
	return new Map(
		types.map(({ name = "", required = [], displayOrder = [] }) => [
			name,
			[...new Set([...displayOrder, ...required])],
		]),
	);
}

/**
 * The shortest declaration that adopts a credential without changing it.
 *
 * @param fields its fields: values that are no secrets, and references
 */
export function credentialDeclaration(
	{ id, name = "", type }: CredentialInfo,
	fields: Readonly<Record<string, string | Reference>>,
): Declaration {
	if (type === undefined) return { reason: "Genesys Cloud doesn't name its type" };
	const adopt = { credentialId: id, sendFields: false };
	const known = Object.entries(fields).map(([field, value]) => [field, value instanceof Reference ? "later" : value]);
	const { failures } = check({ adopt, name, type: type.name, fields: Object.fromEntries(known) });
	if (failures.length > 0)
		return { reason: failures.map(({ property, reason }) => `${property} ${reason}`).join("; ") };
	const isDefault = type.name === credentialTable["type"]?.default;
	return { args: { adopt, name, ...(!isDefault && { type: type.name }), fields } };
}

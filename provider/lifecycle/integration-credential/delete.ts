import { GenesysCloudError, enumerated, isApiError, isNotFoundError } from "../../api/errors";
import type { Integration } from "../../api/integration-models";
import { integrationsOperationNames } from "../../api/integrations-api";
import { integrationsOfCredential } from "../../api/integrations-of-credential";
import { fieldsOf } from "../../api/json";
import { overrideVariables } from "../../setting-places";
import type { LifecycleContext } from "../context";
import { refuseWhenInUse } from "../oauth-client/deletion-guard";
import { reasonOf } from "../presentable-errors";
import { unlessDeleted } from "../not-found";
import type { Properties } from "../properties";
import { credentialKind } from "./kind";
import type { IntegrationCredentialInputs } from "./inputs";

/** Deletes a credential with one DELETE, after asking which integrations use it: see `integrationsOfCredential`. */
export async function deleteCredential(context: LifecycleContext, id: string, props: Properties): Promise<void> {
	await unlessDeleted(context, credentialKind, id, props, async () => {
		const users = await refuseWhenUsed(context, id, props);
		await removeUsedBy(context, id, users);
		if (users.length === 0) return;
		context.notice(`${credentialKind.label(props, id)} was deleted, and these integrations used it: ${namesOf(users)}`);
	});
}

/** Whether the API deletes a credential in use isn't documented. */
async function removeUsedBy({ api }: LifecycleContext, id: string, users: Integration[]): Promise<void> {
	try {
		await api.deleteIntegrationsCredential(id);
	} catch (error) {
		if (users.length === 0 || !isApiError(error) || ![400, 409].includes(error.status)) throw error;
		throw new GenesysCloudError(
			`${error.message}. Integrations use the credential: ${namesOf(users)}. Give them another one, or delete them, then run again`,
		);
	}
}

/** Whether outputs have a guard: the credential's own, or that of its client. */
export const isGuarded = (props: Properties): boolean =>
	hasOwnGuard(props) || props["clientDeletionGuard"] !== undefined;

const hasOwnGuard = (props: Properties) => fieldsOf(props["deletionGuard"])["unlessUnused"] === true;
const namesOf = (integrations: Integration[]) => enumerated(integrations.map(({ name, id }) => name ?? id));

/**
 * Refuses the deletion of a credential in use. Pulumi deletes it before the client that it contains, so the client's guard is asked here:
 * otherwise a refused deletion of the client would leave the integrations without credential.
 *
 * @returns the integrations that use it, as far as known
 * @throws GenesysCloudError if it is in use, or if that can't be checked
 */
export async function refuseWhenUsed(context: LifecycleContext, id: string, props: Properties): Promise<Integration[]> {
	const allowedBy = context.override("allowDeletion").get(id);
	if (allowedBy !== undefined && isGuarded(props)) {
		context.notice(`the deletion guard of ${credentialKind.label(props, id)} is overridden by ${allowedBy}`);
	}
	const isRefusing = allowedBy === undefined && hasOwnGuard(props);
	const override = `To delete it anyway, run once with ${overrideVariables.allowDeletion}=${id}`;
	let users: Integration[] = [];
	try {
		users = await integrationsOfCredential(context.api, id);
	} catch (error) {
		// A 404 of an integration's configuration says nothing about the credential.
		if (isNotFoundError(error) && error.operation === integrationsOperationNames.getIntegrations.name) throw error;
		if (isRefusing) {
			throw new GenesysCloudError(
				`deletionGuard couldn't check which integrations use the credential, so it wasn't deleted (${reasonOf(error)}). ${override}`,
			);
		}
		context.notice(`couldn't check which integrations use credential ${id}: ${reasonOf(error)}`);
	}
	if (isRefusing && users.length > 0) {
		throw new GenesysCloudError(
			`integrations use the credential, so it wasn't deleted: ${namesOf(users)}. Give them another credential first. ${override}`,
		);
	}
	if (allowedBy === undefined) await askClientGuard(context, props);
	return users;
}

async function askClientGuard(context: LifecycleContext, { clientDeletionGuard }: Properties): Promise<void> {
	if (clientDeletionGuard === undefined) return;
	const { clientId, inUseWithinDays } =
		clientDeletionGuard as Required<IntegrationCredentialInputs>["clientDeletionGuard"];
	try {
		await refuseWhenInUse(context, clientId, { deletionGuard: { inUseWithinDays } });
	} catch (error) {
		// A deleted client isn't in use.
		if (isNotFoundError(error)) return;
		throw new GenesysCloudError(
			`the credential wasn't deleted, since the deletion guard of its OAuth client ${clientId} refuses: ${reasonOf(error)}`,
		);
	}
}

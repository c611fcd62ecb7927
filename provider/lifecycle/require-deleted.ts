import { GenesysCloudError } from "../api/errors";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { carriedStateOf } from "./state/outputs";
import type { Properties } from "./state/settings";

/**
 * Verifies that a client was deleted before Pulumi removes it, and its secret, from state: it must be missing from the list of clients too,
 * and the login must be in the client's organization, since in any other every client seems deleted. The organization is the right one if
 * the login created or last changed the client, or if the list contains the login that did.
 *
 * @param said the response that said the client is deleted
 * @throws GenesysCloudError if it isn't certain
 */
export async function requireDeleted(
	context: LifecycleContext,
	id: string,
	props: Properties,
	said: string,
): Promise<void> {
	const { entities } = await context.api.getOauthClients();
	const has = (clientId: unknown) => entities.some((entity) => entity.id === clientId && entity.state !== "deleted");
	if (has(id))
		throw new GenesysCloudError(`${said}, but the client is still listed, so it was kept in state; run again`);
	const { loginClientId } = carriedStateOf(props);
	const login = await context.login();
	if (loginClientId !== undefined && (loginClientId === login || has(loginClientId))) return;
	throw new GenesysCloudError(
		`${labelOf(props, id)} wasn't found, and neither was the login that created or last changed it (${loginClientId ?? "unknown"}), so Pulumi may be logged in to another organization (as ${login ?? "an unknown client"}): the client was kept in state. Check the region and the credentials; if the client was deleted, run pulumi state delete for it`,
	);
}

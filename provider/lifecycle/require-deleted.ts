import { GenesysCloudError } from "../api/errors";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { carriedStateOf } from "./state/outputs";
import type { Properties } from "./state/settings";

/**
 * Makes sure that a client is deleted before Pulumi forgets it, and its secret with it: the list of clients must agree, and this must be
 * the organization that the client is in. It is when the login is the one that made or last changed the client, or when the list holds
 * that one: with any other credentials every client looks as if it were deleted.
 *
 * @param said what said that it is deleted
 * @throws GenesysCloudError when it isn't certain
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

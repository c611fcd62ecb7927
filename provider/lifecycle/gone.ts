import { GenesysCloudError } from "../api/errors";
import type { LifecycleContext } from "./context";
import { requireSameOrganization } from "./same-organization";
import type { Settings } from "./settings";

/**
 * Makes sure that a client is gone before Pulumi forgets it, and its secret with it: the list of clients must say so too, and this must
 * be the organization that the client was made in.
 *
 * @param said what said that it is gone
 * @throws GenesysCloudError when it isn't certain
 */
export async function confirmGone(context: LifecycleContext, id: string, props: Settings, said: string): Promise<void> {
	// With the wrong credentials every client looks as if it were gone.
	await requireSameOrganization(context, id, props);
	const { entities } = await context.api.getOauthClients();
	if (entities.some((entity) => entity.id === id && entity.state !== "deleted")) {
		throw new GenesysCloudError(`${said}, but it stands in the list of clients: it is kept in state; run this again`);
	}
}

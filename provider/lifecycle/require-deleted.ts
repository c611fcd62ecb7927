import { GenesysCloudError } from "../api/errors";
import type { LifecycleContext } from "./context";
import type { ResourceKind } from "./resource-kind";
import { carriedStateOf } from "./oauth-client/state";
import type { Properties } from "./properties";

/** What a 404 was about. */
interface Missing {
	/** What messages say of it. */
	kind: ResourceKind;
	id: string;
	/** Its outputs in state. */
	props: Properties;
	/** The response that said it is deleted. */
	said: string;
	/** Whether it is still in the list of its kind. */
	isListed: boolean;
	/** Whether a client is in the list of clients: only one of the same organization is. */
	hasClient: (clientId: string) => boolean | Promise<boolean>;
}

/**
 * Verifies that something was deleted before Pulumi removes it from state, with its secret: it must be missing from the list too, and the
 * login must be in its organization, since in any other everything seems deleted. The organization is the right one if the login created or
 * last changed it, or if the list of clients contains the login that did.
 *
 * @throws GenesysCloudError if it isn't certain
 */
export async function requireDeleted(
	context: LifecycleContext,
	{ kind, id, props, said, isListed, hasClient }: Missing,
): Promise<void> {
	const { noun, label } = kind;
	if (isListed)
		throw new GenesysCloudError(`${said}, but the ${noun} is still listed, so it was kept in state; run again`);
	const { loginClientId } = carriedStateOf(props);
	const login = await context.login();
	if (loginClientId !== undefined && (loginClientId === login || (await hasClient(loginClientId)))) return;
	throw new GenesysCloudError(
		`${label(props, id)} wasn't found, and neither was the login that created or last changed it (${loginClientId ?? "unknown"}), so Pulumi may be logged in to another organization (as ${login ?? "an unknown client"}): the ${noun} was kept in state. Check the region and the credentials; if the ${noun} was deleted, run pulumi state delete for it`,
	);
}

/** The same for a client. */
export async function requireClientDeleted(
	context: LifecycleContext,
	missing: Pick<Missing, "kind" | "id" | "props" | "said">,
): Promise<void> {
	const { entities } = await context.api.getOauthClients();
	const hasClient = (clientId: string) => entities.some(({ id, state }) => id === clientId && state !== "deleted");
	await requireDeleted(context, { ...missing, isListed: hasClient(missing.id), hasClient });
}

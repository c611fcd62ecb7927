import { GenesysCloudError, mayHaveActed, quoted } from "../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../api/models";
import { operations } from "../api/oauth-api";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./presentable-errors";
import { changedSettings } from "./state/settings";

/** Pauses before each look, in milliseconds: a list may show a new client a moment late. */
const pauses = [0, 1000, 2000, 4000];
/** The Date header counts whole seconds. */
const clockTolerance = 2000;

/** A client that a POST has made. */
interface Posted {
	client: OAuthClient;
	/** Whether the POST got no usable answer, and the client was found by a look at the list: its secret is lost. */
	isRecovered: boolean;
}

/**
 * Makes a client by one POST, which is never repeated. When its outcome is unknown, looks for what it has made.
 *
 * @param label how messages name the client
 */
export async function postClient(
	context: LifecycleContext,
	wanted: OAuthClientRequest,
	label: string,
): Promise<Posted> {
	// A new client can only be active.
	const request: OAuthClientRequest = { ...wanted, state: "active" };
	return context.run.oneAtATime(wanted.name, async () => {
		const startedAt = context.clock.now();
		try {
			const client = await context.api.postOauthClients(request);
			context.run.addClient(client.id);
			if (client.createdBy?.id !== undefined) context.creatorIds.add(client.createdBy.id);
			return { client, isRecovered: false };
		} catch (error) {
			if (!mayHaveActed(error, operations.postOauthClients.name)) throw error;
			const client = await recover(context.afterDeadline(), request, error, startedAt);
			context.run.addClient(client.id);
			context.notice(
				`recovered ${label} (${client.id}): the create request got no response, but the client was created${client.authorizedGrantType === "TOKEN" ? "" : "; its secret will be rotated"}`,
			);
			return { client, isRecovered: true };
		}
	});
}

/**
 * Finds the client that a POST has made whose answer was lost: it has the name and the settings that were posted, was made since,
 * and isn't one that this process knows.
 *
 * @param error what the POST ended with
 * @param startedAt when it was begun, by this machine's clock
 * @throws GenesysCloudError when there is none, or when it can't be told from others: then it names them
 */
async function recover(
	context: LifecycleContext,
	request: OAuthClientRequest,
	error: unknown,
	startedAt: number,
): Promise<OAuthClient> {
	const { api } = context;
	const name = `named "${quoted(request.name)}"`;
	const lost = (said: string) =>
		new GenesysCloudError(
			`${reasonOf(error)}. The create isn't retried, since that could create a second client. ${said}`,
		);
	let others: OAuthClient[] = [];
	for (const pause of pauses) {
		if (pause > 0) await context.clock.sleep(pause);
		const { entities } = await api.getOauthClients().catch((failure: unknown) => {
			throw lost(
				`It is unknown whether the client was created (${reasonOf(failure)}): before you run pulumi up again, look for a new client ${name}, and delete it or adopt it with adopt.clientId and adopt.rotateSecret`,
			);
		});
		// The server's dates are compared with the server's time, whatever this machine's clock says.
		const since = api.serverTime() - (context.clock.now() - startedAt) - clockTolerance;
		others = entities.filter(
			(client) =>
				client.name === request.name &&
				client.state !== "deleted" &&
				Date.parse(client.dateCreated ?? "") >= since &&
				!context.run.knowsClient(client.id) &&
				mayBeOurs(context, client),
		);
		const candidates = others.filter((client) => changedSettings({ ...client }, { ...request }).length === 0);
		const [only] = candidates;
		if (only !== undefined && candidates.length === 1) return only;
		if (candidates.length > 1) break;
	}
	if (others.length === 0) throw lost(`No client ${name} was created; run pulumi up again, which checks once more`);
	const ids = others.map(({ id }) => id).join(", ");
	throw lost(
		`The created client can't be identified among these new clients ${name}, or its settings differ from those sent: ${ids}. Delete the unused ones, or adopt one with adopt.clientId and adopt.rotateSecret, then run pulumi up again`,
	);
}

/** Whether a client may have been made by whom this process logs in as: the API says who made it, and who made the others. */
function mayBeOurs({ creatorIds }: LifecycleContext, { createdBy }: OAuthClient): boolean {
	return creatorIds.size === 0 || createdBy?.id === undefined || creatorIds.has(createdBy.id);
}

import { GenesysCloudError, mayHaveActed, quoted } from "../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../api/models";
import { operations } from "../api/oauth-api";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./presentable-errors";
import { changedSettings } from "./state/settings";

/** Pauses before each listing, in milliseconds: the list may show a new client with a delay. */
const pauses = [0, 1000, 2000, 4000];
/** In milliseconds: the Date header has whole seconds. */
const clockTolerance = 2000;

/** A client created by a POST. */
interface Posted {
	client: OAuthClient;
	/** Whether the POST got no usable response and the client was found in the list of clients: its secret is lost. */
	isRecovered: boolean;
}

/**
 * Creates a client with one POST, which is never retried. If its outcome is unknown, looks for the client it may have created.
 *
 * @param label the client's name in messages
 */
export async function postClient(
	context: LifecycleContext,
	wanted: OAuthClientRequest,
	label: string,
): Promise<Posted> {
	// The API creates active clients only.
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
 * Finds the client created by a POST without a response: it has the name and settings that were sent, was created since, and isn't known to
 * this run.
 *
 * @param error the error of the POST
 * @param startedAt when the POST was sent, by the local clock
 * @throws GenesysCloudError if there is none, or if it can't be identified among several: then it lists them
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
		// Compares the server's dates with the server's time, since the local clock may be wrong.
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

/** Whether this process's login may have created a client: its creator is the same as that of the run's other clients, or unknown. */
function mayBeOurs({ creatorIds }: LifecycleContext, { createdBy }: OAuthClient): boolean {
	return creatorIds.size === 0 || createdBy?.id === undefined || creatorIds.has(createdBy.id);
}

import { GenesysCloudError } from "../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../api/models";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./failures";
import { changedSettings } from "./settings";

/** Pauses before each look, in milliseconds: a list may show a new client a moment late. */
const pauses = [0, 1000, 2000, 4000];
/** The Date header counts whole seconds. */
const clockTolerance = 2000;

/**
 * Finds the client that a POST has made whose answer was lost: it has the name and the settings that were posted, was made since,
 * and isn't one that this process knows.
 *
 * @param error what the POST ended with
 * @param startedAt when it was begun, by this machine's clock
 * @throws GenesysCloudError when there is none, or when it can't be told from others: then it names them
 */
export async function findLost(
	context: LifecycleContext,
	request: OAuthClientRequest,
	error: unknown,
	startedAt: number,
): Promise<OAuthClient> {
	const api = context.apiAfterDeadline;
	const lost = `${reasonOf(error)}. The POST isn't repeated, since that could make a second client`;
	let others: OAuthClient[] = [];
	for (const pause of pauses) {
		if (pause > 0) await context.clock.sleep(pause);
		const { entities } = await listed(context, lost, request.name);
		// The server's dates are compared with the server's time, whatever this machine's clock says.
		const since = api.serverTime() - (context.clock.now() - startedAt) - clockTolerance;
		const namesakes = entities.filter(
			(client) =>
				client.name === request.name &&
				client.state !== "deleted" &&
				Date.parse(client.dateCreated ?? "") >= since &&
				!context.ledger.known.has(client.id) &&
				isOurs(context, client),
		);
		const candidates = namesakes.filter((client) => changedSettings({ ...client }, { ...request }).length === 0);
		others = namesakes;
		const [only] = candidates;
		if (only !== undefined && candidates.length === 1) return only;
		if (candidates.length > 1) {
			throw new GenesysCloudError(
				`${lost}. ${candidates.length} clients named "${request.name}" were made meanwhile, and one of them may be this one: ${candidates.map(({ id }) => id).join(", ")}. Delete those that nobody uses, or adopt one with adopt.clientId and adopt.rotateSecret, then run pulumi up again`,
			);
		}
	}
	if (others.length > 0) {
		throw new GenesysCloudError(
			`${lost}. A client of that name was made meanwhile, with other settings than were sent; it may be this one: ${others.map(({ id }) => id).join(", ")}. Delete it if nobody uses it, or adopt it with adopt.clientId and adopt.rotateSecret, then run pulumi up again`,
		);
	}
	throw new GenesysCloudError(
		`${lost}. No client named "${request.name}" has appeared since, so it wasn't made; run pulumi up again, which looks once more`,
	);
}

async function listed(context: LifecycleContext, lost: string, name: string) {
	try {
		return await context.apiAfterDeadline.getOauthClients();
	} catch (error) {
		throw new GenesysCloudError(
			`${lost}. Whether it was made couldn't be found out (${reasonOf(error)}): look for a client named "${name}" made just now, and delete it or adopt it with adopt.clientId and adopt.rotateSecret before you run pulumi up again`,
		);
	}
}

/** Whether a client may have been made by whom this process logs in as: the API says who made it, and who made the others. */
export function isOurs({ authors }: LifecycleContext, { createdBy }: OAuthClient): boolean {
	return authors.size === 0 || createdBy?.id === undefined || authors.has(createdBy.id);
}

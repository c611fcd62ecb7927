import { GenesysCloudError, isApiError } from "../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../api/models";
import type { BegunCreate } from "./begun-creates";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./failures";
import { isOurs } from "./lost-answer";
import { changedSettings } from "./settings";

/** The Date header counts whole seconds. */
const clockTolerance = 2000;
/** So long after a create began, in milliseconds, a client is surely its own: later it may be another machine's. */
const surelyIts = 60_000;

/**
 * Finds the client that an earlier run on this machine has made if that run was killed before it could tell Pulumi: it is in no state.
 * Either that run has noted its id, or it has the name and the settings that are wanted now, was made just after that run began to make
 * it, and hasn't been touched since. Costs nothing when no run was killed, and one list of the clients, for all of them, when one was.
 *
 * @param wanted the client as it is to be
 * @throws GenesysCloudError when there may be such a client, but it can't be told from others: once, so that the next run goes on
 */
export async function findInterrupted(
	context: LifecycleContext,
	wanted: OAuthClientRequest,
): Promise<{ client: OAuthClient; begun: BegunCreate } | undefined> {
	const begun = context.begunCreates.takeOver(wanted.name);
	if (begun === undefined) return undefined;
	const killed = `an earlier run was ended while it made OAuth client "${wanted.name}"`;
	const { since, until, clients } = await madeSince(context, begun, killed);
	const unknown = clients.filter(({ id, state }) => state !== "deleted" && !context.ledger.known.has(id));
	// Somebody who has changed it since, or given it another secret, may have adopted it.
	const noted = unknown.filter((client) => client.id === begun.clientId && modifiedAt(client) <= until);
	const candidates =
		begun.clientId === undefined
			? unknown.filter(
					(client) =>
						client.name === wanted.name &&
						isOurs(context, client) &&
						modifiedAt(client) <= createdAt(client) + clockTolerance,
				)
			: noted;
	const [only] = candidates;
	if (only === undefined) {
		begun.end();
		return undefined;
	}
	const isIts =
		noted.length === 1 ||
		(candidates.length === 1 && hasSettings(only, wanted) && createdAt(only) <= since + surelyIts);
	if (isIts) {
		context.ledger.known.add(only.id);
		context.notice(
			`${killed}: the client had been made, was found (${only.id})${only.authorizedGrantType === "TOKEN" ? "" : " and gets a new secret"}`,
		);
		return { client: only, begun };
	}
	// Whoever has read this decides; nobody is asked twice.
	begun.end();
	throw new GenesysCloudError(
		`${killed}, and it may have made ${candidates.map(({ id }) => id).join(" or ")}, which this stack doesn't know. If so, take it over with adopt: { clientId: "${only.id}", rotateSecret: true }, or delete it; then run pulumi up again, which makes another if nothing is adopted`,
	);
}

/** The clients that were made since a create began, by the server's time. */
async function madeSince(
	context: LifecycleContext,
	begun: BegunCreate,
	killed: string,
): Promise<{ since: number; until: number; clients: OAuthClient[] }> {
	let before: OAuthClient[];
	try {
		before = await context.clientsBefore();
	} catch (error) {
		// Who may not look would never get any further.
		if (isApiError(error) && error.status === 403) begun.end();
		else begun.leave();
		throw new GenesysCloudError(
			`${killed}, and whether it was made couldn't be found out (${reasonOf(error)}): look for a client of that name that was made then, and delete it or adopt it with adopt.clientId and adopt.rotateSecret before you run pulumi up again`,
		);
	}
	const { api, clock } = context;
	// The server's dates are compared with the server's time, whatever this machine's clock says.
	const ahead = api.serverTime() - clock.now();
	const since = begun.startedAt + ahead - clockTolerance;
	const until = begun.endsAt + ahead + surelyIts;
	const clients = before.filter((client) => createdAt(client) >= since && createdAt(client) <= until);
	return { since, until, clients };
}

const createdAt = ({ dateCreated }: OAuthClient) => Date.parse(dateCreated ?? "");

/** When a client was changed, or got a secret, for the last time. */
function modifiedAt(client: OAuthClient): number {
	const modified = Date.parse(client.dateModified ?? "");
	return Number.isNaN(modified) ? createdAt(client) : modified;
}

/** Whether a client is what a create with these settings leaves behind: active first, whatever it is to become. */
function hasSettings(client: OAuthClient, wanted: OAuthClientRequest): boolean {
	return changedSettings({ ...client }, { ...wanted }).every((name) => name === "state" && client.state === "active");
}

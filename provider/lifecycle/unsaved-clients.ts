import { GenesysCloudError, isApiError } from "../api/errors";
import type { OAuthClient } from "../api/models";
import { overrides } from "../config";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import type { Properties } from "./state/settings";

/** A client that a killed run has made is looked for this long, in milliseconds. */
const day = 86_400_000;
/** A create may also change the client that it has made, so long after, in milliseconds. */
const making = 60_000;

/**
 * Asks, before a client is made, whether an earlier run may have made it and been killed before Pulumi saved it: one list of the clients
 * for all creates of a run. Nothing tells such a client from somebody else's, so the user decides.
 *
 * @param adoptionId the adoption that a client which is taken over is held with
 * @returns the client that the user says is to be taken over; undefined when a new one is to be made
 * @throws GenesysCloudError when there may be such a client
 */
export async function findClientToTakeOver(
	context: LifecycleContext,
	inputs: Properties,
	adoptionId: string,
): Promise<OAuthClient | undefined> {
	const takeOver = context.override(overrides.takeOver);
	const isAsked = inputs["allowSameName"] !== true;
	if (!isAsked && takeOver.size === 0) return undefined;
	const clients = await listed(context, takeOver.size > 0);
	const login = isAsked ? await context.login() : undefined;
	const namesakes = clients.filter(
		({ id, name, state }) => name === inputs["name"] && state !== "deleted" && !context.run.knowsClient(id),
	);
	const taken = namesakes.find(({ id }) => takeOver.has(id));
	const others = namesakes.filter((client) => client !== taken && mayBeUnsaved(context, client, inputs, login));
	if (isAsked) requireAllowed(context, inputs, others);
	if (taken === undefined) return undefined;
	context.run.hold(taken.id, adoptionId);
	const renewal = taken.authorizedGrantType === "TOKEN" ? "" : "; its secret is rotated, and the old one stops working";
	context.notice(`${labelOf(inputs, taken.id)} is taken over, as set by ${takeOver.get(taken.id)}${renewal}`);
	return taken;
}

/** The clients before this run made any; none when the login may not list them, unless the user has named one to take over. */
async function listed(context: LifecycleContext, isRequired: boolean): Promise<OAuthClient[]> {
	try {
		return await context.clientsAtStart();
	} catch (error) {
		if (isRequired || !(isApiError(error) && error.status === 403)) throw error;
		context.notice(
			"Pulumi's login isn't allowed to list OAuth clients (oauth:client:view), so clients are created without checking for those left by an interrupted run",
		);
		return [];
	}
}

/** Fails for clients that an interrupted run may have left, unless the user allows others beside them. */
function requireAllowed(context: LifecycleContext, inputs: Properties, found: OAuthClient[]): void {
	const allowed = context.override(overrides.allowSameName);
	const undecided = found.filter(({ id }) => !allowed.has(id));
	if (undecided.length > 0) throw undecidedError(undecided);
	for (const { id } of found) {
		context.notice(`another ${labelOf(inputs)} is created beside ${id}, as set by ${allowed.get(id)}`);
	}
}

/** Whether a client may be one that an earlier run of the same login has made and not saved. */
function mayBeUnsaved(context: LifecycleContext, client: OAuthClient, inputs: Properties, login: string | undefined) {
	const author = client.createdBy?.id;
	const mayBeOurs =
		author === undefined ||
		(context.creatorIds.size > 0 ? context.creatorIds.has(author) : author === (login ?? author));
	const created = Date.parse(client.dateCreated ?? "");
	const modified = Date.parse(client.dateModified ?? "");
	// The server's dates are compared with the server's time, whatever this machine's clock says.
	const isRecent = context.api.serverTime() - created <= day;
	const isUntouched = Number.isNaN(modified) || modified - created <= making;
	return mayBeOurs && isRecent && isUntouched && (client.state !== "inactive" || inputs["state"] === "inactive");
}

function undecidedError(undecided: OAuthClient[]): GenesysCloudError {
	const ids = undecided.map(({ id }) => id).join(",");
	const made = undecided.map(({ id, dateCreated }) => `${id} (created ${dateCreated})`).join(", ");
	return new GenesysCloudError(
		`an interrupted run may already have created this client (same name, same login, not in state): ${made}. To take it over with a new secret, run pulumi up once with ${overrides.takeOver.variable}=${ids}. To create another, because it is in use elsewhere or this run replaces it, run once with ${overrides.allowSameName.variable}=${ids}. allowSameName: true in the program disables this check`,
	);
}

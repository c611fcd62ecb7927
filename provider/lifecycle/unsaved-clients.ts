import { GenesysCloudError, isApiError } from "../api/errors";
import type { OAuthClient } from "../api/models";
import { overrides } from "../config";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import type { Properties } from "./state/settings";

/** How long after its creation a client may be one that a killed run created, in milliseconds. */
const longestAge = 86_400_000;
/** How long after its creation a run may still change a new client, in milliseconds. */
const creationTime = 60_000;

/**
 * Checks before a create whether an earlier run may have created the client and been killed before Pulumi saved it. Lists the clients once
 * for all creates of a run. Such a client looks like any other of that name, so the user decides.
 *
 * @param adoptionId identifies the adoption of a client that is taken over
 * @returns the client to take over; undefined to create a new one
 * @throws GenesysCloudError if there may be such a client
 */
export async function findClientToTakeOver(
	context: LifecycleContext,
	inputs: Properties,
	adoptionId: string,
): Promise<OAuthClient | undefined> {
	const takeOver = context.override(overrides.takeOver);
	const isChecked = inputs["allowSameName"] !== true;
	if (!isChecked && takeOver.size === 0) return undefined;
	const clients = await listed(context, takeOver.size > 0);
	const login = isChecked ? await context.login() : undefined;
	const sameName = clients.filter(
		({ id, name, state }) => name === inputs["name"] && state !== "deleted" && !context.run.knowsClient(id),
	);
	const taken = sameName.find(({ id }) => takeOver.has(id));
	const others = sameName.filter((client) => client !== taken && mayBeUnsaved(context, client, inputs, login));
	if (isChecked) requireAllowed(context, inputs, others);
	if (taken === undefined) return undefined;
	context.run.hold(taken.id, adoptionId);
	const rotation =
		taken.authorizedGrantType === "TOKEN" ? "" : "; its secret is rotated, and the old one stops working";
	context.notice(`${labelOf(inputs, taken.id)} is taken over, as set by ${takeOver.get(taken.id)}${rotation}`);
	return taken;
}

/** The clients at the start of the run; none if the login may not list them and there is none to take over. */
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

/** Fails if an interrupted run may have left a client, unless the user allows to create another beside it. */
function requireAllowed(context: LifecycleContext, inputs: Properties, found: OAuthClient[]): void {
	const allowed = context.override(overrides.allowSameName);
	const undecided = found.filter(({ id }) => !allowed.has(id));
	if (undecided.length > 0) throw undecidedError(undecided);
	for (const { id } of found) {
		context.notice(`another ${labelOf(inputs)} is created beside ${id}, as set by ${allowed.get(id)}`);
	}
}

/** Whether an earlier run of the same login may have created a client without saving it. */
function mayBeUnsaved(context: LifecycleContext, client: OAuthClient, inputs: Properties, login: string | undefined) {
	const author = client.createdBy?.id;
	const mayBeOurs =
		author === undefined ||
		(context.creatorIds.size > 0 ? context.creatorIds.has(author) : author === (login ?? author));
	const created = Date.parse(client.dateCreated ?? "");
	const modified = Date.parse(client.dateModified ?? "");
	// Compares the server's dates with the server's time, since the local clock may be wrong.
	const isRecent = context.api.serverTime() - created <= longestAge;
	const isUntouched = Number.isNaN(modified) || modified - created <= creationTime;
	return mayBeOurs && isRecent && isUntouched && (client.state !== "inactive" || inputs["state"] === "inactive");
}

function undecidedError(undecided: OAuthClient[]): GenesysCloudError {
	const ids = undecided.map(({ id }) => id).join(",");
	const created = undecided.map(({ id, dateCreated }) => `${id} (created ${dateCreated})`).join(", ");
	return new GenesysCloudError(
		`an interrupted run may already have created this client (same name, same login, not in state): ${created}. To take it over with a new secret, run pulumi up once with ${overrides.takeOver.variable}=${ids}. To create another, because it is in use elsewhere or this run replaces it, run once with ${overrides.allowSameName.variable}=${ids}. allowSameName: true in the program disables this check`,
	);
}

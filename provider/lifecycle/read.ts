import { GenesysCloudError, isNotFoundError } from "../api/errors";
import type { OAuthClient } from "../api/models";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { reasonOf } from "./failures";
import type { OAuthClientOutputs } from "./inputs";
import { type Kept, keptFrom, toInputs, toOutputs } from "./outputs";
import { requireSameOrganization } from "./same-organization";
import { changedSettings, type Settings } from "./settings";

/** A client as it is now; an empty id when it is gone. */
export interface Read {
	id: string;
	props?: OAuthClientOutputs;
	/** The inputs to compare the program with from now on; absent when the ones in state are still right. */
	inputs?: Settings;
}

/**
 * Reads a client: one GET, and one login when it asks for `detectSecretReset`. The secret, which the API doesn't show, is carried over
 * from state.
 */
export async function read(context: LifecycleContext, id: string, props: Settings): Promise<Read> {
	// State of a managed client always holds its grant; OAuthClient.get brings nothing but an id.
	const isLookup = props["authorizedGrantType"] === undefined && props["clientId"] === undefined;
	const client = await find(context, id);
	if (client === undefined) {
		if (isLookup) {
			throw new GenesysCloudError(
				`there is no OAuth client with the id ${id}: check the id, and that it belongs to this organization`,
			);
		}
		await confirmGone(context, id, props);
		return { id: "" };
	}
	context.ledger.known.add(id);
	const outputs = toOutputs(client, await withSecretTried(context, client, keptFrom(props), props));
	tellState(context, outputs);
	const before = toInputs({ ...outputs, ...(props as Partial<OAuthClientOutputs>) });
	const drifted = !isLookup && changedSettings({ ...outputs }, before, outputs.homeDivisionId).length > 0;
	return drifted ? { id, props: outputs, inputs: toInputs(outputs) } : { id, props: outputs };
}

/** The client, or undefined when the vendor itself says that it doesn't exist. Whatever else is unclear throws. */
async function find({ api }: LifecycleContext, id: string): Promise<OAuthClient | undefined> {
	try {
		const client = await api.getOauthClient(id);
		return client.state === "deleted" ? undefined : client;
	} catch (error) {
		if (isNotFoundError(error)) return undefined;
		throw error;
	}
}

/**
 * Makes sure that a client is gone before Pulumi forgets it, and its secret with it: the list of clients must say so too, and this must
 * be the organization that the client was made in.
 */
async function confirmGone(context: LifecycleContext, id: string, props: Settings): Promise<void> {
	const client = labelOf(props, id);
	await requireSameOrganization(context, id, props);
	const { entities } = await context.api.getOauthClients();
	if (entities.some((entity) => entity.id === id && entity.state !== "deleted")) {
		throw new GenesysCloudError(
			`${client} isn't found by its id, but stands in the list of clients: it is kept in state; run pulumi refresh again`,
		);
	}
	context.notice(`${client} was deleted outside Pulumi: pulumi up makes a new one, with a new id and secret`);
}

/** Notes whether the secret in state still logs in, when the program wants to know. */
async function withSecretTried(
	context: LifecycleContext,
	client: OAuthClient,
	kept: Kept,
	props: Settings,
): Promise<Kept> {
	const wanted = props["detectSecretReset"] === true && kept.clientSecret !== "";
	// Of a client that isn't active the login takes no secret.
	const label = labelOf({ ...client }, client.id);
	if (!wanted || client.authorizedGrantType !== "CLIENT-CREDENTIALS" || client.state !== "active") return kept;
	try {
		if (await context.api.checkLogin(client.id, kept.clientSecret)) {
			return { ...kept, unfinished: kept.unfinished.filter((step) => step !== "replace reset secret") };
		}
	} catch (error) {
		context.notice(`whether the secret of ${label} still works couldn't be tried: ${reasonOf(error)}`);
		return kept;
	}
	context.notice(
		`the secret of ${label} was reset outside Pulumi: the one in state no longer logs in, and pulumi up makes a new one`,
	);
	return { ...kept, unfinished: [...new Set([...kept.unfinished, "replace reset secret" as const])] };
}

function tellState(context: LifecycleContext, outputs: OAuthClientOutputs): void {
	const { clientId, state, dateToDelete } = outputs;
	const client = labelOf({ ...outputs }, clientId);
	if (state === "disabled") {
		context.notice(
			`${client} is disabled by Genesys Cloud's support: nobody can log in with it, and only they can enable it`,
		);
	}
	if (dateToDelete !== undefined) context.notice(`${client} is marked for deletion on ${dateToDelete.slice(0, 10)}`);
}

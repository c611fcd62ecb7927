import { GenesysCloudError } from "../../api/errors";
import type { OAuthClient } from "../../api/models";
import { clientKind, labelOf, stateNotices } from "./kind";
import type { LifecycleContext } from "../context";
import { reasonOf } from "../presentable-errors";
import { requireClientDeleted } from "../require-deleted";
import { findClient } from "./find-client";
import type { OAuthClientOutputs } from "./outputs";
import { type CarriedState, carriedStateOf, declaredNames, toInputs, toOutputs } from "./state";
import type { Properties } from "../properties";
import { changedSettings } from "./settings";

/** The result of reading a client; an empty id if it was deleted. */
export interface Read {
	id: string;
	props?: OAuthClientOutputs;
	/** The new inputs in state; undefined if the current ones are still right. */
	inputs?: Properties;
}

/**
 * Reads a client with one GET, plus one login with `detectSecretReset`. The secret, which the API doesn't show, is taken from state.
 */
export async function read(context: LifecycleContext, id: string, props: Properties): Promise<Read> {
	// State of a managed client always has a grant type; OAuthClient.get passes only an id.
	const isLookup = props["authorizedGrantType"] === undefined && props["clientId"] === undefined;
	const client = await findClient(context.api, id);
	if (typeof client === "string") {
		if (isLookup) {
			throw new GenesysCloudError(`no OAuth client has the id ${id}: check the id and the organization`);
		}
		await requireClientDeleted(context, { kind: clientKind, id, props, said: client });
		context.notice(
			`${labelOf(props, id)} was deleted outside Pulumi: pulumi up creates a new one, with a new id and secret`,
		);
		return { id: "" };
	}
	// OAuthClient.get doesn't manage the client.
	if (!isLookup) context.run.add(id);
	const outputs = toOutputs(client, await withSecretChecked(context, client, withMissingSecret(client, props), props));
	for (const notice of stateNotices({ ...outputs })) context.notice(notice);
	if (isLookup) outputs.declared = declaredNames(toInputs(outputs));
	const before = toInputs({ ...outputs, ...(props as Partial<OAuthClientOutputs>) });
	const drifted = !isLookup && changedSettings({ ...outputs }, before, outputs.homeDivisionId).length > 0;
	return drifted ? { id, props: outputs, inputs: toInputs(outputs) } : { id, props: outputs };
}

/** The carried state; adds a rotation if the client had no secret in its former grant and needs one that the stack knows. */
function withMissingSecret(client: OAuthClient, props: Properties): CarriedState {
	const kept = carriedStateOf(props);
	const isNew = props["authorizedGrantType"] === "TOKEN" && client.authorizedGrantType !== "TOKEN";
	if (!isNew || kept.clientSecret !== "") return kept;
	return { ...kept, pendingSecretSteps: [...new Set([...kept.pendingSecretSteps, "renew" as const])] };
}

/** With `detectSecretReset`, checks whether the secret in state still works, and records the result. */
async function withSecretChecked(
	context: LifecycleContext,
	client: OAuthClient,
	kept: CarriedState,
	props: Properties,
): Promise<CarriedState> {
	const wanted = props["detectSecretReset"] === true && kept.clientSecret !== "";
	const label = labelOf({ ...client }, client.id);
	// A login works for active clients only.
	if (!wanted || client.authorizedGrantType !== "CLIENT-CREDENTIALS" || client.state !== "active") return kept;
	try {
		if (await context.api.checkLogin(client.id, kept.clientSecret)) {
			return { ...kept, pendingSecretSteps: kept.pendingSecretSteps.filter((step) => step !== "renew after reset") };
		}
	} catch (error) {
		context.notice(`couldn't check whether the secret of ${label} still works: ${reasonOf(error)}`);
		return kept;
	}
	context.notice(
		`the secret of ${label} was reset outside Pulumi: login rejected the one in state; pulumi up rotates it`,
	);
	return { ...kept, pendingSecretSteps: [...new Set([...kept.pendingSecretSteps, "renew after reset" as const])] };
}

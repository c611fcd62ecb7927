import type { OAuthClient } from "../../api/models";
import { clientKind, labelOf, stateNotices } from "./kind";
import type { LifecycleContext } from "../context";
import type { OAuthClientOutputs } from "./arguments";
import type { Read } from "../operations";
import { reasonOf } from "../presentable-errors";
import { lookUp } from "../look-up";
import { findInState } from "../not-found";
import { canBeTried, trySecret } from "./secret-trial";
import { type CarriedState, carriedStateOf, declaredNames, toInputs, toOutputs } from "./state";
import type { Properties } from "../properties";
import { changedSettings } from "./settings";

/**
 * Reads a client with one GET, plus one login with `detectSecretReset`, or if the client has been changed since state was saved. The secret, which the API doesn't show, is taken from state.
 */
export async function read(context: LifecycleContext, id: string, props: Properties): Promise<Read> {
	// State of a managed client always has a grant type; OAuthClient.get passes only an id.
	const isLookup = props["authorizedGrantType"] === undefined && props["clientId"] === undefined;
	if (isLookup) return readNew(context, id, props);
	const client = await findInState(context, clientKind, id, props);
	if (client === undefined) return { id: "" };
	const outputs = toOutputs(client, await withSecretChecked(context, client, withMissingSecret(client, props), props));
	for (const notice of stateNotices({ ...outputs })) context.notice(notice);
	const before = toInputs({ ...outputs, ...(props as Partial<OAuthClientOutputs>) });
	const drifted = changedSettings({ ...outputs }, before, outputs.homeDivisionId).length > 0;
	return drifted ? { id, props: outputs, inputs: toInputs(outputs) } : { id, props: outputs };
}

/** Reads a client by its id or name: for an import, or a program that only reads it. */
async function readNew(context: LifecycleContext, idOrName: string, props: Properties): Promise<Read> {
	const found = await lookUp(context, clientKind, idOrName);
	const outputs = toOutputs(found, carriedStateOf(props));
	for (const notice of stateNotices({ ...outputs })) context.notice(notice);
	outputs.declared = declaredNames(toInputs(outputs));
	return { id: found.id, props: outputs, isNew: true };
}

/** The carried state; adds a rotation if the client had no secret in its former grant and needs one that the stack knows. */
function withMissingSecret(client: OAuthClient, props: Properties): CarriedState {
	// The settings have just been read.
	const kept = { ...carriedStateOf(props), unconfirmed: [] };
	const isNew = props["authorizedGrantType"] === "TOKEN" && client.authorizedGrantType !== "TOKEN";
	if (!isNew || kept.clientSecret !== "") return kept;
	return { ...kept, pendingSecretSteps: [...new Set([...kept.pendingSecretSteps, "renew" as const])] };
}

/**
 * Checks whether the secret in state still works, and records the result: with `detectSecretReset`, if an earlier run couldn't, or if the client
 * has been changed since state was saved, as by a run that was killed.
 */
async function withSecretChecked(
	context: LifecycleContext,
	client: OAuthClient,
	kept: CarriedState,
	props: Properties,
): Promise<CarriedState> {
	const isModified = typeof props["dateModified"] === "string" && client.dateModified !== props["dateModified"];
	const isUntried = kept.pendingSecretSteps.includes("verify");
	const isWanted = props["detectSecretReset"] === true || isModified || isUntried;
	if (isModified && kept.clientSecret === "" && kept.secretVersion > 0 && kept.pendingSecretSteps.length === 0) {
		context.notice(
			`${labelOf({ ...client }, client.id)} was changed since state was saved, and its secret, which the state doesn't keep, can't be tried: if a run was killed while it rotated it, run pulumi up once with GENESYSCLOUD_ROTATE=${client.id}@<an order's name of your own>`,
		);
	}
	return isWanted ? withSecretTried(context, client, kept) : kept;
}

/** The carried state with what a login shows of the secret in it; unchanged if a login can't show anything. */
export async function withSecretTried(
	context: LifecycleContext,
	client: OAuthClient,
	kept: CarriedState,
): Promise<CarriedState> {
	const label = labelOf({ ...client }, client.id);
	if (kept.clientSecret === "" || !canBeTried({ ...client })) return kept;
	const others = kept.pendingSecretSteps.filter((step) => step !== "renew after reset" && step !== "verify");
	try {
		const trial = await trySecret(context, client, kept, false);
		if (trial === "untold" && kept.options["detectSecretReset"] === true) {
			context.notice(
				`couldn't check whether the secret of ${label} still works: login rejected it, but has never told a right secret of this client, which it may not do for the grant ${client.authorizedGrantType}`,
			);
		}
		if (trial !== "rejected") return { ...kept, pendingSecretSteps: others };
	} catch (error) {
		context.notice(
			`couldn't check whether the secret of ${label} still works: ${reasonOf(error)}; the next pulumi up tries it`,
		);
		return { ...kept, pendingSecretSteps: ["verify", ...others] };
	}
	context.notice(`the secret of ${label} was reset outside Pulumi: login rejected the one in state`);
	return { ...kept, pendingSecretSteps: ["renew after reset", ...others] };
}

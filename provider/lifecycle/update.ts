import { GenesysCloudError, isNotFoundError } from "../api/errors";
import type { OAuthClient } from "../api/models";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { reportDropped } from "./dropped";
import { partialFailure } from "./failures";
import type { OAuthClientOutputs } from "./inputs";
import { optionsOf, sameJson } from "./options";
import { carriedFrom, declaredNames, firstThatCanBeMade, type Kept, keptFrom, toOutputs } from "./outputs";
import { renewalReason, unfinishedOf } from "./rotation";
import { proveSecret, renewSecret, unfinishedAfter } from "./secret";
import { changedSettings, clientOf, needsHomeDivision, type Settings, toRequest } from "./settings";

/**
 * Gives a client what the program declares: one PUT when a setting differs, one POST when its secret is due, no call when neither.
 * Also finishes what an earlier, failed run left undone. An update for any other reason never touches the secret.
 */
export async function update(
	context: LifecycleContext,
	id: string,
	olds: Settings,
	news: Settings,
): Promise<{ outs: OAuthClientOutputs }> {
	const before = keptFrom(olds);
	const homeDivisionId = needsHomeDivision(news)
		? (before.homeDivisionId ?? (await context.homeDivision()))
		: undefined;
	const kept: Kept = { ...before, options: optionsOf(news), declared: declaredNames(news), homeDivisionId };
	// A client whose making failed half-way is in state without its dates.
	const complete = typeof olds["dateCreated"] === "string";
	const moved = !sameJson(olds["connection"], news["connection"]);
	const changed = changedSettings(olds, news, homeDivisionId).filter(
		(name) => !(name === "state" && olds["state"] === "disabled"),
	);
	const due = renewalReason(olds, news, context.clock.now());
	if (olds["state"] === "disabled" && (changed.length > 0 || due !== undefined)) {
		throw new GenesysCloudError(
			`the client is disabled by Genesys Cloud's support, and only they can enable it: nothing was changed; run pulumi refresh when they have`,
		);
	}
	let client: OAuthClient | undefined;
	if (!complete || changed.length > 0) {
		client = await found(id, moved, async () =>
			context.api.putOauthClient(id, toRequest(news, homeDivisionId, carriedFrom(olds))),
		);
	} else if (moved) {
		// The same client must be there under the new connection: nothing may be managed in the wrong organization.
		client = await found(id, moved, async () => context.api.getOauthClient(id));
	}
	const withKept = (latest: Kept) => (client === undefined ? outputsOf(olds, latest) : toOutputs(client, latest));
	const action = `updating ${labelOf(news)}`;
	// As long as the secret isn't renewed, state must still hold what makes it due.
	let latest: Kept = { ...kept, options: { ...kept.options, secretRotation: before.options["secretRotation"] } };
	try {
		if (due !== undefined) {
			latest = { ...kept, ...(await renewSecret(context, id)), secretVersion: kept.secretVersion + 1, unfinished: [] };
		} else {
			latest = kept;
		}
		await finish(context, id, news, due !== undefined, latest);
		latest = { ...latest, unfinished: [] };
		const outs = withKept(latest);
		if (client !== undefined) reportDropped(context, outs, news);
		return { outs };
	} catch (error) {
		const unfinished = unfinishedAfter(error);
		// Nothing was done, and nothing may be lost: the failure is a plain one.
		if (client === undefined && unfinished.length === 0 && latest.secretVersion === before.secretVersion) throw error;
		const left = { ...latest, unfinished: unfinished.length > 0 ? unfinished : latest.unfinished };
		throw partialFailure(
			action,
			error,
			firstThatCanBeMade(
				() => withKept(left),
				() => outputsOf(olds, left),
			),
			news,
		);
	}
}

/** Shows that a new secret works, where a login can show it. */
async function finish(
	context: LifecycleContext,
	id: string,
	news: Settings,
	renewed: boolean,
	kept: Kept,
): Promise<void> {
	if (!renewed && !unfinishedOf({ unfinished: kept.unfinished }).includes("prove secret")) return;
	if (news["authorizedGrantType"] !== "CLIENT-CREDENTIALS" || news["state"] === "inactive") return;
	await proveSecret(context, id, kept.clientSecret);
}

/** The outputs of a client that no call has looked at. */
function outputsOf(olds: Settings, kept: Kept): OAuthClientOutputs {
	return toOutputs({ ...carriedFrom(olds), ...clientOf(olds) }, kept);
}

async function found(id: string, moved: boolean, call: () => Promise<OAuthClient>): Promise<OAuthClient> {
	try {
		return await call();
	} catch (error) {
		if (!isNotFoundError(error)) throw error;
		throw new GenesysCloudError(
			moved
				? `${error.message}. The connection has changed, and OAuth client ${id} isn't in the organization that it leads to now: to make a new client there, run pulumi up --replace for this resource`
				: `${error.message}. Somebody deleted the client outside Pulumi: run pulumi refresh, then pulumi up, which makes a new one with a new id and secret`,
		);
	}
}

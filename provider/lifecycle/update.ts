import { GenesysCloudError, isNotFoundError } from "../api/errors";
import type { OAuthClient, OAuthClientRequest } from "../api/models";
import { labelOf } from "./client-label";
import type { LifecycleContext } from "./context";
import { reportDropped } from "./dropped";
import { partialFailure } from "./failures";
import type { OAuthClientOutputs } from "./inputs";
import { sameJson } from "./canonical-json";
import { optionsOf } from "./options";
import { carriedFrom, declaredNames, firstThatCanBeMade, type Kept, keptFrom, toOutputs } from "./outputs";
import { renewalReason, type Unfinished } from "./rotation";
import { SecretWorkError, settleSecret } from "./secret";
import { changedSettings, clientOf, needsHomeDivision, type Settings, toRequest, unknownFields } from "./settings";

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
		client = await found(id, moved, async () => put(context, id, olds, toRequest(news, homeDivisionId)));
	} else if (moved) {
		// The same client must be there under the new connection: nothing may be managed in the wrong organization.
		client = await found(id, moved, async () => context.api.getOauthClient(id));
	}
	const withKept = (latest: Kept) => (client === undefined ? outputsOf(olds, latest) : toOutputs(client, latest));
	let known = withWork(kept, olds, news, due !== undefined);
	try {
		known = await found(id, false, async () => settleSecret(context, id, news, known));
		const outs = withKept(known);
		if (client !== undefined) reportDropped(context, outs, news);
		return { outs };
	} catch (error) {
		// Nothing was done, and nothing may be lost: the failure is a plain one, and what was due still is.
		if (client === undefined && known.secretVersion === before.secretVersion && !(error instanceof SecretWorkError))
			throw error;
		const last = error instanceof SecretWorkError ? error.kept : known;
		const outs = firstThatCanBeMade(
			() => withKept(last),
			() => outputsOf(olds, last),
		);
		throw partialFailure(`updating ${labelOf(news)}`, error, outs, news);
	}
}

/** What is to be done on the secret: what an earlier run left, what is due, and what a new grant or a new sink brings with it. */
function withWork(kept: Kept, olds: Settings, news: Settings, due: boolean): Kept {
	// A client of this grant has no secret; the one it had means nothing any more.
	if (news["authorizedGrantType"] === "TOKEN") return { ...kept, clientSecret: "", secretVersion: 0, unfinished: [] };
	const hadNone = olds["authorizedGrantType"] === "TOKEN";
	const hasNewSink = news["secretSink"] !== undefined && !sameJson(olds["secretSink"], news["secretSink"]);
	const unfinished = new Set<Unfinished>(kept.unfinished);
	if (due || hadNone) unfinished.add("renew secret");
	if (hasNewSink) unfinished.add("store secret");
	return { ...kept, unfinished: [...unfinished] };
}

/** Replaces a client's settings. Those that this version doesn't know are read first: somebody may have changed them since. */
async function put(
	context: LifecycleContext,
	id: string,
	olds: Settings,
	request: OAuthClientRequest,
): Promise<OAuthClient> {
	const hasUnknown = Object.keys(carriedFrom(olds)).length > 0;
	const carried = hasUnknown ? unknownFields(await context.api.getOauthClient(id)) : {};
	return context.api.putOauthClient(id, { ...carried, ...request });
}

/** The outputs of a client that no call has looked at. */
function outputsOf(olds: Settings, kept: Kept): OAuthClientOutputs {
	return toOutputs({ ...carriedFrom(olds), ...clientOf(olds) }, kept);
}

async function found<T>(id: string, moved: boolean, call: () => Promise<T>): Promise<T> {
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

import { adoptsAnother } from "../adoption";
import type { Occasion } from "../context";
import { clientKind } from "./kind";
import { type ChangedSetting, changedOptions, clientTable as fields } from "./arguments";
import { type SecretStep, pendingStepsOf, rotationReason } from "./secret-rotation";
import { canBeTried } from "./secret-trial";
import { suppliedSecret } from "./supplied-secret";
import { type Properties, hasUnknown, sameJson } from "../properties";
import { unconfirmedOf } from "./state";
import { changedSettings } from "./settings";

/** What a program's arguments do to a client in state. */
export interface Plan {
	/** The settings that a PUT changes; `state` isn't one for a disabled client, which the API can't enable. */
	changed: ChangedSetting[];
	/** The options that differ. */
	options: string[];
	/** The arguments that require a replacement. */
	replaces: string[];
	/** Why the secret is rotated; undefined if it isn't. */
	rotation: string | undefined;
	/** The steps of the secret that an update runs, beside a rotation that is due. */
	steps: SecretStep[];
	/** Whether an update rotates the secret, whatever the reason. */
	rotates: boolean;
	/** The secret that an update takes from the program; undefined if it takes none. */
	supplied: string | undefined;
	/** Whether an update tries the secret by a login, which an earlier run couldn't. */
	tries: boolean;
	/** Whether an update has work beyond the arguments that differ: a rotation, or what an earlier run left. */
	hasOtherWork: boolean;
	/** Whether anything changes at all. */
	changes: boolean;
}

/**
 * Plans an update: the only place that knows what a change of the program does. Makes no call. Values not known yet count as changed, and
 * decide nothing else.
 *
 * @param olds the client's outputs in state
 * @param news the program's arguments
 * @param homeDivisionId the home division, if it is known
 */
export function plan(
	olds: Properties,
	news: Properties,
	occasion: Occasion,
	homeDivisionId = homeDivisionOf(olds),
): Plan {
	const isDisabled = olds["state"] === "disabled";
	const options = changedOptions(olds, news);
	const additional = ["additionalSettings" as const].filter((name) => options.includes(name));
	const changed = [
		...new Set([...changedSettings(olds, news, homeDivisionId, unconfirmedOf(olds)), ...additional]),
	].filter((name) => !(name === "state" && isDisabled));
	const replaces = replacedFor(olds, news, changed);
	const rotation = rotationReason(olds, news, occasion);
	const steps = stepsFor(olds, news);
	const rotates = rotation !== undefined || steps.some((step) => step.startsWith("renew"));
	const supplied = !rotates && olds["secretVersion"] === 0 ? suppliedSecret(olds, news) : undefined;
	if (supplied !== undefined) steps.push("store");
	const tries = steps.includes("verify") && canBeTried(isDisabled ? { ...news, state: "disabled" } : news);
	const hasOtherWork = tries || rotates || steps.includes("store") || unconfirmedOf(olds).length > 0;
	const changes = changed.length > 0 || options.length > 0 || replaces.length > 0 || hasOtherWork || hasUnknown(news);
	return { changed, options, replaces, rotation, steps, rotates, supplied, tries, hasOtherWork, changes };
}

const homeDivisionOf = ({ homeDivisionId }: Properties) =>
	typeof homeDivisionId === "string" ? homeDivisionId : undefined;

/** The secret's steps: those left by an earlier run, and those for a new grant or sink. */
function stepsFor(olds: Properties, news: Properties): SecretStep[] {
	// A client of this grant has no secret.
	if (news["authorizedGrantType"] === "TOKEN") return [];
	const hadNone = olds["authorizedGrantType"] === "TOKEN";
	const hasNewSink = news["secretSink"] !== undefined && !sameJson(olds["secretSink"], news["secretSink"]);
	const steps = new Set<SecretStep>(pendingStepsOf(olds));
	if (hadNone) steps.add("renew");
	if (mayHaveEnded(olds, news) && canBeTried(news)) steps.add("verify");
	if (hasNewSink) steps.add("store");
	return [...steps];
}

/** Whether an update without an answer may have ended the secret, which ends with the grant TOKEN. */
export const mayHaveEnded = (olds: Properties, news: Properties): boolean =>
	news["authorizedGrantType"] !== "TOKEN" && unconfirmedOf(olds).includes("authorizedGrantType");

function replacedFor(olds: Properties, news: Properties, changed: ChangedSetting[]): string[] {
	const { replaceOnGrantTypeChange } = news;
	const inPlace = replaceOnGrantTypeChange === false || hasUnknown(replaceOnGrantTypeChange);
	// State of a partially created client, or of an older version, may lack the old value: that is no reason to replace the client.
	const replaces: string[] = changed.filter(
		(name) =>
			fields[name].onChange === "replace" &&
			!inPlace &&
			olds[name] !== undefined &&
			news[name] !== undefined &&
			// An unknown value is decided when it is known.
			!hasUnknown(news[name]),
	);
	if (adoptsAnother(clientKind, olds, news)) replaces.push("adopt");
	return replaces;
}

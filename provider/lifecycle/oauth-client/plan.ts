import { adoptionOf } from "./adoption";
import type { SettingName } from "./arguments";
import { type SecretStep, pendingStepsOf, rotationReason } from "./secret-rotation";
import { type Properties, hasUnknown, sameJson } from "../properties";
import { changedOptions } from "./state";
import { changedSettings, fields } from "./settings";

/** What a program's arguments do to a client in state. */
export interface Plan {
	/** The settings that a PUT changes; `state` isn't one for a disabled client, which the API can't enable. */
	changed: SettingName[];
	/** The options that differ. */
	options: string[];
	/** The arguments that require a replacement. */
	replaces: string[];
	/** Why the secret is rotated; undefined if it isn't. */
	rotation: string | undefined;
	/** The steps of the secret that an update runs. */
	steps: SecretStep[];
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
 * @param now milliseconds since 1970
 * @param homeDivisionId the home division, if it is known
 */
export function plan(olds: Properties, news: Properties, now: number, homeDivisionId = homeDivisionOf(olds)): Plan {
	const isDisabled = olds["state"] === "disabled";
	const changed = changedSettings(olds, news, homeDivisionId).filter((name) => !(name === "state" && isDisabled));
	const options = changedOptions(olds, news);
	const replaces = replacedFor(olds, news, changed);
	const rotation = rotationReason(olds, news, now);
	const steps = stepsFor(olds, news, rotation !== undefined);
	const hasOtherWork = rotation !== undefined || pendingStepsOf(olds).length > 0;
	const changes = changed.length > 0 || options.length > 0 || replaces.length > 0 || hasOtherWork || hasUnknown(news);
	return { changed, options, replaces, rotation, steps, hasOtherWork, changes };
}

const homeDivisionOf = ({ homeDivisionId }: Properties) =>
	typeof homeDivisionId === "string" ? homeDivisionId : undefined;

/** The secret's steps: those left by an earlier run, a due rotation, and those for a new grant or sink. */
function stepsFor(olds: Properties, news: Properties, isDue: boolean): SecretStep[] {
	// A client of this grant has no secret.
	if (news["authorizedGrantType"] === "TOKEN") return [];
	const hadNone = olds["authorizedGrantType"] === "TOKEN";
	const hasNewSink = news["secretSink"] !== undefined && !sameJson(olds["secretSink"], news["secretSink"]);
	const steps = new Set<SecretStep>(pendingStepsOf(olds));
	if (isDue || hadNone) steps.add("renew");
	if (hasNewSink) steps.add("store");
	return [...steps];
}

function replacedFor(olds: Properties, news: Properties, changed: SettingName[]): string[] {
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
	const adopted = adoptionOf(news)?.clientId;
	// The last run's adoption is over, even if a new client has replaced that one since.
	const isOver = adopted === olds["clientId"] || adopted === adoptionOf(olds)?.clientId;
	if (adopted !== undefined && olds["clientId"] !== undefined && !isOver && !hasUnknown(adopted)) {
		replaces.push("adopt");
	}
	return replaces;
}

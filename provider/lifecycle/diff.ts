import { adoptionOf } from "./adoption";
import { labelOf, stateNotices } from "./client-label";
import type { SettingName } from "./input-schema";
import type { Diff } from "./operations";
import { changedOptions } from "./state/outputs";
import { rotationReason, pendingStepsOf } from "./secret/secret-rotation";
import { changedSettings, fields, hasUnknown, type Properties } from "./state/settings";

/**
 * Compares a client in state with the program's arguments. Never throws: Pulumi calls it with state of any age, and in a refresh with the
 * two sides swapped.
 *
 * @param now milliseconds since 1970
 */
export function diff(olds: Properties, news: Properties, now: number): Diff {
	try {
		return compare(olds, news, now);
	} catch {
		// An update will handle it with the API's help.
		return { changes: true, replaces: [], deleteBeforeReplace: false, notices: [] };
	}
}

function compare(olds: Properties, news: Properties, now: number): Diff {
	const client = labelOf(news, olds["clientId"]);
	const { homeDivisionId, state, dateToDelete } = olds;
	const notices: string[] = [];
	let changed = changedSettings(olds, news, typeof homeDivisionId === "string" ? homeDivisionId : undefined);
	if (state === "disabled") {
		// The API can't enable it.
		changed = changed.filter((name) => name !== "state");
		notices.push(
			...stateNotices({ state, clientId: olds["clientId"], name: news["name"], secretInputs: news["secretInputs"] }),
		);
	} else if (changed.includes("state") && state === "inactive") {
		const until = typeof dateToDelete === "string" ? ` and scheduled for deletion on ${dateToDelete.slice(0, 10)}` : "";
		notices.push(`${client} is inactive${until}: pulumi up activates it`);
	}
	const reason = rotationReason(olds, news, now);
	if (reason !== undefined) notices.push(`pulumi up rotates the secret of ${client}: ${reason}`);
	const replaces = replacedFor(olds, news, changed);
	return {
		changes:
			changed.length > 0 ||
			replaces.length > 0 ||
			changedOptions(olds, news).length > 0 ||
			reason !== undefined ||
			pendingStepsOf(olds).length > 0 ||
			hasUnknown(news),
		replaces,
		deleteBeforeReplace: false,
		notices,
	};
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

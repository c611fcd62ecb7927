import { adoptionOf } from "./adoption";
import { labelOf, stateNotices } from "./client-label";
import type { SettingName } from "./input-schema";
import { changedOptions } from "./state/outputs";
import { rotationReason, pendingStepsOf } from "./secret/secret-rotation";
import { changedSettings, fields, hasUnknown, type Properties } from "./state/settings";

/** What a change of the program means for a client. */
export interface Diff {
	/** Whether anything changes; always said, so that Pulumi never compares the serialised provider itself. */
	changes: boolean;
	/** The arguments for which the client must be replaced. */
	replaces: string[];
	/** Always false: the new client is there before the old one goes. */
	deleteBeforeReplace: boolean;
	/** What a user should know of it, and can't see from the arguments that change. */
	notices: string[];
}

/**
 * Compares a client, as state knows it, with what the program declares. Never throws: Pulumi calls it with state of any age, and
 * on a refresh with the two sides swapped.
 *
 * @param now milliseconds since 1970
 */
export function diff(olds: Properties, news: Properties, now: number): Diff {
	try {
		return compare(olds, news, now);
	} catch {
		// Whatever this is, an update will look at it with the API's help.
		return { changes: true, replaces: [], deleteBeforeReplace: false, notices: [] };
	}
}

function compare(olds: Properties, news: Properties, now: number): Diff {
	const client = labelOf(news, olds["clientId"]);
	const { homeDivisionId, state, dateToDelete } = olds;
	const notices: string[] = [];
	let changed = changedSettings(olds, news, typeof homeDivisionId === "string" ? homeDivisionId : undefined);
	if (state === "disabled") {
		// Nothing that this package could send would enable it.
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
	// A part-made client, or one of an older version, may lack what it was made as: that is no reason to replace it.
	const replaces: string[] = changed.filter(
		(name) =>
			fields[name].onChange === "replace" &&
			!inPlace &&
			olds[name] !== undefined &&
			news[name] !== undefined &&
			// Whether what isn't known yet replaces the client is decided when it is.
			!hasUnknown(news[name]),
	);
	const adopted = adoptionOf(news)?.clientId;
	// What the last run was told to adopt is over, also where a new client has replaced it since.
	const isOver = adopted === olds["clientId"] || adopted === adoptionOf(olds)?.clientId;
	if (adopted !== undefined && olds["clientId"] !== undefined && !isOver && !hasUnknown(adopted)) {
		replaces.push("adopt");
	}
	return replaces;
}

import { changedSettings, fields, type Settings, unknownValue } from "./settings";

/** What a change of the program means for a client. */
export interface Diff {
	/** Whether anything changes; always said, so that Pulumi never compares the serialised provider itself. */
	changes: boolean;
	/** The settings for which the client must be replaced. */
	replaces: string[];
	/** Always false: the new client is there before the old one goes. */
	deleteBeforeReplace: boolean;
}

/**
 * Compares a client, as state knows it, with what the program declares. Never throws: Pulumi calls it with state of any age, and
 * on a refresh with the two sides swapped.
 */
export function diff(olds: Settings, news: Settings): Diff {
	let changed: (keyof typeof fields)[];
	try {
		changed = changedSettings(
			olds,
			news,
			typeof olds["homeDivisionId"] === "string" ? olds["homeDivisionId"] : undefined,
		);
	} catch {
		// Whatever this is, an update will look at it with the API's help.
		return { changes: true, replaces: [], deleteBeforeReplace: false };
	}
	const inPlace = news["replaceOnGrantTypeChange"] === false;
	// A part-made client, or one of an older version, may lack what it was made as: that is no reason to replace it.
	const replaces = changed.filter(
		(name) => fields[name].onChange === "replace" && !inPlace && olds[name] !== undefined && news[name] !== undefined,
	);
	return { changes: changed.length > 0 || hasUnknown(news), replaces, deleteBeforeReplace: false };
}

function hasUnknown(value: unknown): boolean {
	if (value === unknownValue) return true;
	if (Array.isArray(value)) return value.some(hasUnknown);
	return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

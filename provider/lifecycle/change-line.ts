import { enumerated, quoted } from "../api/errors";
import { mask } from "../api/masking";
import { canonicalJson, canonicalSet } from "./properties";

/** How much of a value is shown, in characters. */
const longest = 500;
/** The same for an item of a list: a role with its division fits. */
const longestItem = 120;

/** A value as JSON, which shows where a text from elsewhere ends, and which spaces it has. */
const shown = (value: unknown): string => quoted(JSON.stringify(value) ?? "nothing", longest);

/** A change of a setting, as a line of a preview: the old and the new value, or of a list what is added and removed. */
export function changeLine(name: string, before: unknown, after: unknown, isSecret: boolean): string {
	if (isSecret) return `${name}: ${mask} => ${mask}`;
	if (!Array.isArray(before) || !Array.isArray(after)) return `${name}: ${shown(before)} => ${shown(after)}`;
	return [`${name}:`, ...signed("+", after, before), ...signed("-", before, after)].join(" ");
}

/** The items that only one of two lists has, after a sign. */
function signed(sign: string, items: unknown[], others: unknown[]): string[] {
	const known = new Set(others.map(canonicalJson));
	const own = canonicalSet(items.filter((item) => !known.has(canonicalJson(item))));
	if (own.length === 0) return [];
	return [
		sign,
		enumerated(
			own.map((item) => JSON.stringify(item)),
			5,
			longestItem,
		),
	];
}

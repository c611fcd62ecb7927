/** What a client is called in the program. */
export interface ProgramName {
	/** Its resource's name, part of its URN: unique in the program. */
	resourceName: string;
	/** The constant that holds it: unique in the program, and no word of the language. */
	variable: string;
}

/** Longer names are cut: they are there to be read. */
const longestName = 60;

/** Words that no constant can have: JavaScript's, and the names that a CommonJS module and this program have already. */
const taken: ReadonlySet<string> = new Set(
	[
		"arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally",
		"for function if implements import in instanceof interface let new null package private protected public return static super",
		"switch this throw true try typeof undefined var void while with yield",
		"exports globalThis module require adopted",
	]
		.join(" ")
		.split(" "),
);

/** The words of a text, in letters and digits of every script; all of it may stand in an identifier. */
const wordsOf = (text: string): string[] =>
	text
		.normalize("NFC")
		.slice(0, 10 * longestName)
		.replaceAll(/['\u2019]/g, "")
		// A few marks and letters may not stand in an identifier: the keycap of 1\uFE0F\u20E3 is one.
		.split(/(?:[^\p{L}\p{M}\p{Nd}]|\P{ID_Continue})+/u)
		.filter((word) => word !== "");

/** Joins words up to the longest name. What is cut off must not leave half a character. */
function slugOf(text: string): string {
	const slug = wordsOf(text.toLowerCase()).join("-").slice(0, longestName);
	return slug.replaceAll(/\p{Surrogate}|-+$/gu, "");
}

function variableOf(resourceName: string): string {
	const [first = "", ...others] = wordsOf(resourceName);
	const name = first + others.map(([initial = "", ...rest]) => initial.toUpperCase() + rest.join("")).join("");
	const begun = /^\p{ID_Start}/u.test(name) ? name : `client${name}`;
	return taken.has(begun) ? `${begun}Client` : begun;
}

/**
 * Names for clients, by id: from the client's own name; where several would have the same, each with the beginning of its id, so
 * that the names don't depend on the order.
 */
export function programNames(clients: readonly { id: string; name: string }[]): Map<string, ProgramName> {
	const plain = new Map(clients.map(({ id, name }) => [id, slugOf(name) || "client"]));
	const long = new Map(clients.map(({ id }) => [id, `${plain.get(id)}-${slugOf(id).replaceAll("-", "").slice(0, 8)}`]));
	// Two names may differ as resources and not as constants: "a-1" and "a1".
	const isShared = countedBy([...plain.values()].map(variableOf));
	const names = new Map<string, ProgramName>();
	const used = new Set<string>();
	for (const { id } of clients) {
		const short = plain.get(id) ?? "client";
		const wanted = (isShared.get(variableOf(short)) ?? 0) > 1 ? (long.get(id) ?? short) : short;
		let resourceName = wanted;
		for (let number = 2; used.has(variableOf(resourceName)); number += 1) resourceName = `${wanted}-${number}`;
		used.add(variableOf(resourceName));
		names.set(id, { resourceName, variable: variableOf(resourceName) });
	}
	return names;
}

function countedBy(values: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

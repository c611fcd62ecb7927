/** A client's names in the program. */
export interface ProgramName {
	/** The resource's name, part of its URN: unique in the program. */
	resourceName: string;
	/** The constant: unique in the program, and not a reserved word. */
	variable: string;
}

/** Names are cut to this many characters, to stay readable. */
const longestName = 60;

/** Words that can't name a constant: JavaScript's reserved words, and names used by a CommonJS module or by this program. */
const reservedWords: ReadonlySet<string> = new Set(
	[
		"arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally",
		"for function if implements import in instanceof interface let new null package private protected public return static super",
		"switch this throw true try typeof undefined var void while with yield",
		"exports globalThis module require adopted",
		// Of the program in other languages, too: Python, Go, and what these programs declare.
		"and as assert def del elif except from global is lambda None nonlocal not or pass print raise True False",
		"chan defer fallthrough func go goto interface map nil range select struct type string len error",
		"Config cfg config ctx err genesyscloud genesyscloudoauth main pulumi",
	]
		.join(" ")
		.split(" "),
);

/** The words of a text: letters and digits of any script that are allowed in an identifier. */
const wordsOf = (text: string): string[] =>
	text
		.normalize("NFC")
		.slice(0, 10 * longestName)
		.replaceAll(/['\u2019]/g, "")
		// JavaScript doesn't allow enclosing marks (Me) in identifiers.
		.split(/[^\p{L}\p{Mn}\p{Mc}\p{Nd}]+/u)
		.filter((word) => word !== "");

/** Joins words up to the longest name, without leaving half a character at the cut. */
function slugOf(text: string): string {
	const slug = wordsOf(text.toLowerCase()).join("-").slice(0, longestName);
	return slug.replaceAll(/\p{Surrogate}|-+$/gu, "");
}

function variableOf(resourceName: string): string {
	const [first = "", ...others] = wordsOf(resourceName);
	const name = first + others.map(([initial = "", ...rest]) => initial.toUpperCase() + rest.join("")).join("");
	const identifier = /^\p{ID_Start}/u.test(name) ? name : `client${name}`;
	return reservedWords.has(identifier) ? `${identifier}Client` : identifier;
}

/**
 * Names for clients, by id: made from the client's name, and the beginning of its id if several clients would get the same name, so that
 * the names don't depend on the order.
 */
export function programNames(clients: readonly { id: string; name: string }[]): Map<string, ProgramName> {
	const plain = new Map(clients.map(({ id, name }) => [id, slugOf(name) || "client"]));
	const long = new Map(clients.map(({ id }) => [id, `${plain.get(id)}-${slugOf(id).replaceAll("-", "").slice(0, 8)}`]));
	// Different resource names may give the same constant: "a-1" and "a1".
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

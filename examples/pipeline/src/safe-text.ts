import { secretHider } from "pulumi-genesyscloud-oauth/api";

/**
 * Texts from elsewhere (a client's name, an error) on their way to a log or a comment. Whoever may name a client must not be able to
 * mention people, draw a table, hide text, or write a command of the CI system.
 */

/** One line without control characters, or others that nobody sees. */
export function oneLine(text: string): string {
	return text
		.replaceAll(/\s+/g, " ")
		.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "\uFFFD")
		.trim();
}

const longest = 500;

/** Every sign that means something in Markdown or HTML is written as an entity, which can't mean anything. A credential of such signs would then be found no more. */
function entities(text: string): string {
	const safe = redact(text);
	const shown = safe.length > longest ? `${safe.slice(0, longest)}...` : safe;
	return shown.replaceAll(/(?![.:;](?: |$))[^\p{L}\p{N} ,'"()/-]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}

/** A name or a value in Markdown, as code: there platforms look for no mentions and no references. */
export function code(text: string): string {
	return `<code>${entities(oneLine(text)) || " "}</code>`;
}

/** A sentence in Markdown. Behind a sign that begins a mention or a reference comes a space that nobody sees, so that it begins none. */
export function prose(text: string): string {
	return entities(oneLine(text).replaceAll(/[@#!$%&~^](?=\S)/g, "$&\u200B"));
}

/** What must never be shown: the values of variables that are named like a credential, and the password in the backend's address. */
function secretsOf(environment: NodeJS.ProcessEnv): string[] {
	const values = Object.entries(environment)
		.filter(([name]) => /SECRET|TOKEN|PASSPHRASE|PASSWORD/i.test(name) && !/_FILE$/i.test(name))
		.map(([, value]) => value ?? "");
	return [...values, /:\/\/[^/@]*?:([^/]*)@/.exec(environment["PULUMI_BACKEND_URL"] ?? "")?.[1] ?? ""];
}

/**
 * Takes credentials out of a text, should one ever get into it. Nothing here puts one there; this is for what others' software
 * writes, such as a driver's error that quotes the address of a database.
 */
export const redact = (text: string): string => secretHider(secretsOf(process.env))(text);

import { oneLine } from "./one-line";

/** What a text has in place of a secret: Pulumi's own word. */
export const mask = "[secret]";
/** A shorter value isn't hidden: it stands in texts by chance, and the gaps would tell it. */
const shortest = 6;
/** Half of a character of two code units is one too. */
const wordCharacter = /[\p{L}\p{M}\p{N}\p{Cs}_+-]/u;

/** Redacts what looks like a credential, since a server may quote what it was sent. The vendor's ids (36 characters) stay. */
export const withoutCredentials = (text: string): string =>
	text.replaceAll(/\b(bearer|basic)\s+\S+/gi, `$1 ${mask}`).replaceAll(/[\w+=~-]{40,}/g, mask);

/** A part of a text: from its first position to the one after its last. */
type Span = [start: number, end: number];

/**
 * Returns a function that hides secrets in a text: in each form in which others quote them, with the word around them, and also where the
 * text is cut with "…" in the middle of one. A secret of less than six characters stays.
 *
 * @param isRandom whether the secrets consist of random characters: then six of them in a row are hidden too, wherever they stand. Of other
 * secrets a part may be an ordinary word, which its gap would tell.
 */
export function secretHider(secrets: string[], isRandom = false): (text: string) => string {
	const forms = [...new Set(secrets.flatMap((secret) => formsOf(secret.trim(), isRandom)))];
	return (text) => {
		const found = forms.flatMap((form) => spansOf(form, text).concat(cutSpansOf(form, text)));
		if (found.length === 0) return text;
		// What is hidden already stays as it is, even if the mask itself is a secret.
		return masked(text, [...found.map((span) => wordsAround(span, text)), ...spansOf(mask, text)]);
	};
}

/** The forms of a secret in which a server, a library or a message may quote it. */
function formsOf(secret: string, isRandom: boolean): string[] {
	if (secret.length < shortest) return [];
	const bytes = Buffer.from(secret);
	const encoded = [encodeURIComponent(secret.toWellFormed()), new URLSearchParams([["", secret]]).toString().slice(1)];
	return [
		secret,
		oneLine(secret),
		JSON.stringify(secret).slice(1, -1),
		...encoded,
		...encoded.map((text) => text.replaceAll(/%../g, (code) => code.toLowerCase())),
		bytes.toString("hex"),
		...[0, 1, 2].flatMap((before) => base64Of(bytes, before)),
		...(isRandom ? partsOf(secret) : []),
	].filter((form) => form.length >= shortest);
}

/** The characters that stand for these bytes alone in the Base64 of a longer text, after as many bytes of a group of three. */
function base64Of(bytes: Buffer, before: number): string[] {
	const start = Math.ceil((before * 8) / 6);
	const end = Math.floor(((before + bytes.length) * 8) / 6);
	const whole = Buffer.concat([Buffer.alloc(before), bytes]);
	return [whole.toString("base64").slice(start, end), whole.toString("base64url").slice(start, end)];
}

const partsOf = (secret: string): string[] =>
	Array.from({ length: secret.length - shortest + 1 }, (_, start) => secret.slice(start, start + shortest));

/** Where a form stands in a text; occurrences may overlap. */
function spansOf(form: string, text: string): Span[] {
	const spans: Span[] = [];
	for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) spans.push([at, at + form.length]);
	return spans;
}

/** Where a form begins, but the text was cut before its end. */
function cutSpansOf(form: string, text: string): Span[] {
	return spansOf("…", text).flatMap(([cut]): Span[] => {
		for (let length = Math.min(form.length - 1, cut); length >= shortest; length -= 1) {
			if (text.endsWith(form.slice(0, length), cut)) return [[cut - length, cut]];
		}
		return [];
	});
}

function wordsAround([start, end]: Span, text: string): Span {
	let [first, last] = [start, end];
	while (first > 0 && wordCharacter.test(text[first - 1] ?? "")) first -= 1;
	while (last < text.length && wordCharacter.test(text[last] ?? "")) last += 1;
	return [first, last];
}

/** The text with one mask for each run of spans, so that not even their number tells anything. */
function masked(text: string, spans: Span[]): string {
	let shown = "";
	let end = 0;
	for (const [first, last] of spans.toSorted(([a], [b]) => a - b)) {
		if (shown === "" || first > end) shown += text.slice(end, first) + mask;
		end = Math.max(end, last);
	}
	return shown + text.slice(end);
}

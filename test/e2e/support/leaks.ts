import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "../../../simulator";

/** Every secret and token of the simulator is so long, and made of these characters. */
const shape = /(?<![\w-])[\w-]{43}(?![\w-])/g;
/** An id with a secret, as the header of a login has them. */
const coded = /[A-Za-z0-9+/]{100,}={0,2}/g;

/** The places, out of these texts, where a secret or a token of one of these digests stands in clear, by itself or in the header of a login. */
export const placesOf = (digests: ReadonlySet<string>, texts: Record<string, string>): string[] =>
	Object.entries(texts)
		.filter(([, text]) => wordsIn(text).some((word) => digests.has(sha256(word))))
		.map(([place]) => place);

const wordsIn = (text: string): string[] => [
	...[...text.matchAll(shape)].map(([word]) => word),
	...[...text.matchAll(coded)].flatMap(([word]) => Buffer.from(word, "base64").toString().split(":")),
];

/** Remembers the digest of every secret and token that an organization has had, and finds them in texts. */
export class LeakDetector {
	readonly #digests = new Set<string>();
	readonly #texts = new Set<string>();

	/** Notes the secrets and tokens that the organization has now. */
	note(simulator: Simulator): void {
		for (const [, digest] of JSON.stringify(toPlain(simulator.snapshot())).matchAll(/"([0-9a-f]{64})"/g)) {
			if (digest !== undefined) this.#digests.add(digest);
		}
	}

	/** Notes a secret that isn't the organization's, such as the password of a proxy. */
	noteText(secret: string): void {
		this.#texts.add(secret);
	}

	/** Notes the beginning and the end of each secret that it knows of those in a text, and what Base64 makes of each, wherever it begins. */
	notePartsOf(text: string): void {
		for (const [secret] of text.matchAll(shape)) {
			if (!this.#digests.has(sha256(secret))) continue;
			const inBase64 = [0, 1, 2].map((before) =>
				Buffer.from("x".repeat(before) + secret)
					.toString("base64")
					.slice(4, -4),
			);
			for (const part of [secret.slice(0, 12), secret.slice(-12), ...inBase64]) this.#texts.add(part);
		}
	}

	/** How many secrets and tokens are known. */
	get known(): number {
		return this.#digests.size;
	}

	/** The places, out of these texts, where a secret or a token stands in clear. */
	find(texts: Record<string, string>): string[] {
		const told = Object.keys(texts).filter((place) =>
			[...this.#texts].some((secret) => texts[place]?.includes(secret)),
		);
		return [...new Set([...placesOf(this.#digests, texts), ...told])];
	}
}

/** The text of every file below a directory, by path. */
export function filesBelow(directory: string): Record<string, string> {
	const paths = readdirSync(directory, { recursive: true, encoding: "utf8" }).map((path) => join(directory, path));
	return Object.fromEntries(
		paths.filter((path) => statSync(path).isFile()).map((path) => [path, readFileSync(path, "utf8")]),
	);
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Maps and sets as JSON can show them. */
function toPlain(value: unknown): unknown {
	if (value instanceof Map) return [...value.entries()].map(toPlain);
	if (value instanceof Set) return [...value].map(toPlain);
	if (Array.isArray(value)) return value.map(toPlain);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
}

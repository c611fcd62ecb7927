import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { passphrase } from "./empty-stack";
import { stackKey } from "./key-service";

/** A resource as Pulumi's state holds it. */
export interface StateResource {
	urn: string;
	type: string;
	id?: string;
	external?: boolean;
	/** Whether it waits for its deletion, after a replacement. */
	delete?: boolean;
	protect?: boolean;
	retainOnDelete?: boolean;
	inputs?: Record<string, unknown>;
	outputs?: Record<string, unknown>;
	initErrors?: string[];
}

/** A stack's state, as the engine stores and exports it. */
export interface Deployment {
	resources?: StateResource[];
	/** What the secrets are encrypted with: a passphrase, or a key that a service keeps. */
	secrets_providers?: { state: { salt?: string; encryptedkey?: string } };
}

interface Checkpoint {
	checkpoint: { latest?: Deployment | null };
}

/** The key of the property that marks an object of a state as a secret, and its value there: both are Pulumi's. */
const marker = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** The keys derived from the passphrase, by salt: each takes a fifth of a second. */
const keys = new Map<string, Buffer>();

/** A value of a state with its secrets in clear. */
export function inClear(value: unknown, state: Deployment): unknown {
	if (Array.isArray(value)) return value.map((item) => inClear(item, state));
	if (typeof value !== "object" || value === null) return value;
	const { [marker]: mark, ciphertext } = value as Record<string, unknown>;
	if (mark === secretMark) return inClear(JSON.parse(decrypted(String(ciphertext), state)), state);
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inClear(item, state)]));
}

/** The secrets in the text of a state, or of one in its history, in clear; none in any other text, nor in a state with another passphrase. */
export function secretsIn(text: string): string[] {
	const encrypted = [...text.matchAll(/"ciphertext":\s*"([^"]+)"/g)].map(([, found = ""]) => found);
	if (encrypted.length === 0) return [];
	try {
		const { latest } = (JSON.parse(text) as Partial<Checkpoint>).checkpoint ?? {};
		return latest ? encrypted.map((one) => decrypted(one, latest)) : [];
	} catch {
		return [];
	}
}

/** The names of properties that have a secret in them. */
export const secretNamesIn = (properties: Record<string, unknown>): string[] =>
	Object.keys(properties).filter((name) => JSON.stringify(properties[name]).includes(`"${marker}":"${secretMark}"`));

/** What the engine has encrypted: `v1:<nonce>:<text and tag>`, by AES-256-GCM. */
function decrypted(encrypted: string, state: Deployment): string {
	const [, nonce = "", body = ""] = encrypted.split(":");
	const bytes = Buffer.from(body, "base64");
	const decipher = createDecipheriv("aes-256-gcm", keyOf(state), Buffer.from(nonce, "base64"));
	decipher.setAuthTag(bytes.subarray(-16));
	return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString("utf8");
}

function keyOf({ secrets_providers: provider }: Deployment): Buffer {
	const { salt: given = "", encryptedkey } = provider?.state ?? {};
	if (encryptedkey !== undefined) return stackKey(encryptedkey);
	const [, salt = ""] = given.split(":");
	const key = keys.get(salt) ?? pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), 1_000_000, 32, "sha256");
	keys.set(salt, key);
	return key;
}

/** The file in which Pulumi's file backend keeps a stack: read without starting an engine, which does nothing else with it. */
export class StateFile {
	readonly #path: string;

	/** @param path of the stack's file in the backend */
	constructor(path: string) {
		this.#path = path;
	}

	/** The resources, their secrets encrypted as they are. */
	resources(): StateResource[] {
		return this.#read().checkpoint.latest?.resources ?? [];
	}

	/** A value of a resource with its secrets in clear. */
	inClear(value: unknown): unknown {
		return inClear(value, this.#read().checkpoint.latest ?? {});
	}

	/** Changes resources as another version of the package would have written them. */
	rewrite(change: (resource: StateResource) => void): void {
		const file = this.#read();
		for (const resource of file.checkpoint.latest?.resources ?? []) change(resource);
		writeFileSync(this.#path, JSON.stringify(file));
	}

	#read(): Checkpoint {
		return JSON.parse(readFileSync(this.#path, "utf8")) as Checkpoint;
	}
}

import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

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
	secrets_providers?: { state: { salt: string } };
}

interface Checkpoint {
	checkpoint: { latest?: Deployment | null };
}

/** The key of the property that marks an object of a state as a secret, and its value there: both are Pulumi's. */
const marker = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** Deriving a key takes a fifth of a second, and the stacks of a run are copies of one that have its salt. */
const keys = new Map<string, Buffer>();

/** A value of a state with its secrets in clear. */
export function inClear(value: unknown, state: Deployment, passphrase: string): unknown {
	if (Array.isArray(value)) return value.map((item) => inClear(item, state, passphrase));
	if (typeof value !== "object" || value === null) return value;
	const { [marker]: mark, ciphertext } = value as Record<string, unknown>;
	if (mark === secretMark)
		return inClear(JSON.parse(decrypted(String(ciphertext), state, passphrase)), state, passphrase);
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inClear(item, state, passphrase)]));
}

/** The names of properties that have a secret in them. */
export const secretNamesIn = (properties: Record<string, unknown>): string[] =>
	Object.keys(properties).filter((name) => JSON.stringify(properties[name]).includes(`"${marker}":"${secretMark}"`));

/** What the engine has encrypted: `v1:<nonce>:<text and tag>`, by AES-256-GCM. */
function decrypted(encrypted: string, state: Deployment, passphrase: string): string {
	const [, nonce = "", body = ""] = encrypted.split(":");
	const bytes = Buffer.from(body, "base64");
	const decipher = createDecipheriv("aes-256-gcm", keyOf(state, passphrase), Buffer.from(nonce, "base64"));
	decipher.setAuthTag(bytes.subarray(-16));
	return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString("utf8");
}

function keyOf(state: Deployment, passphrase: string): Buffer {
	const [, salt = ""] = state.secrets_providers?.state.salt.split(":") ?? [];
	const source = `${salt} ${passphrase}`;
	const key = keys.get(source) ?? pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), 1_000_000, 32, "sha256");
	keys.set(source, key);
	return key;
}

/** The file in which Pulumi's file backend keeps a stack: read without starting an engine, which does nothing else with it. */
export class StateFile {
	readonly #path: string;
	readonly #passphrase: string;

	/**
	 * @param path of the stack's file in the backend
	 * @param passphrase what its secrets are encrypted with
	 */
	constructor(path: string, passphrase: string) {
		this.#path = path;
		this.#passphrase = passphrase;
	}

	/** The resources, their secrets encrypted as they are. */
	resources(): StateResource[] {
		return this.#read().checkpoint.latest?.resources ?? [];
	}

	/** A value of a resource with its secrets in clear. */
	inClear(value: unknown): unknown {
		return inClear(value, this.#read().checkpoint.latest ?? {}, this.#passphrase);
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

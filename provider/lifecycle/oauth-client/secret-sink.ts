import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GenesysCloudError } from "../../api/errors";
import { fieldsOf } from "../../api/json";

/** The argument of a secret sink. */
export interface StoredSecret {
	/** The client's name in Genesys Cloud. */
	name: string;
	/** The client id. */
	clientId: string;
	/** The client secret, in plain text. */
	clientSecret: string;
	/** The number of secrets that the stack has had for the client. */
	secretVersion: number;
	/**
	 * For a client of a `RotatingOAuthClient`: the number of the rotation that created the secret, from 0; -1 for the first standby client.
	 * The secret with the highest number is `current`. Undefined for all other clients.
	 */
	rotation?: number;
}

/** A function that stores a secret; the run fails if it throws or rejects. */
export type SecretSink = (secret: StoredSecret) => unknown;

/** Resolves modules from the program's directory, in which Pulumi starts its providers. */
const program = () => createRequire(join(process.cwd(), "Pulumi.yaml"));

/** The path of a sink's module; undefined if the program has no such module. */
export function findSink(module: string): string | undefined {
	try {
		return program().resolve(module);
	} catch {
		return undefined;
	}
}

/**
 * Passes a secret to the program's sink.
 *
 * @param module a file of the program (`./store-secret.js`) or a package
 * @throws the sink's error, Node's error if there is no such module, or GenesysCloudError if it exports no `storeSecret`
 */
export async function storeSecret(module: string, secret: StoredSecret): Promise<void> {
	const path = program().resolve(module);
	const loaded = fieldsOf(await import(pathToFileURL(path).href));
	const sink = loaded["storeSecret"] ?? fieldsOf(loaded["default"])["storeSecret"];
	if (typeof sink !== "function") throw new GenesysCloudError(`${module} exports no function storeSecret`);
	await (sink as SecretSink)(secret);
}

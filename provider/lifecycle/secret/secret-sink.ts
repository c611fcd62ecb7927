import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GenesysCloudError } from "../../api/errors";
import { fieldsOf } from "../../api/json";

/** What a secret sink is given. */
export interface StoredSecret {
	/** The client's name in Genesys Cloud. */
	name: string;
	/** The client id. */
	clientId: string;
	/** The client secret, in clear. */
	clientSecret: string;
	/** How many secrets the stack has had for the client. */
	secretVersion: number;
	/**
	 * Of a client of a `RotatingOAuthClient`: the rotation that the secret was made for, from 0; -1 for the standby client at the start.
	 * The secret with the highest rotation is `current`. Absent for every other client.
	 */
	rotation?: number;
}

/** A function that stores a secret; the run fails when it throws or rejects. */
export type SecretSink = (secret: StoredSecret) => unknown;

/** Where the program is: Pulumi starts its providers there. */
const program = () => createRequire(join(process.cwd(), "Pulumi.yaml"));

/** The path of a sink's module, or undefined when the program has no such module. */
export function findSink(module: string): string | undefined {
	try {
		return program().resolve(module);
	} catch {
		return undefined;
	}
}

/**
 * Hands a secret to the program's own sink.
 *
 * @param module a file of the program (`./store-secret.js`) or a package
 * @throws what the sink throws, Node when there is no such module, or GenesysCloudError when it exports no `storeSecret`
 */
export async function storeSecret(module: string, secret: StoredSecret): Promise<void> {
	const path = program().resolve(module);
	const loaded = fieldsOf(await import(pathToFileURL(path).href));
	const sink = loaded["storeSecret"] ?? fieldsOf(loaded["default"])["storeSecret"];
	if (typeof sink !== "function") throw new GenesysCloudError(`${module} exports no function storeSecret`);
	await (sink as SecretSink)(secret);
}

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** What Pulumi calls the key that the service keeps. */
export const keyName = "hashivault://tests";

/**
 * Starts a stand-in for a service that keeps the keys of stacks, as HashiCorp Vault does: from a passphrase Pulumi derives a key anew in every
 * command, for a fifth of a second. What a stack's key encrypts is encrypted all the same.
 */
export async function startKeyService(): Promise<{ url: string; close: () => Promise<void> }> {
	const server = createServer(async (request, response) => {
		const { plaintext, ciphertext = "" } = (await json(request)) as { plaintext?: string; ciphertext?: string };
		const data = plaintext === undefined ? { plaintext: unwrapped(ciphertext) } : { ciphertext: wrapped(plaintext) };
		response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data }));
	});
	await once(server.listen(0, "127.0.0.1"), "listening");
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, close: async () => server[Symbol.asyncDispose]() };
}

/** What lets Pulumi reach the service. */
export const keyVariables = (url: string): Record<string, string> => ({
	VAULT_SERVER_URL: url,
	VAULT_SERVER_TOKEN: "none is asked for",
});

/** The key of a stack, from what its settings and its state have of it. */
export const stackKey = (encryptedKey: string): Buffer =>
	Buffer.from(unwrapped(Buffer.from(encryptedKey, "base64").toString()), "base64");

const mark = "vault:v1:";
const wrapped = (key: string) => `${mark}${key}`;
const unwrapped = (text: string) => text.slice(mark.length);

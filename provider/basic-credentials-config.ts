import type { BasicCredentials } from "./api/basic-credentials";
import { ConfigurationError } from "./api/errors";
import type { Settings } from "./config";
import { basicCredentials } from "./credential-characters";

/**
 * Reads the user name and password for a gateway or a proxy.
 *
 * @returns undefined if neither is set
 * @throws ConfigurationError if one of them is missing, or can't be sent
 */
export function readBasicCredentials(
	{ find, places }: Settings,
	of: "gateway" | "proxy",
): BasicCredentials | undefined {
	const username = find(`${of}AuthUsername`);
	const password = find(`${of}AuthPassword`);
	if (username !== undefined && password !== undefined) return basicCredentials(username, password);
	const found = username ?? password;
	if (found === undefined) return undefined;
	const missing = username === undefined ? "AuthUsername" : "AuthPassword";
	throw new ConfigurationError(
		`incomplete ${of} credentials: found ${found.source}, but not ${places(`${of}${missing}`)}`,
	);
}

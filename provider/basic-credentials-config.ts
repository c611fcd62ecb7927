import type { BasicCredentials } from "./api/basic-credentials";
import { basicCredentials } from "./api/credential-characters";
import { incompleteError, type Place } from "./setting-places";

/**
 * Reads the user name and password for a gateway or a proxy.
 *
 * @returns undefined if neither is set
 * @throws ConfigurationError if one of them is missing, or can't be sent
 */
export function readBasicCredentials(place: Place, of: "gateway" | "proxy"): BasicCredentials | undefined {
	const names = [`${of}AuthUsername`, `${of}AuthPassword`] as const;
	const [username, password] = names.map((name) => place.find(name));
	if (username !== undefined && password !== undefined) return basicCredentials(username, password);
	if (username === undefined && password === undefined) return undefined;
	throw incompleteError(`incomplete ${of} credentials`, place, names, names[username === undefined ? 0 : 1]);
}

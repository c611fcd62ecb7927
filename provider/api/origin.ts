import { ConfigurationError } from "./errors";
import { withoutCredentials } from "./masking";

/** The parts of an origin. */
export interface OriginParts {
	/** `https` or `http`. */
	protocol: string;
	/** Host name or IP address. */
	host: string;
	/** TCP port, 1 to 65535. @default the protocol's default */
	port?: number | string | undefined;
}

const loopbackHosts = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);

/** Whether a host is this machine itself. */
export const isLoopback = (host: string): boolean => loopbackHosts.has(host.toLowerCase());

/** Host and port of an origin, with the default port if it has none: for messages. */
export function hostAndPort(origin: string): string {
	const { hostname, port, protocol } = new URL(origin);
	return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}

/**
 * Builds an origin from its parts.
 *
 * @param what whose parts they are, for errors, such as `gateway`
 * @param protocols the allowed protocols, for errors
 * @throws ConfigurationError if a part is invalid
 */
export function originOf(what: string, parts: OriginParts, protocols: string): string {
	const protocol = parts.protocol.toLowerCase().replace(/:$/, "");
	const host = parts.host.trim();
	const port = parts.port === undefined || parts.port === "" ? undefined : String(parts.port);
	if (protocol !== "https" && protocol !== "http") {
		throw new ConfigurationError(`the ${what}'s protocol is "${withoutCredentials(protocol)}": use ${protocols}`);
	}
	if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)) {
		throw new ConfigurationError(`the ${what}'s port is "${withoutCredentials(port)}": use a number from 1 to 65535`);
	}
	const origin = `${protocol}://${host}${port === undefined ? "" : `:${port}`}`;
	// The host must not contain a user, path or port.
	if (!(/^[^/\\?#@:\s[\]]+$/.test(host) || /^\[[\da-f:.]+\]$/i.test(host)) || !URL.canParse(origin)) {
		throw new ConfigurationError(
			`the ${what}'s host is "${withoutCredentials(host.replace(/^.*@/s, "(not shown)@"))}": use a host name or an IP address, without protocol, port or path`,
		);
	}
	return origin;
}

import { getProxyForUrl } from "proxy-from-env";
import type { BasicCredentials } from "./api/basic-credentials";
import { ConfigurationError } from "./api/errors";
import { isLoopback, originOf } from "./api/origin";
import type { Proxies, ProxyServer } from "./api/proxy-server";
import type { Hosts } from "./api/regions";
import { readBasicCredentials } from "./basic-credentials-config";
import { basicCredentials } from "./api/credential-characters";
import { groups, incompleteError, madeOf, type Place } from "./setting-places";

/**
 * The proxies for the hosts: the one of the `GENESYSCLOUD_PROXY_` settings, or else the usual variables' (`HTTPS_PROXY` and others) with the
 * exceptions in `NO_PROXY`. A host on this machine never has a proxy, whatever is set: only there http is allowed, and a proxy elsewhere
 * would receive credentials unencrypted.
 *
 * @returns undefined without a proxy
 * @throws ConfigurationError if a setting is invalid
 */
export function proxiesFor(hosts: Hosts, own: ProxyServer | undefined): Proxies | undefined {
	const proxyOf = (url: string) => (isLoopback(new URL(url).hostname) ? undefined : (own ?? fromEnvironment(url)));
	const login = proxyOf(hosts.login);
	const api = proxyOf(hosts.api);
	if (login === undefined && api === undefined) return undefined;
	return { ...(login === undefined ? {} : { login }), ...(api === undefined ? {} : { api }) };
}

/**
 * Reads the proxy of the `GENESYSCLOUD_PROXY_` settings.
 *
 * @param place the place that sets it
 * @throws ConfigurationError if a setting is missing or invalid
 */
export function readProxyServer(place: Place): ProxyServer {
	const { find, label } = place;
	const host = find("proxyHost");
	if (host === undefined) throw incompleteError("incomplete proxy", place, groups.proxy, "proxyHost");
	const credentials = readBasicCredentials(place, "proxy");
	const [protocol = "http", port] = [find("proxyProtocol")?.value, find("proxyPort")?.value];
	return {
		origin: madeOf(host, (name) => originOf("proxy", { protocol, host: name, port }, "http or https")),
		...(credentials === undefined ? {} : { credentials }),
		source: host.source,
		credentialSource: `${label("proxyAuthUsername")} and ${label("proxyAuthPassword")}`,
	};
}

/** What the library reads for an https URL, in its order: beyond this machine every host has one. */
const proxyVariables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/** The library reads the variables of this process, and no others. */
function fromEnvironment(url: string): ProxyServer | undefined {
	if (getProxyForUrl(url) === "") return undefined;
	const variable = proxyVariables.find((name) => process.env[name]) ?? "";
	const value = process.env[variable]?.trim() ?? "";
	// Without a protocol the library would use the URL's; other programs use http.
	const proxy = URL.parse(value.includes("://") ? value : `http://${value}`);
	if (proxy === null || !["http:", "https:"].includes(proxy.protocol)) {
		throw new ConfigurationError(
			`the environment variable ${variable} must be the URL of an HTTP proxy, such as http://proxy.example.com:3128; NO_PROXY lists the hosts without a proxy`,
		);
	}
	const credentials = credentialsIn(proxy, variable);
	return {
		origin: proxy.origin,
		...(credentials === undefined ? {} : { credentials }),
		source: `the environment variable ${variable}`,
		credentialSource: `the environment variable ${variable} takes http://user:password@host:port, percent-encoded`,
	};
}

function credentialsIn({ username, password }: URL, variable: string): BasicCredentials | undefined {
	if (username === "" && password === "") return undefined;
	const part = (what: string, encoded: string) => {
		try {
			return { value: decodeURIComponent(encoded), source: `the ${what} in the environment variable ${variable}` };
		} catch {
			throw new ConfigurationError(
				`the user name and the password in the environment variable ${variable} must be percent-encoded`,
			);
		}
	};
	return basicCredentials(part("user name", username), part("password", password));
}

import { getProxyForUrl } from "proxy-from-env";
import type { BasicCredentials } from "./api/basic-credentials";
import { ConfigurationError } from "./api/errors";
import { hostAndPort, isLoopback, originOf } from "./api/origin";
import type { Proxies, ProxyServer } from "./api/proxy-server";
import type { Hosts } from "./api/regions";
import { readBasicCredentials } from "./basic-credentials-config";
import type { Settings } from "./config";

/**
 * Reads the proxies for the hosts: from the `GENESYSCLOUD_PROXY_` settings first, then from the usual variables (`HTTPS_PROXY` and others)
 * with the exceptions in `NO_PROXY`.
 *
 * @param settings where to read the former; the first that has a proxy is used
 * @returns an empty object without a proxy
 * @throws ConfigurationError if a setting is invalid, or if the proxy would receive credentials unencrypted
 */
export function readProxies(settings: Settings[], hosts: Hosts): { proxies?: Proxies } {
	let own: ProxyServer | undefined;
	for (const places of settings) own ??= readOwn(places);
	const login = own ?? fromEnvironment(hosts.login);
	const api = own ?? fromEnvironment(hosts.api);
	if (login === undefined && api === undefined) return {};
	const proxies = { ...(login === undefined ? {} : { login }), ...(api === undefined ? {} : { api }) };
	for (const name of ["login", "api"] as const) refuseUnencrypted(hosts[name], proxies[name]);
	return { proxies };
}

function readOwn(settings: Settings): ProxyServer | undefined {
	const { find, places } = settings;
	const host = find("proxyHost");
	if (host === undefined) return undefined;
	const credentials = readBasicCredentials(settings, "proxy");
	return {
		origin: originOf(
			"proxy",
			{ protocol: find("proxyProtocol")?.value ?? "http", host: host.value, port: find("proxyPort")?.value },
			"http or https",
		),
		...(credentials === undefined ? {} : { credentials }),
		source: host.source,
		credentialSource: `${places("proxyAuthUsername")} and ${places("proxyAuthPassword")}`,
	};
}

/** The library reads the variables of this process, and no others. */
function fromEnvironment(url: string): ProxyServer | undefined {
	if (getProxyForUrl(url) === "") return undefined;
	const names = [`${new URL(url).protocol.slice(0, -1)}_proxy`, "all_proxy"].flatMap((name) => [
		name,
		name.toUpperCase(),
	]);
	const variable = names.find((name) => process.env[name]) ?? "";
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
	try {
		return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
	} catch {
		throw new ConfigurationError(
			`the user name and the password in the environment variable ${variable} must be percent-encoded`,
		);
	}
}

/** A gateway with http is on this machine, so that credentials don't leave it unencrypted. A proxy on another machine would receive them. */
function refuseUnencrypted(host: string, proxy: ProxyServer | undefined): void {
	if (proxy === undefined || !host.startsWith("http:") || isLoopback(new URL(proxy.origin).hostname)) return;
	throw new ConfigurationError(
		`the gateway ${new URL(host).origin} would send credentials unencrypted to the proxy ${hostAndPort(proxy.origin)}: add its host to NO_PROXY, or unset the proxy; it was set by ${proxy.source}`,
	);
}

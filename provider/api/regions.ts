import { ConfigurationError, withoutCredentials } from "./errors";

/**
 * The public regions: AWS name and domain of the API (`api.{domain}`) and the login (`login.{domain}`).
 * Source: the region lists of the vendor's official SDKs.
 */
export const regions = {
	"us-east-1": "mypurecloud.com",
	"us-east-2": "use2.us-gov-pure.cloud",
	"us-west-2": "usw2.pure.cloud",
	"ca-central-1": "cac1.pure.cloud",
	"mx-central-1": "mxc1.pure.cloud",
	"sa-east-1": "sae1.pure.cloud",
	"eu-west-1": "mypurecloud.ie",
	"eu-west-2": "euw2.pure.cloud",
	"eu-central-1": "mypurecloud.de",
	"eu-central-2": "euc2.pure.cloud",
	"eusc-de-east-1": "edee1.eusc-pure.cloud",
	"me-central-1": "mec1.pure.cloud",
	"ap-south-1": "aps1.pure.cloud",
	"ap-southeast-1": "apse1.pure.cloud",
	"ap-southeast-2": "mypurecloud.com.au",
	"ap-northeast-1": "mypurecloud.jp",
	"ap-northeast-2": "apne2.pure.cloud",
	"ap-northeast-3": "apne3.pure.cloud",
} as const;

/** The AWS name of a public region. */
export type RegionName = keyof typeof regions;

/** A gateway in front of the vendor's hosts: login and API on one origin. */
export interface Gateway {
	/**
	 * `https` or `http`. `http` is allowed for loopback addresses only, since it would send credentials unencrypted.
	 * @default "https"
	 */
	protocol?: string;
	/** Host name or IP address. */
	host: string;
	/**
	 * TCP port, 1 to 65535.
	 * @default the protocol's default
	 */
	port?: number | string;
}

/** The base URLs of login and API. */
export interface Hosts {
	/** Base URL of the login, without a trailing slash: `/oauth/token` is appended. */
	login: string;
	/** Base URL of the API, without a trailing slash: `/api/v2/...` is appended. */
	api: string;
}

const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const loopbackHosts = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);

/**
 * The hosts of a region.
 *
 * @param region AWS name (`us-east-1`) or domain (`mypurecloud.com`), case-insensitive. A domain that isn't in {@link regions} is used
 * unchanged, so that a new region needs no release of this package.
 * @throws ConfigurationError for anything else
 */
export function regionHosts(region: string): Hosts {
	const wanted = region.trim().toLowerCase();
	const known = Object.hasOwn(regions, wanted) ? regions[wanted as RegionName] : undefined;
	const domain = known ?? (domainPattern.test(wanted) ? wanted : undefined);
	if (domain === undefined) {
		throw new ConfigurationError(
			`unknown Genesys Cloud region "${withoutCredentials(region)}": use an AWS region name (${Object.keys(regions).join(", ")}) or the region's domain, such as mypurecloud.com`,
		);
	}
	return { login: `https://login.${domain}`, api: `https://api.${domain}` };
}

/**
 * The hosts behind a gateway: one origin for both.
 *
 * @throws ConfigurationError if protocol, host or port are invalid, or if http would leave this machine
 */
export function gatewayHosts(gateway: Gateway): Hosts {
	const protocol = (gateway.protocol || "https").toLowerCase().replace(/:$/, "");
	const host = gateway.host.trim();
	const port = gateway.port === undefined || gateway.port === "" ? undefined : String(gateway.port);
	if (protocol !== "https" && protocol !== "http") {
		throw new ConfigurationError(
			`the gateway's protocol is "${withoutCredentials(protocol)}": use https (or http for a simulator on this machine)`,
		);
	}
	if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)) {
		throw new ConfigurationError(`the gateway's port is "${withoutCredentials(port)}": use a number from 1 to 65535`);
	}
	const origin = `${protocol}://${host}${port === undefined ? "" : `:${port}`}`;
	// The host must not contain a user, path or port.
	if (!(/^[^/\\?#@:\s[\]]+$/.test(host) || /^\[[\da-f:.]+\]$/i.test(host)) || !URL.canParse(origin)) {
		throw new ConfigurationError(
			`the gateway's host is "${withoutCredentials(host.replace(/^.*@/s, "(not shown)@"))}": use a host name or an IP address, without protocol, port or path`,
		);
	}
	if (protocol === "http" && !loopbackHosts.has(host.toLowerCase())) {
		throw new ConfigurationError(
			`the gateway is http://${host}, which would send credentials unencrypted: use https (http is allowed for localhost only)`,
		);
	}
	return { login: origin, api: origin };
}

import { ConfigurationError, quoted } from "./errors";
import { withoutCredentials } from "./masking";
import { nearest } from "./nearest";
import { isLoopback, originOf } from "./origin";

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
	/**
	 * Paths that the gateway adds before the vendor's own, such as `/genesys/login` for `/genesys/login/oauth/token`.
	 * @default none
	 */
	paths?: { login?: string | undefined; api?: string | undefined };
}

/** The base URLs of login and API. */
export interface Hosts {
	/** Base URL of the login, without a trailing slash: `/oauth/token` is appended. */
	login: string;
	/** Base URL of the API, without a trailing slash: `/api/v2/...` is appended. */
	api: string;
}

const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** The host of an address that was copied from a browser, such as `https://apps.mypurecloud.de/directory/`; a host stands for itself. */
const addressPattern = /^(?:https?:\/\/)?([^/]*)(?:\/.*)?$/s;
/** The beginning of a host's name in a region. */
const hostPattern = /^(?:api|login|apps)\./;

const domains: readonly string[] = Object.values(regions);

/**
 * The hosts of a region.
 *
 * @param region AWS name (`us-east-1`) or domain (`mypurecloud.com`), case-insensitive; also the address of a page or of the API in it. A
 * domain that isn't in {@link regions} is used unchanged, so that a new region needs no release of this package.
 * @throws ConfigurationError for anything else
 */
export function regionHosts(region: string): Hosts {
	const address = addressPattern.exec(region.trim().toLowerCase())?.[1] ?? "";
	const parent = address.replace(hostPattern, "");
	const wanted = domains.includes(parent) ? parent : address;
	const known = Object.hasOwn(regions, wanted) ? regions[wanted as RegionName] : undefined;
	const domain = known ?? (domainPattern.test(wanted) ? wanted : undefined);
	if (domain === undefined) {
		const guess = nearest(wanted, Object.keys(regions));
		const advice =
			guess === undefined
				? ": use an AWS region name, such as eu-central-1, or the region's domain, such as mypurecloud.de (docs/configuration.md has the list)"
				: ` (did you mean ${guess}?)`;
		throw new ConfigurationError(
			`unknown Genesys Cloud region "${quoted(withoutCredentials(region.replace(/^.*@/s, "(not shown)@")))}"${advice}`,
		);
	}
	return { login: `https://login.${domain}`, api: `https://api.${domain}` };
}

/** The public region that was perhaps meant by the name of a host that doesn't exist: its domain. A domain nobody knows here may be a new region's. */
export function similarRegion(host: string): string | undefined {
	const domain = host.replace(hostPattern, "");
	return domain === host || domains.includes(domain) ? undefined : nearest(domain, domains);
}

/**
 * The hosts behind a gateway: one origin for both, each with its path.
 *
 * @throws ConfigurationError if protocol, host, port or a path are invalid, or if http would leave this machine
 */
export function gatewayHosts(gateway: Gateway): Hosts {
	const { protocol = "https", paths = {} } = gateway;
	const origin = originOf(
		"gateway",
		{ ...gateway, protocol: protocol === "" ? "https" : protocol },
		"https (or http for a simulator on this machine)",
	);
	const host = gateway.host.trim();
	if (origin.startsWith("http:") && !isLoopback(host)) {
		throw new ConfigurationError(
			`the gateway is http://${host}, which would send credentials unencrypted: use https (http is allowed for localhost only)`,
		);
	}
	return { login: origin + gatewayPath("login", paths.login), api: origin + gatewayPath("api", paths.api) };
}

/** A path as it is appended to the origin: with a leading slash and without a trailing one. */
function gatewayPath(name: keyof Hosts, path = ""): string {
	const segments = path.trim().replaceAll(/^\/+|\/+$/g, "");
	if (segments === "") return "";
	if (!segments.split("/").every((segment) => /^[\w.~!$&'()*+=:@%-]+$/.test(segment) && !/^\.{1,2}$/.test(segment))) {
		throw new ConfigurationError(
			`the gateway's path of ${name} is "${withoutCredentials(path)}": use a path such as /genesys/${name}, without a query`,
		);
	}
	return `/${segments}`;
}

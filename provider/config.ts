import type { BasicCredentials } from "./api/basic-credentials";
import { ConfigurationError } from "./api/errors";
import type { Proxies } from "./api/proxy-server";
import { type Hosts, regionHosts } from "./api/regions";
import type { Credentials } from "./api/token-source";
import type { UsageApiName } from "./api/usage-api-choice";
import type { connectionSettings } from "./connection-settings";
import { oauthCredential } from "./credential-characters";
import { readGateway } from "./gateway-config";
import { readProxies } from "./proxy-config";

/** Reads a key of the stack's configuration, with its namespace: `genesyscloud:region`. */
export type ConfigReader = (key: string) => string | undefined;

/** The namespace of the stack's configuration: the dynamic provider's, or the plugin's. */
export type Namespace = "genesyscloud" | "genesyscloud-oauth";

/** The hosts and credentials of a connection. */
export interface Connection {
	hosts: Hosts;
	credentials: Credentials;
	/** User name and password for the gateway; undefined if not set. */
	gatewayCredentials?: BasicCredentials;
	/** The proxies to use; undefined without one. */
	proxies?: Proxies;
	/** Maximum number of tokens; undefined if not set. */
	tokenPoolSize?: number;
	/** The usage API to use; undefined if not set. */
	usageApi?: UsageApiName;
}

/** The environment variable and configuration key of every setting. */
export const configurationKeys = {
	accessToken: { variable: "GENESYSCLOUD_ACCESS_TOKEN", key: "genesyscloud:accessToken" },
	clientId: { variable: "GENESYSCLOUD_OAUTHCLIENT_ID", key: "genesyscloud:oauthClientId" },
	clientSecret: { variable: "GENESYSCLOUD_OAUTHCLIENT_SECRET", key: "genesyscloud:oauthClientSecret" },
	region: { variable: "GENESYSCLOUD_REGION", key: "genesyscloud:region" },
	gatewayProtocol: { variable: "GENESYSCLOUD_GATEWAY_PROTOCOL", key: "genesyscloud:gatewayProtocol" },
	gatewayHost: { variable: "GENESYSCLOUD_GATEWAY_HOST", key: "genesyscloud:gatewayHost" },
	gatewayPort: { variable: "GENESYSCLOUD_GATEWAY_PORT", key: "genesyscloud:gatewayPort" },
	gatewayPathName: { variable: "GENESYSCLOUD_GATEWAY_PATH_NAME", key: "genesyscloud:gatewayPathName" },
	gatewayPathValue: { variable: "GENESYSCLOUD_GATEWAY_PATH_VALUE", key: "genesyscloud:gatewayPathValue" },
	gatewayAuthUsername: { variable: "GENESYSCLOUD_GATEWAY_AUTH_USERNAME", key: "genesyscloud:gatewayAuthUsername" },
	gatewayAuthPassword: { variable: "GENESYSCLOUD_GATEWAY_AUTH_PASSWORD", key: "genesyscloud:gatewayAuthPassword" },
	proxyProtocol: { variable: "GENESYSCLOUD_PROXY_PROTOCOL", key: "genesyscloud:proxyProtocol" },
	proxyHost: { variable: "GENESYSCLOUD_PROXY_HOST", key: "genesyscloud:proxyHost" },
	proxyPort: { variable: "GENESYSCLOUD_PROXY_PORT", key: "genesyscloud:proxyPort" },
	proxyAuthUsername: { variable: "GENESYSCLOUD_PROXY_AUTH_USERNAME", key: "genesyscloud:proxyAuthUsername" },
	proxyAuthPassword: { variable: "GENESYSCLOUD_PROXY_AUTH_PASSWORD", key: "genesyscloud:proxyAuthPassword" },
	tokenPoolSize: { variable: "GENESYSCLOUD_TOKEN_POOL_SIZE", key: "genesyscloud:tokenPoolSize" },
	usageApi: { variable: "GENESYSCLOUD_USAGE_API", key: "genesyscloud:usageApi" },
} as const;

type Name = keyof typeof configurationKeys;

/** A key in a namespace. */
const keyIn = (namespace: Namespace, key: string) => key.replace(/^genesyscloud(?=:)/, namespace);
/** A setting whose variable or key `connection` can name. */
type ConnectionSetting = Exclude<Name, "tokenPoolSize" | "usageApi">;

/** An exception for certain clients, usually for one run: an environment variable or configuration key that contains their ids. */
export interface Override {
	variable: string;
	key: string;
}

/** The overrides; each contains client ids, separated by commas. */
export const overrides = {
	/** Overrides the deletion guard. */
	allowDeletion: { variable: "GENESYSCLOUD_ALLOW_DELETION", key: "genesyscloud:allowDeletion" },
	/** Takes over clients that an earlier run created but didn't save in state. */
	takeOver: { variable: "GENESYSCLOUD_TAKE_OVER", key: "genesyscloud:takeOver" },
	/** Creates another client of the same name as these. */
	allowSameName: { variable: "GENESYSCLOUD_ALLOW_SAME_NAME", key: "genesyscloud:allowSameName" },
} as const satisfies Record<string, Override>;

const named = (ids: string | undefined, source: string) =>
	(ids ?? "")
		.split(",")
		.map((id) => id.trim())
		.filter((id) => id !== "")
		.map((id) => [id, source] as const);

/** The client ids in an override, each with its source, for messages. */
export function readOverride(
	environment: Record<string, string | undefined>,
	config: ConfigReader,
	{ variable, key: usualKey }: Override,
	namespace: Namespace = "genesyscloud",
): Map<string, string> {
	const key = keyIn(namespace, usualKey);
	return new Map([
		...named(config(key), `the stack configuration ${key}`),
		...named(environment[variable], `the environment variable ${variable}`),
	]);
}

/** Settings that belong together: of one login, one address, one proxy. */
const groups = [
	["accessToken", "clientId", "clientSecret"],
	["region", "gatewayProtocol", "gatewayHost", "gatewayPort", "gatewayPathName", "gatewayPathValue"],
	["gatewayAuthUsername", "gatewayAuthPassword"],
	["proxyProtocol", "proxyHost", "proxyPort", "proxyAuthUsername", "proxyAuthPassword"],
	["tokenPoolSize"],
	["usageApi"],
] as const satisfies Name[][];

/**
 * The environment for a configuration that takes precedence over it: without the variables of every login, address or proxy that the
 * configuration sets, even in part. So a client id from one place never meets a secret from the other.
 */
export function environmentBelow(
	config: ConfigReader,
	environment: Record<string, string | undefined>,
	namespace: Namespace,
): Record<string, string | undefined> {
	const overridden = groups
		.filter((group) => group.some((name) => config(keyIn(namespace, configurationKeys[name].key))?.trim()))
		.flat();
	const variables = new Set<string>(overridden.map((name) => configurationKeys[name].variable));
	return Object.fromEntries(Object.entries(environment).filter(([variable]) => !variables.has(variable)));
}

/** The names that replace the usual ones: see `ConnectionInput`. The size of the token pool and the usage API apply to all connections. */
export type ConnectionNames = Partial<Record<(typeof connectionSettings)[number], string>>;

/** A setting that is set. */
interface Found {
	/** The trimmed value, never empty. */
	value: string;
	/** The variable or key, for messages. */
	source: string;
	/** Whether it is a variable. */
	fromEnvironment: boolean;
}

/**
 * Reads each setting of the connection from the environment, or else from the stack's configuration. The environment takes precedence
 * because `pulumi refresh` and `pulumi destroy` use the configuration of the last `pulumi up`.
 *
 * @throws ConfigurationError if something is missing: it names every variable and key that was read
 */
export function readConnection(
	environment: Record<string, string | undefined>,
	config: ConfigReader,
	names?: ConnectionNames,
	namespace: Namespace = "genesyscloud",
): Connection {
	const find = (name: Name): Found | undefined => {
		const { variable } = configurationKeys[name];
		const key = keyIn(namespace, configurationKeys[name].key);
		const fromEnvironment = environment[variable]?.trim();
		if (fromEnvironment) {
			return { value: fromEnvironment, source: `the environment variable ${variable}`, fromEnvironment: true };
		}
		const fromConfig = config(key)?.trim();
		return fromConfig
			? { value: fromConfig, source: `the stack configuration ${key}`, fromEnvironment: false }
			: undefined;
	};
	const places = (name: Name) =>
		`${configurationKeys[name].variable} (or ${keyIn(namespace, configurationKeys[name].key)})`;
	const usual: Settings = { find, places };
	const settings = names === undefined ? usual : namedSettings(environment, config, names);
	const credentials = readCredentials(settings);
	const { hosts, ...gateway } = readGateway(settings) ?? { hosts: readRegion(settings) };
	// A proxy belongs to the machine: a named connection without a proxy of its own uses the usual one.
	const proxies = readProxies([settings, usual], hosts);
	return { credentials, hosts, ...gateway, ...proxies, ...readTokenPoolSize(find), ...readUsageApi(find) };
}

/** Where to read settings. */
export interface Settings {
	/** Reads a setting; undefined if it is not set. */
	find: (name: ConnectionSetting) => Found | undefined;
	/** The variables and keys that a setting is read from, for messages. */
	places: (name: ConnectionSetting) => string;
}

/** The argument of `connection` that names a setting's variable or key. */
const argumentOf = (name: ConnectionSetting) =>
	name === "clientId" ? "oauthClientId" : name === "clientSecret" ? "oauthClientSecret" : name;

/** The settings of a connection in the variables and keys that the program names, and in no others. */
function namedSettings(
	environment: Record<string, string | undefined>,
	config: ConfigReader,
	names: ConnectionNames,
): Settings {
	const find = (name: ConnectionSetting): Found | undefined => {
		const place = names[argumentOf(name)];
		if (place === undefined) return undefined;
		const fromEnvironment = !place.includes(":");
		const value = (fromEnvironment ? environment[place] : config(place))?.trim();
		const source = fromEnvironment ? `the environment variable ${place}` : `the stack configuration ${place}`;
		return value ? { value, source, fromEnvironment } : undefined;
	};
	const places = (name: ConnectionSetting) =>
		`${names[argumentOf(name)] ?? "nothing"} (connection.${argumentOf(name)})`;
	return { find, places };
}

const setIt = "Set environment variables or use pulumi config set (--secret for secrets)";
const configMayLag =
	" (refresh and destroy use the configuration of the last pulumi up, unless run with --run-program)";

function readCredentials({ find, places }: Settings): Credentials {
	const token = find("accessToken");
	const id = find("clientId");
	const secret = find("clientSecret");
	// A client in the environment takes precedence over a token in the configuration, since the environment is more current.
	const clientIsCloser =
		token !== undefined && !token.fromEnvironment && (id?.fromEnvironment || secret?.fromEnvironment);
	if (token !== undefined && !(clientIsCloser && id !== undefined && secret !== undefined)) {
		return { accessToken: oauthCredential(token), source: token.source + (token.fromEnvironment ? "" : configMayLag) };
	}
	if (id !== undefined && secret !== undefined) {
		const lag = id.fromEnvironment && secret.fromEnvironment ? "" : configMayLag;
		const source = `${id.source} and ${secret.source}${lag}`;
		return { clientId: oauthCredential(id), clientSecret: oauthCredential(secret), source };
	}
	if (id !== undefined || secret !== undefined) {
		const missing = id === undefined ? "clientId" : "clientSecret";
		throw new ConfigurationError(
			`incomplete Genesys Cloud credentials: found ${(id ?? secret)?.source}, but not ${places(missing)}. ${setIt}`,
		);
	}
	throw new ConfigurationError(
		`no Genesys Cloud credentials: looked at ${places("clientId")} with ${places("clientSecret")}, and at ${places("accessToken")}. ${setIt}`,
	);
}

function readRegion({ find, places }: Settings): Hosts {
	const region = find("region");
	if (region === undefined) {
		throw new ConfigurationError(
			`no Genesys Cloud region: looked at ${places("region")} and, for a gateway, ${places("gatewayHost")}. Use the region's AWS name or domain, such as eu-central-1 or mypurecloud.de. ${setIt}`,
		);
	}
	return regionHosts(region.value);
}

/** The same limit as in the vendor's Terraform provider. */
const largestPool = 50;

function readTokenPoolSize(find: (name: "tokenPoolSize") => Found | undefined): { tokenPoolSize?: number } {
	const found = find("tokenPoolSize");
	if (found === undefined) return {};
	const tokenPoolSize = /^\d{1,3}$/.test(found.value) ? Number(found.value) : 0;
	if (tokenPoolSize < 1 || tokenPoolSize > largestPool)
		throw new ConfigurationError(`${found.source} must be a whole number from 1 to ${largestPool}`);
	return { tokenPoolSize };
}

function readUsageApi(find: (name: "usageApi") => Found | undefined): { usageApi?: UsageApiName } {
	const found = find("usageApi");
	if (found === undefined) return {};
	if (found.value !== "oauth" && found.value !== "jobs")
		throw new ConfigurationError(`${found.source} must be oauth or jobs`);
	return { usageApi: found.value };
}

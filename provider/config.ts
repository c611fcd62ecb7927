import { ConfigurationError } from "./api/errors";
import { gatewayHosts, type Hosts, regionHosts } from "./api/regions";
import type { Credentials } from "./api/token";
import type { UsageApiName } from "./api/usage-api-choice";

/** Reads a key of the stack's configuration, with its namespace: `genesyscloud:region`. */
export type ConfigReader = (key: string) => string | undefined;

/** Where the package connects to, and as whom. */
export interface Connection {
	hosts: Hosts;
	credentials: Credentials;
	/** Most tokens; undefined where nothing is set. */
	tokenPoolSize?: number;
	/** Which usage API to ask; undefined where nothing is set. */
	usageApi?: UsageApiName;
}

/** Every setting: its environment variable and its key in the stack's configuration. */
export const configurationKeys = {
	accessToken: { variable: "GENESYSCLOUD_ACCESS_TOKEN", key: "genesyscloud:accessToken" },
	clientId: { variable: "GENESYSCLOUD_OAUTHCLIENT_ID", key: "genesyscloud:oauthClientId" },
	clientSecret: { variable: "GENESYSCLOUD_OAUTHCLIENT_SECRET", key: "genesyscloud:oauthClientSecret" },
	region: { variable: "GENESYSCLOUD_REGION", key: "genesyscloud:region" },
	gatewayProtocol: { variable: "GENESYSCLOUD_GATEWAY_PROTOCOL", key: "genesyscloud:gatewayProtocol" },
	gatewayHost: { variable: "GENESYSCLOUD_GATEWAY_HOST", key: "genesyscloud:gatewayHost" },
	gatewayPort: { variable: "GENESYSCLOUD_GATEWAY_PORT", key: "genesyscloud:gatewayPort" },
	tokenPoolSize: { variable: "GENESYSCLOUD_TOKEN_POOL_SIZE", key: "genesyscloud:tokenPoolSize" },
	usageApi: { variable: "GENESYSCLOUD_USAGE_API", key: "genesyscloud:usageApi" },
} as const;

type Name = keyof typeof configurationKeys;
type ConnectionSetting = Exclude<Name, "tokenPoolSize" | "usageApi">;

/** A user's word on some clients for one run: an environment variable, or a key of the stack's configuration, with their ids. */
export interface Override {
	variable: string;
	key: string;
}

/** The overrides; each holds client ids, separated by commas. */
export const overrides = {
	/** Lets the deletion guard pass. */
	allowDeletion: { variable: "GENESYSCLOUD_ALLOW_DELETION", key: "genesyscloud:allowDeletion" },
	/** Takes over clients that an earlier run made and didn't save. */
	takeOver: { variable: "GENESYSCLOUD_TAKE_OVER", key: "genesyscloud:takeOver" },
	/** Makes another client beside these, which have its name. */
	allowSameName: { variable: "GENESYSCLOUD_ALLOW_SAME_NAME", key: "genesyscloud:allowSameName" },
} as const satisfies Record<string, Override>;

const named = (ids: string | undefined, source: string) =>
	(ids ?? "")
		.split(",")
		.map((id) => id.trim())
		.filter((id) => id !== "")
		.map((id) => [id, source] as const);

/** The clients that an override names: their ids, each with the place that names it, in words. */
export function readOverride(
	environment: Record<string, string | undefined>,
	config: ConfigReader,
	{ variable, key }: Override,
): Map<string, string> {
	return new Map([
		...named(config(key), `the stack configuration ${key}`),
		...named(environment[variable], `the environment variable ${variable}`),
	]);
}

/** Which names stand in for the usual ones: see `ConnectionInput`. The size of the pool and the usage API say nothing of an organization: they count for all. */
export type ConnectionNames = Partial<
	Record<"oauthClientId" | "oauthClientSecret" | Exclude<ConnectionSetting, "clientId" | "clientSecret">, string>
>;

interface Found {
	value: string;
	/** In words: the variable or the key. */
	source: string;
	fromEnvironment: boolean;
}

/**
 * Reads the connection: each setting from the environment first, then from the stack's configuration. The environment comes first
 * because `pulumi refresh` and `pulumi destroy` see the configuration of the last `pulumi up`, not today's.
 *
 * @throws ConfigurationError when something is missing: it names every variable and key that was looked at
 */
export function readConnection(
	environment: Record<string, string | undefined>,
	config: ConfigReader,
	names?: ConnectionNames,
): Connection {
	const find = (name: Name): Found | undefined => {
		const { variable, key } = configurationKeys[name];
		const fromEnvironment = environment[variable]?.trim();
		if (fromEnvironment) {
			return { value: fromEnvironment, source: `the environment variable ${variable}`, fromEnvironment: true };
		}
		const fromConfig = config(key)?.trim();
		return fromConfig
			? { value: fromConfig, source: `the stack configuration ${key}`, fromEnvironment: false }
			: undefined;
	};
	const forAll = { ...readTokenPoolSize(find), ...readUsageApi(find) };
	if (names !== undefined) return { ...readNamedConnection(environment, config, names), ...forAll };
	return { credentials: readCredentials(find, placesOf), hosts: readHosts(find, placesOf), ...forAll };
}

/** The argument of `connection` that says where a setting stands. */
const argumentOf = (name: ConnectionSetting) =>
	name === "clientId" ? "oauthClientId" : name === "clientSecret" ? "oauthClientSecret" : name;

/** Reads a connection whose settings stand where the program says, and nowhere else. */
function readNamedConnection(
	environment: Record<string, string | undefined>,
	config: ConfigReader,
	names: ConnectionNames,
): Omit<Connection, "tokenPoolSize" | "usageApi"> {
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
	return { credentials: readCredentials(find, places), hosts: readHosts(find, places) };
}

type Find = (name: ConnectionSetting) => Found | undefined;

const placesOf = (name: Name) => `${configurationKeys[name].variable} (or ${configurationKeys[name].key})`;
const setIt = "Set environment variables, or stack configuration with pulumi config set (--secret for secrets)";
const configMayLag =
	" (refresh and destroy see the configuration of the last pulumi up; --run-program makes them see today's)";

function readCredentials(find: Find, places: (name: ConnectionSetting) => string): Credentials {
	const token = find("accessToken");
	const id = find("clientId");
	const secret = find("clientSecret");
	// A token in the configuration doesn't beat a client in the environment: the environment is the more current.
	const clientIsCloser =
		token !== undefined && !token.fromEnvironment && (id?.fromEnvironment || secret?.fromEnvironment);
	if (token !== undefined && !(clientIsCloser && id !== undefined && secret !== undefined)) {
		return { accessToken: token.value, source: token.source + (token.fromEnvironment ? "" : configMayLag) };
	}
	if (id !== undefined && secret !== undefined) {
		const lag = id.fromEnvironment && secret.fromEnvironment ? "" : configMayLag;
		return { clientId: id.value, clientSecret: secret.value, source: `${id.source} and ${secret.source}${lag}` };
	}
	if (id !== undefined || secret !== undefined) {
		const missing = id === undefined ? "clientId" : "clientSecret";
		throw new ConfigurationError(
			`half of the Genesys Cloud credentials is missing: found ${(id ?? secret)?.source}, but not ${places(missing)}. ${setIt}`,
		);
	}
	throw new ConfigurationError(
		`no Genesys Cloud credentials: looked at ${places("clientId")} with ${places("clientSecret")}, and at ${places("accessToken")}. ${setIt}`,
	);
}

function readHosts(find: Find, places: (name: ConnectionSetting) => string): Hosts {
	const host = find("gatewayHost");
	if (host !== undefined) {
		const protocol = find("gatewayProtocol");
		const port = find("gatewayPort");
		return gatewayHosts({
			host: host.value,
			...(protocol === undefined ? {} : { protocol: protocol.value }),
			...(port === undefined ? {} : { port: port.value }),
		});
	}
	const region = find("region");
	if (region === undefined) {
		throw new ConfigurationError(
			`no Genesys Cloud region: looked at ${places("region")} and, for a gateway, ${places("gatewayHost")}. Use the region's AWS name or domain, such as eu-central-1 or mypurecloud.de. ${setIt}`,
		);
	}
	return regionHosts(region.value);
}

/** The vendor's Terraform provider has the same limit. */
const largestPool = 50;

function readTokenPoolSize(find: (name: "tokenPoolSize") => Found | undefined): { tokenPoolSize?: number } {
	const found = find("tokenPoolSize");
	if (found === undefined) return {};
	const tokenPoolSize = /^\d{1,3}$/.test(found.value) ? Number(found.value) : 0;
	if (tokenPoolSize < 1 || tokenPoolSize > largestPool)
		throw new ConfigurationError(`${found.source} must be a whole number of tokens, from 1 to ${largestPool}`);
	return { tokenPoolSize };
}

function readUsageApi(find: (name: "usageApi") => Found | undefined): { usageApi?: UsageApiName } {
	const found = find("usageApi");
	if (found === undefined) return {};
	if (found.value !== "oauth" && found.value !== "jobs")
		throw new ConfigurationError(`${found.source} must be oauth or jobs`);
	return { usageApi: found.value };
}

import { ConfigurationError } from "./api/errors";
import { connectionSettings } from "./connection-settings";

/** Reads a key of the stack's configuration, with its namespace: `genesyscloud:region`. */
export type ConfigReader = (key: string) => string | undefined;

/** The namespace of the stack's configuration: the dynamic provider's, or the plugin's. */
export type Namespace = "genesyscloud" | "genesyscloud-oauth";

/** The environment variables of this process, or of a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variable of every setting. Its name is also its key in the stack's configuration and its name in `connection`. */
export const settingVariables = {
	accessToken: "GENESYSCLOUD_ACCESS_TOKEN",
	oauthClientId: "GENESYSCLOUD_OAUTHCLIENT_ID",
	oauthClientSecret: "GENESYSCLOUD_OAUTHCLIENT_SECRET",
	region: "GENESYSCLOUD_REGION",
	gatewayProtocol: "GENESYSCLOUD_GATEWAY_PROTOCOL",
	gatewayHost: "GENESYSCLOUD_GATEWAY_HOST",
	gatewayPort: "GENESYSCLOUD_GATEWAY_PORT",
	gatewayPathName: "GENESYSCLOUD_GATEWAY_PATH_NAME",
	gatewayPathValue: "GENESYSCLOUD_GATEWAY_PATH_VALUE",
	gatewayAuthUsername: "GENESYSCLOUD_GATEWAY_AUTH_USERNAME",
	gatewayAuthPassword: "GENESYSCLOUD_GATEWAY_AUTH_PASSWORD",
	proxyProtocol: "GENESYSCLOUD_PROXY_PROTOCOL",
	proxyHost: "GENESYSCLOUD_PROXY_HOST",
	proxyPort: "GENESYSCLOUD_PROXY_PORT",
	proxyAuthUsername: "GENESYSCLOUD_PROXY_AUTH_USERNAME",
	proxyAuthPassword: "GENESYSCLOUD_PROXY_AUTH_PASSWORD",
	tokenPoolSize: "GENESYSCLOUD_TOKEN_POOL_SIZE",
	usageApi: "GENESYSCLOUD_USAGE_API",
} as const;

/** The environment variables of the overrides: exceptions for certain clients, usually for one run. Each contains client ids, separated by commas. */
export const overrideVariables = {
	/** Overrides the deletion guard. */
	allowDeletion: "GENESYSCLOUD_ALLOW_DELETION",
	/** Takes over clients that an earlier run created but didn't save in state. */
	takeOver: "GENESYSCLOUD_TAKE_OVER",
	/** Creates another client of the same name as these. */
	allowSameName: "GENESYSCLOUD_ALLOW_SAME_NAME",
	/** Deletes, deactivates or rotates the client that Pulumi logs in with, or changes its grant type. */
	changeOwnLogin: "GENESYSCLOUD_CHANGE_OWN_LOGIN",
} as const;

/** The environment variable of an order to rotate secrets: see `readRotationOrder`. */
const orderVariables = { rotate: "GENESYSCLOUD_ROTATE" } as const;

const variables = { ...settingVariables, ...overrideVariables, ...orderVariables };

/** The name of a setting of a connection. */
export type SettingName = keyof typeof settingVariables;
/** The name of an override. */
export type OverrideName = keyof typeof overrideVariables;
type Name = keyof typeof variables;

/** Settings that belong together: the whole group comes from the first place that sets any part of it. */
export const groups = {
	login: ["accessToken", "oauthClientId", "oauthClientSecret"],
	address: [
		"region",
		"gatewayHost",
		"gatewayProtocol",
		"gatewayPort",
		"gatewayPathName",
		"gatewayPathValue",
		"gatewayAuthUsername",
		"gatewayAuthPassword",
	],
	proxy: ["proxyHost", "proxyProtocol", "proxyPort", "proxyAuthUsername", "proxyAuthPassword"],
	tokenPoolSize: ["tokenPoolSize"],
	usageApi: ["usageApi"],
} as const satisfies Record<string, readonly SettingName[]>;

/** The name of a group. */
export type Group = keyof typeof groups;

/** A setting that is set. */
export interface Found {
	/** The trimmed value, never empty. */
	value: string;
	/** Where it is, for messages: `the environment variable GENESYSCLOUD_REGION`. */
	source: string;
	/** Why the value may be an older one, for messages; empty if it is the current one. */
	lag: string;
}

/** A place that settings come from. */
export interface Place {
	/** Reads a setting; undefined if it isn't set here, or blank. */
	find: (name: Name) => Found | undefined;
	/** What a setting is called here, for messages: `GENESYSCLOUD_REGION`. */
	label: (name: Name) => string;
	/** How settings are set here, for messages. */
	advice: string;
}

/** The first of the places that sets any part of a group; undefined if none does. */
export const placeOf = (places: readonly Place[], group: Group): Place | undefined =>
	places.find(({ find }) => groups[group].some((name) => find(name) !== undefined));

const setVariables = "set environment variables";
const setConfig = "use pulumi config set (--secret for secrets)";
const configLag = " (refresh and destroy use the configuration of the last pulumi up, unless run with --run-program)";
const providerLag = " (refresh and destroy use the provider's settings of the last pulumi up)";

const inVariable = (environment: Environment, variable: string) =>
	found(environment[variable], `the environment variable ${variable}`);
const inConfig = (config: ConfigReader, key: string) => found(config(key), `the stack configuration ${key}`, configLag);

function found(text: string | undefined, source: string, lag = ""): Found | undefined {
	const value = text?.trim();
	return value ? { value, source, lag } : undefined;
}

/** The environment. */
export const environmentPlace = (environment: Environment): Place => ({
	find: (name) => inVariable(environment, variables[name]),
	label: (name) => variables[name],
	advice: setVariables,
});

/** The stack's configuration. */
export const stackPlace = (config: ConfigReader, namespace: Namespace = "genesyscloud"): Place => ({
	find: (name) => inConfig(config, `${namespace}:${name}`),
	label: (name) => `${namespace}:${name}`,
	advice: setConfig,
});

/**
 * The places of the usual connection. The environment comes first because `pulumi refresh` and `pulumi destroy` use the configuration of the
 * last `pulumi up`.
 */
export const usualPlaces = (environment: Environment, config: ConfigReader, namespace?: Namespace): [Place, Place] => [
	environmentPlace(environment),
	stackPlace(config, namespace),
];

/**
 * The settings of an explicit provider.
 *
 * @param provider the provider's name in the stack
 */
export function providerPlace(provider: string, read: (name: string) => string | undefined): Place {
	const label = (name: Name) => `the provider ${provider}'s ${name}`;
	return {
		find: (name) => found(read(name), label(name), providerLag),
		label,
		advice: `set the properties of the provider ${provider}`,
	};
}

/** Whether one of the places names a client as Pulumi's login, whether that counts there or not. */
export const namesLogin = (places: readonly Place[], clientId: string): boolean =>
	places.some(({ find }) => find("oauthClientId")?.value.toLowerCase() === clientId);

/** The variables and keys of a connection of its own: see `ConnectionInput`. */
export type ConnectionNames = Partial<Record<(typeof connectionSettings)[number], string>>;

/**
 * The variables and keys that a `connection` names. All of them must be set: an organization's setting that is missing is never one of
 * another organization.
 *
 * @returns a place whose `find` throws a ConfigurationError with all names that aren't set
 */
export function connectionPlace(names: ConnectionNames, environment: Environment, config: ConfigReader): Place {
	const nameOf = (name: Name) => (names as Partial<Record<Name, string>>)[name];
	const label = (name: Name) => {
		const place = nameOf(name);
		return place === undefined ? `connection.${name}` : `${place} (connection.${name})`;
	};
	const find = (name: Name): Found | undefined => {
		const place = nameOf(name);
		if (place === undefined) return undefined;
		return place.includes(":") ? inConfig(config, place) : inVariable(environment, place);
	};
	const requireAll = () => {
		const unset = connectionSettings.filter((name) => names[name] !== undefined && find(name) === undefined);
		if (unset.length === 0) return;
		const advice = `${capitalized(setVariables)} or ${setConfig}`;
		throw new ConfigurationError(`connection names what isn't set: ${unset.map(label).join(", ")}. ${advice}`);
	};
	return {
		find: (name) => {
			requireAll();
			return find(name);
		},
		label,
		advice: "name their variables or keys in connection",
	};
}

/** The names of a setting at all places, for messages: `GENESYSCLOUD_REGION (or genesyscloud:region)`. */
export function labels(places: readonly Place[], name: SettingName): string {
	const [first = "", ...others] = places.map(({ label }) => label(name));
	return others.length === 0 ? first : `${first} (or ${others.join(", or ")})`;
}

/** How to set settings at one of the places: a sentence for messages. */
export const adviceFor = (places: readonly Place[]): string =>
	capitalized([...new Set(places.map(({ advice }) => advice))].join(" or "));

const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Makes something of a setting, or of settings beside it; an error says where it is. */
export function madeOf<Value>({ value, source }: Found, make: (value: string) => Value): Value {
	try {
		return make(value);
	} catch (error) {
		throw error instanceof ConfigurationError
			? new ConfigurationError(`${error.message}; it was set by ${source}`)
			: error;
	}
}

/**
 * The error for settings of which one is missing at the place that has the others.
 *
 * @param what what is incomplete: the beginning of the message
 */
export function incompleteError(
	what: string,
	{ find, label }: Place,
	names: readonly SettingName[],
	missing: SettingName,
): ConfigurationError {
	const present = names.filter((name) => find(name) !== undefined);
	const sources = present.map((name) => find(name)?.source);
	const rule = "Settings that belong together must come from one place";
	const problem = `is missing, but ${present.join(", ")} ${present.length === 1 ? "is" : "are"} set. ${rule}`;
	return new ConfigurationError(`${what}: found ${sources.join(", ")}, but not ${label(missing)}. ${rule}`, {
		setting: missing,
		problem,
	});
}

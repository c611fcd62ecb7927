import * as pulumi from "../pulumi-sdk";
import type { GenesysCloudApi } from "../api/genesys-cloud-api";
import { describeWait, type RateLimitWait } from "../api/rate-limit-wait";
import type { Credentials } from "../api/token-source";
import { readConnection, readOverride } from "../config";
import { type ConnectionNames, connectionPlace, namesLogin, type OverrideName, usualPlaces } from "../setting-places";
import { expectLateAwaits } from "./late-awaits";

expectLateAwaits();

/** Reads a key of the stack's configuration, including its namespace. */
function fromStackConfiguration(key: string): string | undefined {
	const [namespace, ...name] = key.split(":");
	return new pulumi.Config(namespace).get(name.join(":"));
}

/** Whether the environment or the stack's configuration names a client as Pulumi's login. */
export const lookupNamesLogin = (clientId: string): boolean =>
	namesLogin(usualPlaces(process.env, fromStackConfiguration), clientId);

/** The overrides in the environment and the stack's configuration. */
export const lookupOverride = (name: OverrideName): Map<string, string> =>
	readOverride(usualPlaces(process.env, fromStackConfiguration), name);

/** One API per connection: an inline program of the Automation API may run stacks of several organizations in one process. */
const apis = new Map<string, GenesysCloudApi>();

function sayWait(wait: RateLimitWait): void {
	void pulumi.info(describeWait(wait));
}

/**
 * The API for lookups, with the same settings as for resources: one API client per connection and process, created on first use.
 *
 * @param names the variables and keys of another organization's connection
 * @throws ConfigurationError if a setting is missing
 */
export const lookupApi = async (names?: ConnectionNames): Promise<GenesysCloudApi> =>
	(await lookupConnection(names)).api;

/** The same, with the credentials. */
export async function lookupConnection(
	names?: ConnectionNames,
): Promise<{ api: GenesysCloudApi; credentials: Credentials }> {
	const connection = readConnection(
		usualPlaces(process.env, fromStackConfiguration),
		names && [connectionPlace(names, process.env, fromStackConfiguration)],
	);
	// Loaded on demand, since most programs look nothing up; after the settings are read, since the next stack of the process has others.
	const { createOAuthApi } = await import("../api/genesys-cloud-api.js");
	const key = JSON.stringify(connection);
	const api = apis.get(key) ?? createOAuthApi({ ...connection, onWait: sayWait });
	apis.set(key, api);
	return { api, credentials: connection.credentials };
}

import * as pulumi from "@pulumi/pulumi";
import { createOAuthApi, type GenesysCloudApi } from "../api/genesys-cloud-api";
import { describeWait, type RateLimitWait } from "../api/rate-limit-wait";
import { type ConnectionNames, readConnection } from "../config";

/** Reads a key of the stack's configuration, with its namespace. */
function fromStackConfiguration(key: string): string | undefined {
	const [namespace, ...name] = key.split(":");
	return new pulumi.Config(namespace).get(name.join(":"));
}

/** By connection: an inline program of the Automation API runs the stacks of several organizations in one process. */
const apis = new Map<string, GenesysCloudApi>();

function sayWait(wait: RateLimitWait): void {
	void pulumi.log.info(describeWait(wait));
}

/**
 * The API that lookups use: the same settings as the resources', one API client for the whole process, made on first need.
 *
 * @param names where the settings stand, for a connection of its own
 * @throws ConfigurationError when a setting is missing
 */
export function lookupApi(names?: ConnectionNames): GenesysCloudApi {
	const connection = readConnection(process.env, fromStackConfiguration, names);
	const key = JSON.stringify(connection);
	const api = apis.get(key) ?? createOAuthApi({ ...connection, onWait: sayWait });
	apis.set(key, api);
	return api;
}

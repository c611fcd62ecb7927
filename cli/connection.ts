import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import * as v from "valibot";
import { type Clock, systemClock } from "../provider/api/clock";
import { createOAuthApi, type GenesysCloudApi } from "../provider/api/genesys-cloud-api";
import { ConfigurationError } from "../provider/api/errors";
import { describeWait, type RateLimitWait } from "../provider/api/rate-limit-wait";
import { type Connection, readConnection } from "../provider/config";
import { connectionSettings } from "../provider/connection-settings";
import {
	type ConfigReader,
	type ConnectionNames,
	connectionPlace,
	groups,
	type Place,
	stackPlace,
	usualPlaces,
} from "../provider/setting-places";
import { UsageError } from "./failure";
import { type OutputOptions, printLine } from "./output";

/** The flags of every command that calls the API. */
export interface ConnectionOptions {
	/** The region, instead of GENESYSCLOUD_REGION. */
	region?: string;
	/** The stack of the Pulumi project in this directory whose configuration is read as well. @default none */
	stack?: string;
	/** Where to read each setting: see `ConnectionInput`. @default the usual variables */
	connection?: ConnectionNames;
}

const help = `
Credentials come from the environment, never from a flag: other users of the machine can read command lines.
  GENESYSCLOUD_OAUTHCLIENT_ID with GENESYSCLOUD_OAUTHCLIENT_SECRET, or GENESYSCLOUD_ACCESS_TOKEN
  GENESYSCLOUD_REGION, or GENESYSCLOUD_GATEWAY_HOST with _PROTOCOL and _PORT
  GENESYSCLOUD_PROXY_HOST with _PROTOCOL and _PORT, or HTTPS_PROXY and NO_PROXY, for a proxy
With --stack, settings missing there come from the stack's configuration.`;

/** Adds the flags of every command that calls the API, and explains in its help where the credentials come from. */
export function connectionOptions(command: Command): Command {
	return command
		.option("--region <region>", "AWS name or domain of the region (default: GENESYSCLOUD_REGION)")
		.option("--stack <name>", "also read this stack's configuration, with the Pulumi CLI, in this directory")
		.option(
			"--connection <setting=place...>",
			`where to read a setting: the name of an environment variable or of a configuration key, never a value, such as region=STAGING_REGION; settings: ${connectionSettings.join(", ")}`,
			addPlace,
		)
		.addHelpText("after", help);
}

function addPlace(text: string, before: ConnectionNames = {}): ConnectionNames {
	const [, name, place] = /^(\w+)=([A-Z_][A-Z0-9_]*|[\w.-]+:[\w.-]+)$/.exec(text) ?? [];
	const setting = connectionSettings.find((known) => known === name);
	if (setting === undefined || place === undefined) {
		// Unlike commander's message, this one doesn't repeat the text: it may be a secret, given by mistake.
		throw new UsageError(
			`--connection takes setting=place, where place is the name of an environment variable (in capitals) or of a configuration key (such as staging:region) and setting is one of ${connectionSettings.join(", ")}`,
		);
	}
	return { ...before, [setting]: place };
}

/** A command's connection, and the API it leads to. */
export interface CommandConnection extends Connection {
	api: GenesysCloudApi;
}

/** What tests replace in a connection. */
export interface ConnectionReplacements {
	/** The clock. @default the machine's clock */
	clock?: Clock;
	/** Where waits are reported. @default standard error */
	stream?: NodeJS.WritableStream;
}

/**
 * Reads host and credentials: from the flags, then from the environment, then, with `--stack`, from the stack's configuration. If calls
 * wait for the rate limit, one line says so, except with `--quiet`.
 *
 * @throws ConfigurationError if something is missing
 */
export function openConnection(
	options: ConnectionOptions & Pick<OutputOptions, "quiet">,
	environment: Record<string, string | undefined> = process.env,
	{ clock = systemClock, stream = process.stderr }: ConnectionReplacements = {},
): CommandConnection {
	const { region, stack, connection: names } = options;
	const config = stack === undefined ? noConfig : readStackConfig(stack, environment);
	const connection = withHint(stack, () => {
		// The stack may be one of the npm package or of the plugin.
		const [first, ...others] = [...usualPlaces(environment, config), stackPlace(config, "genesyscloud-oauth")] as const;
		const own = names && connectionPlace(names, environment, config);
		return readConnection([withRegion(first, region), ...others], own && [withRegion(own, region)]);
	});
	const onWait = options.quiet ? undefined : (wait: RateLimitWait) => printLine(describeWait(wait), stream);
	const api = createOAuthApi({ ...connection, clock, ...(onWait === undefined ? {} : { onWait }) });
	return { ...connection, api };
}

const noConfig: ConfigReader = () => undefined;

/** A place where the flag stands for the whole address: no gateway that is set there is called, and none gets what is meant for the region. */
const withRegion = (place: Place, region: string | undefined): Place => ({
	...place,
	find: (name) => {
		if (region === undefined || !(groups.address as readonly string[]).includes(name)) return place.find(name);
		return name === "region" ? { value: region, source: "--region", lag: "" } : undefined;
	},
});

function withHint<T>(stack: string | undefined, read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (stack !== undefined || !(error instanceof ConfigurationError)) throw error;
		throw new ConfigurationError(`${error.message}. This command reads a stack's configuration only with --stack`);
	}
}

const configSchema = v.pipe(
	v.string(),
	v.parseJson(),
	v.record(v.string(), v.looseObject({ value: v.optional(v.string()) })),
);

/** Reads a stack's configuration with the Pulumi CLI. Its secrets come through a pipe and aren't shown. */
function readStackConfig(stack: string, environment: Record<string, string | undefined>): ConfigReader {
	const { error, status, signal, stdout } = spawnSync(
		"pulumi",
		["config", "--json", "--show-secrets", "--stack", stack],
		{
			encoding: "utf8",
			env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
			stdio: ["ignore", "pipe", "ignore"],
			timeout: 60_000,
		},
	);
	const tried = `pulumi config --stack ${stack}`;
	if (error !== undefined) {
		throw new ConfigurationError(`${tried} couldn't be run: install the Pulumi CLI, or use environment variables`);
	}
	const parsed = v.safeParse(configSchema, stdout);
	if (status !== 0 || !parsed.success) {
		// Pulumi's own message isn't repeated: it may quote a value.
		throw new ConfigurationError(
			`${tried} failed (${signal ?? `exit code ${status}`}): run it yourself to see why; it needs the project's directory and the stack's passphrase or login`,
		);
	}
	return (key) => parsed.output[key]?.value;
}

import { spawnSync } from "node:child_process";
import type { Command } from "commander";
import * as v from "valibot";
import { type Clock, systemClock } from "../provider/api/clock";
import { createOAuthApi, type GenesysCloudApi } from "../provider/api/genesys-cloud-api";
import { ConfigurationError } from "../provider/api/errors";
import { describeWait, type RateLimitWait } from "../provider/api/rate-limit-wait";
import {
	configurationKeys,
	type ConfigReader,
	type Connection,
	type ConnectionNames,
	readConnection,
} from "../provider/config";
import { UsageError } from "./failure";
import { type OutputOptions, printLine } from "./output";

/** The flags of every command that calls the API. */
export interface ConnectionOptions {
	/** The region, in place of GENESYSCLOUD_REGION. */
	region?: string;
	/** The stack whose configuration is read too, of the Pulumi project in this directory. @default none */
	stack?: string;
	/** Where the settings stand, by name: see `ConnectionInput`. @default the usual variables */
	connection?: ConnectionNames;
}

const help = `
Credentials come from the environment, never from a flag: others on the machine can read a command line.
  GENESYSCLOUD_OAUTHCLIENT_ID with GENESYSCLOUD_OAUTHCLIENT_SECRET, or GENESYSCLOUD_ACCESS_TOKEN
  GENESYSCLOUD_REGION, or GENESYSCLOUD_GATEWAY_HOST with _PROTOCOL and _PORT
What the environment lacks comes from the stack's configuration, but only with --stack.`;

const settings = [
	"region",
	"oauthClientId",
	"oauthClientSecret",
	"accessToken",
	"gatewayProtocol",
	"gatewayHost",
	"gatewayPort",
] as const satisfies (keyof ConnectionNames)[];

/** Adds the flags that every command has that calls the API, and says in its help where the credentials come from. */
export function connectionOptions(command: Command): Command {
	return command
		.option("--region <region>", "AWS name or domain of the region (default: GENESYSCLOUD_REGION)")
		.option("--stack <name>", "also read this stack's configuration, with the Pulumi CLI, in this directory")
		.option(
			"--connection <setting=place...>",
			`where a setting stands: the name of a variable or of a configuration key, never a value, such as region=STAGING_REGION; settings: ${settings.join(", ")}`,
			addPlace,
		)
		.addHelpText("after", help);
}

function addPlace(text: string, before: ConnectionNames = {}): ConnectionNames {
	const [, name, place] = /^(\w+)=([A-Z_][A-Z0-9_]*|[\w.-]+:[\w.-]+)$/.exec(text) ?? [];
	const setting = settings.find((known) => known === name);
	if (setting === undefined || place === undefined) {
		// The text itself isn't repeated, as commander would: it may be a secret that somebody gave by mistake.
		throw new UsageError(
			`--connection takes setting=PLACE, where the place is the name of an environment variable (capitals) or of a configuration key (such as staging:region), and the setting one of ${settings.join(", ")}`,
		);
	}
	return { ...before, [setting]: place };
}

/** Where a command connects to, and the API there. */
export interface CommandConnection extends Connection {
	api: GenesysCloudApi;
}

/** What a test decides of a connection. */
export interface ConnectionSurroundings {
	/** Where the time comes from. @default the machine's clock */
	clock?: Clock;
	/** Where it is said that calls wait. @default standard error */
	stream?: NodeJS.WritableStream;
}

/**
 * Reads where to connect to, and as whom: from the flags, then from the environment, then, with `--stack`, from the stack's
 * configuration. When calls wait for the rate limit, one line says so, unless the user wants no progress.
 *
 * @throws ConfigurationError when something is missing
 */
export function openConnection(
	options: ConnectionOptions & Pick<OutputOptions, "quiet">,
	environment: Record<string, string | undefined> = process.env,
	{ clock = systemClock, stream = process.stderr }: ConnectionSurroundings = {},
): CommandConnection {
	const { region, stack, connection: names } = options;
	const variables =
		region === undefined ? environment : { ...environment, [configurationKeys.region.variable]: region };
	const config = stack === undefined ? noConfig : readStackConfig(stack, environment);
	// A region on the command line is the region, wherever the rest stands.
	const placed =
		names !== undefined && region !== undefined ? { ...names, region: configurationKeys.region.variable } : names;
	const connection = withHint(stack, () => readConnection(variables, config, placed));
	const onWait = options.quiet ? undefined : (wait: RateLimitWait) => printLine(describeWait(wait), stream);
	const api = createOAuthApi({ ...connection, clock, ...(onWait === undefined ? {} : { onWait }) });
	return { ...connection, api };
}

/**
 * The API that a command calls.
 *
 * @throws ConfigurationError when something is missing
 */
export function connect(
	options: ConnectionOptions & Pick<OutputOptions, "quiet">,
	environment: Record<string, string | undefined> = process.env,
): GenesysCloudApi {
	return openConnection(options, environment).api;
}

const noConfig: ConfigReader = () => undefined;

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

/** Asks the Pulumi CLI for a stack's configuration. Its secrets come over a pipe and are shown to nobody. */
function readStackConfig(stack: string, environment: Record<string, string | undefined>): ConfigReader {
	const { error, status, stdout } = spawnSync("pulumi", ["config", "--json", "--show-secrets", "--stack", stack], {
		encoding: "utf8",
		env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
		stdio: ["ignore", "pipe", "ignore"],
		timeout: 60_000,
	});
	const tried = `pulumi config --stack ${stack}`;
	if (error !== undefined) {
		throw new ConfigurationError(`${tried} couldn't be run: install the Pulumi CLI, or use environment variables`);
	}
	const parsed = v.safeParse(configSchema, stdout);
	if (status !== 0 || !parsed.success) {
		// What Pulumi says isn't passed on: it may quote a value.
		throw new ConfigurationError(
			`${tried} failed (exit code ${status}): run it by itself to see why; it needs the project's directory and the stack's passphrase or login`,
		);
	}
	return (key) => parsed.output[key]?.value;
}

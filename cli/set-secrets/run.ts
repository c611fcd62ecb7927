import { spawnSync } from "node:child_process";
import { ConfigurationError } from "../../provider/api/errors";
import { terraformNames } from "../export/terraform-names";
import { type OutputOptions, printJson, printLine } from "../output";
import { readTerraformState } from "../terraform-state";

/** The flags of `set-secrets`. */
export interface SetSecretsOptions extends OutputOptions {
	/** The file with Terraform's state; `-` for standard input. */
	terraformState: string;
	/** The stack. */
	stack: string;
}

/** What `set-secrets --json` prints. */
export interface SetSecretsJson {
	/** The stack. */
	stack: string;
	/** The keys that were set. */
	set: string[];
	/** The keys that a program of `export` asks for although Terraform's state doesn't have their values: to be set by hand. */
	missing: string[];
}

/** Stores the secrets of Terraform's state in the stack's configuration. */
export function runSetSecrets({ terraformState, stack, json }: SetSecretsOptions): void {
	const { secrets } = terraformNames(readTerraformState(terraformState));
	const set: string[] = [];
	const missing: string[] = [];
	for (const { key, value } of secrets) {
		if (value === undefined) missing.push(key);
		else {
			setSecret(stack, key, value);
			set.push(key);
		}
	}
	if (json) return printJson({ stack, set, missing } satisfies SetSecretsJson);
	for (const key of set) printLine(`${key}: set`);
	for (const key of missing) {
		printLine(`${key}: not in Terraform's state; set it with pulumi config set --secret ${key} --stack ${stack}`);
	}
	if (secrets.length === 0) printLine("Terraform's state has no secret of a client or credential: nothing was set");
}

/** Sets one secret: Pulumi reads it from a pipe, and takes one line break off its end. */
function setSecret(stack: string, key: string, value: string): void {
	const { error, status, signal } = spawnSync("pulumi", ["config", "set", "--secret", "--stack", stack, key], {
		input: `${value}\n`,
		env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
		stdio: ["pipe", "ignore", "ignore"],
		timeout: 60_000,
	});
	const tried = `pulumi config set --secret --stack ${stack} ${key}`;
	if (error !== undefined) {
		throw new ConfigurationError(`${tried} couldn't be run: install the Pulumi CLI, then run again`);
	}
	if (status !== 0) {
		// Pulumi's own message isn't repeated: it may quote a value.
		throw new ConfigurationError(
			`${tried} failed (${signal ?? `exit code ${status}`}): run pulumi config --stack ${stack} to see why; it needs the project's directory, the stack, and its passphrase or login`,
		);
	}
}

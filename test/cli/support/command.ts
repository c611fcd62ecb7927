// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../../built-package.mjs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Seed, type Simulator, startSimulator } from "../../../simulator";

/** What is shipped. */
export const commandFile = join(process.cwd(), "dist/cli/main.js");

/** How a command ended. */
export interface CommandOutcome {
	code: number | null;
	stdout: string;
	stderr: string;
}

/** The environment of a command: that of a user who has set nothing but what is given. */
export const environmentOf = (variables: Record<string, string> = {}): Record<string, string> => ({
	PATH: process.env["PATH"] ?? "",
	HOME: process.env["HOME"] ?? "",
	...variables,
});

/** The variables that lead to a simulator, as its administrator. */
export function variablesFor(simulator: Simulator): Record<string, string> {
	const { hostname, port } = new URL(simulator.url);
	return {
		GENESYSCLOUD_OAUTHCLIENT_ID: simulator.administrator.clientId,
		GENESYSCLOUD_OAUTHCLIENT_SECRET: simulator.administrator.clientSecret,
		GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
		GENESYSCLOUD_GATEWAY_HOST: hostname,
		GENESYSCLOUD_GATEWAY_PORT: port,
	};
}

/** Runs the command `genesyscloud-oauth` to its end, with something on its standard input. */
export async function runCommand(
	args: readonly string[],
	options: { variables?: Record<string, string>; directory?: string; input?: string } = {},
): Promise<CommandOutcome> {
	const child = spawn(process.execPath, [commandFile, ...args], {
		env: environmentOf(options.variables),
		stdio: ["pipe", "pipe", "pipe"],
		...(options.directory === undefined ? {} : { cwd: options.directory }),
	});
	child.stdin.end(options.input ?? "");
	let stdout = "";
	let stderr = "";
	child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
	child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
	await once(child, "close");
	return { code: child.exitCode, stdout, stderr };
}

/** A simulator that ends with the test. */
export async function startOrganization(seed: Seed = {}): Promise<Simulator> {
	const simulator = await startSimulator({ seed });
	onTestFinished(async () => simulator.close());
	return simulator;
}

/** An empty directory that goes with the test. */
export function temporaryDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), "oauth-cli-"));
	onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
	return directory;
}

/** The calls of a simulator that could have changed something. */
export const writesOf = (simulator: Simulator): string[] =>
	simulator.requests
		.filter({ kind: "api" })
		.filter(({ method }) => method !== "GET")
		.map(({ method, template, path, status }) => `${method} ${template ?? path} ${status}`);

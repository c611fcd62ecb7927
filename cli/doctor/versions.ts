import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { fieldsOf, parseJson } from "../../provider/api/json";
import { version } from "../../provider/api/version";
import type { Check } from "./check";

/** The oldest supported versions; a test compares the first two with package.json. */
export const oldestVersions = { node: "22.12", sdk: "3.216.0", cli: "3.200" };

/** Whether a version, such as `3.250.0`, is at least another. */
const isAtLeast = (found: string, oldest: string): boolean => found.localeCompare(oldest, "en", { numeric: true }) >= 0;

/** Checks the versions of Node.js, this package, and Pulumi's SDK and CLI. */
export async function checkVersions(directory: string, environment: NodeJS.ProcessEnv): Promise<Check[]> {
	// Programs in other languages have the plugin instead.
	const ofProject = isNodeProject(directory) ? [checkPackage(directory), checkSdk(directory)] : [];
	return [checkNode(process.versions.node), ...ofProject, await checkCli(environment)];
}

/** False where Pulumi.yaml names another language. */
function isNodeProject(directory: string): boolean {
	const file = join(directory, "Pulumi.yaml");
	const runtime = existsSync(file) && /^runtime:\s*(?:name:\s*)?["']?([\w-]+)/m.exec(readFileSync(file, "utf8"))?.[1];
	return !runtime || runtime === "nodejs";
}

function checkNode(found: string): Check {
	const base = { id: "node", what: "Node.js", found };
	return isAtLeast(found, oldestVersions.node)
		? { ...base, verdict: "fine" }
		: { ...base, verdict: "problem", advice: `Use Node.js ${oldestVersions.node} or newer` };
}

/** The version of a package as the project in a directory resolves it; undefined if it isn't installed. */
function installedVersion(directory: string, name: string): string | undefined {
	try {
		const file = createRequire(join(directory, "package.json")).resolve(`${name}/package.json`);
		const found = fieldsOf(parseJson(readFileSync(file, "utf8")))["version"];
		return typeof found === "string" ? found : undefined;
	} catch {
		return undefined;
	}
}

function checkPackage(directory: string): Check {
	const name = "pulumi-genesyscloud-oauth";
	const base = { id: "package", what: name };
	const installed = installedVersion(directory, name);
	if (installed === version) return { ...base, found: version, verdict: "fine" };
	if (installed === undefined) {
		return {
			...base,
			found: `${version}, but not installed in this directory's project`,
			verdict: "warning",
			advice: "Run this in the directory of your Pulumi project, or install the package there",
		};
	}
	return {
		...base,
		found: `${version}, but ${installed} in this directory's project`,
		verdict: "warning",
		advice: "Run the project's version: npx --no genesyscloud-oauth doctor",
	};
}

function checkSdk(directory: string): Check {
	const base = { id: "pulumi-sdk", what: "@pulumi/pulumi" };
	const found = installedVersion(directory, "@pulumi/pulumi");
	if (found === undefined) {
		return {
			...base,
			found: "not installed in this directory's project",
			verdict: "warning",
			advice: "Run this in the directory of your Pulumi project, or install the package there",
		};
	}
	return isAtLeast(found, oldestVersions.sdk)
		? { ...base, found, verdict: "fine" }
		: { ...base, found, verdict: "problem", advice: `Install @pulumi/pulumi ${oldestVersions.sdk} or newer` };
}

async function checkCli(environment: NodeJS.ProcessEnv): Promise<Check> {
	const base = { id: "pulumi-cli", what: "Pulumi CLI" };
	try {
		const { stdout } = await promisify(execFile)("pulumi", ["version"], {
			env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
			timeout: 30_000,
		});
		const found = /^v?(\d+\.\d+\.\d+\S{0,40})\s*$/.exec(stdout)?.[1];
		if (found === undefined) return { ...base, found: "pulumi version printed no version", verdict: "unknown" };
		return isAtLeast(found, oldestVersions.cli)
			? { ...base, found, verdict: "fine" }
			: { ...base, found, verdict: "problem", advice: `Install Pulumi ${oldestVersions.cli} or newer` };
	} catch {
		return {
			...base,
			found: "not on PATH, or it failed",
			verdict: "warning",
			advice: "Install the Pulumi CLI on the machine that runs pulumi up",
		};
	}
}

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { runStep } from "../step.mjs";
import { cacheDirectory } from "./engine-cache.mjs";
import { executable } from "./engine-version.mjs";

const TIME_LIMIT_SECONDS = 300;

/**
 * The Automation API downloads an install script, then the engine. Without a way to Pulumi's host the first of them must
 * fail soon: the SDK itself would wait two minutes for it.
 */
const installScript = `
const [automation, root] = process.argv.slice(1);
const download = globalThis.fetch;
globalThis.fetch = (url, options) => download(url, { ...options, signal: AbortSignal.timeout(15_000) });
require(automation).PulumiCommand.install({ root }).catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
`;

/** Where Pulumi's own installer puts the engine of the installed SDK's version; undefined before the SDK is installed. */
export function installedEngine() {
	const requireHere = createRequire(import.meta.url);
	let sdk;
	try {
		sdk = requireHere.resolve("@pulumi/pulumi/package.json");
	} catch {
		return undefined;
	}
	const { version } = JSON.parse(readFileSync(sdk, "utf8"));
	const root = join(cacheDirectory(), `installer-${version}`);
	const directory = join(root, "bin");
	return { version, root, directory, pulumi: join(directory, executable) };
}

export async function installEngine({ log }) {
	const target = installedEngine();
	if (!target) throw new Error("it comes with the package @pulumi/pulumi, which isn't installed yet (npm ci)");
	const automation = createRequire(import.meta.url).resolve("@pulumi/pulumi/automation");
	try {
		await runStep({
			title: `Downloading Pulumi ${target.version} with its own installer`,
			command: process.execPath,
			args: ["-e", installScript, automation, target.root],
			env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
			timeoutSeconds: TIME_LIMIT_SECONDS,
			log,
		});
	} catch (error) {
		const firstLine = (error.output ?? "").trim().split("\n")[0];
		throw new Error(firstLine || error.outcome || error.message, { cause: error });
	}
	if (!existsSync(target.pulumi)) throw new Error("the installer ended without an engine");
	return target;
}

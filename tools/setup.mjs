// Brings a fresh clone to the point where every npm script works: packages, and what the script names: the build, the Pulumi engine with its YAML
// host, the plugin's SDKs in all languages, a browser. Each script calls it first, so there is no set-up to read about. It starts on whatever Node the machine has and before anything
// is installed. The tests have no build here: those that start what is shipped see to it.
import { execSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { inspectBuild } from "./built-package.mjs";
import { linkPackage } from "./link-package.mjs";
import { withLock } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { cacheDirectory } from "./pulumi-cli/engine-cache.mjs";
import { findEngine } from "./pulumi-cli/find-engine.mjs";
import { findYamlHost } from "./pulumi-cli/find-yaml-host.mjs";
import { findSdks } from "./pulumi-cli/generated-sdks.mjs";
import { runStep, StepError } from "./step.mjs";
import { chromium, ensureProgram } from "./system-programs.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const binaries = join(root, "node_modules", ".bin");
const oldestNode = [22, 12];

/** Standard error, because a script's own output (the simulator's first line) is for other programs to read. */
const say = (line) => process.stderr.write(`${line}\n`);

async function main() {
	const { values } = parseArgs({
		options: {
			build: { type: "boolean", default: false },
			engine: { type: "boolean", default: false },
			sdks: { type: "boolean", default: false },
			chromium: { type: "boolean", default: false },
			quiet: { type: "boolean", default: false },
		},
	});
	const log = values.quiet ? () => {} : say;
	process.env.PATH = [binaries, process.env.PATH].join(delimiter);

	const lock = join(cacheDirectory(), `setup-${createHash("sha256").update(root).digest("hex").slice(0, 12)}.lock`);
	const onWait = (pid) => log(`Waiting for process ${pid}, which is setting up the same clone ...`);
	await withLock(lock, { onWait }, async () => {
		if (!packagesAreInstalled()) await installPackages(log);
		checkNode();
		linkPackage();
		if (values.build && !inspectBuild().isCurrent) await build(log);
	});
	if (values.chromium && !process.env.CHROMIUM) await ensureProgram({ ...chromium, log });
	if (values.engine || values.sdks) {
		const { pulumi, version, how } = await findEngine({ log });
		if (how === "built" || how === "installer") log(`Pulumi ${version} is ready: ${pulumi}`);
		await findYamlHost({ engine: pulumi, log });
		if (values.sdks) await findSdks({ engine: pulumi, log });
	}
}

/** npm notes what it installed; content tells more than dates, which a checkout of another branch changes. */
function packagesAreInstalled() {
	const wanted = readPackages(join(root, "package-lock.json"));
	const installed = readPackages(join(root, "node_modules", ".package-lock.json"));
	if (!wanted || !installed) return false;
	const isSame = (path) => installed[path]?.version === wanted[path]?.version;
	return (
		Object.keys(installed).every(isSame) &&
		// Optional packages are those for other systems: npm leaves them out.
		Object.keys(wanted).every((path) => path === "" || isSame(path) || (wanted[path].optional && !installed[path]))
	);
}

function readPackages(lockfile) {
	return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, "utf8")).packages : undefined;
}

async function installPackages(log) {
	await runStep({ title: "Installing packages (npm ci)", ...npm("ci"), cwd: root, log });
}

async function build(log) {
	await runStep({ title: "Building (npm run build)", ...npm("run", "build"), cwd: root, log });
}

function checkNode() {
	// Through a shell, as the scripts run it: on Windows the npm package "node" is a batch file on PATH.
	const version = execSync("node --version", { encoding: "utf8" }).trim();
	const [major, minor] = version.slice(1).split(".").map(Number);
	if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
	throw new StepError(
		"Looking for Node",
		`found ${version}, and ${oldestNode.join(".")} or newer is needed. The npm package "node" brings one when its install script may run: check "ignore-scripts" in your npm configuration, delete node_modules and try again, or install Node 24`,
		"",
	);
}

try {
	await main();
} catch (error) {
	const output = error instanceof StepError ? error.output.trim() : "";
	if (output) say(output);
	say(
		`Set-up stopped. ${error.message}${output && "; what it wrote is above: see to that, then run the same command again"}.`,
	);
	process.exitCode = 1;
}

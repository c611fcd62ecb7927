// Writes dist/, which is what is shipped. Does nothing when dist/ is what a build made of these very sources.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { inspectBuild } from "./built-package.mjs";
import { bundleLifecycle } from "./lifecycle-bundle.mjs";
import { linkPackage } from "./link-package.mjs";
import { withLock } from "./lock.mjs";
import { bundlePage } from "./page-bundle.mjs";
import { bundlePlugin } from "./plugin-bundle.mjs";
import { runStep, StepError } from "./step.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, "dist");

async function build() {
	const { isCurrent, isUntouched, noteBuild } = inspectBuild();
	if (isCurrent) return;
	// The compiler writes only what has changed in the sources since: what somebody else took or changed it wouldn't mend.
	if (!isUntouched) rmSync(join(output, ".tsbuildinfo"), { force: true });
	removeWithoutSource();
	await Promise.all([compile(), bundleLifecycle(), bundlePage(), bundlePlugin()]);
	noteBuild();
}

async function compile() {
	const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
	const args = [tsc, "--project", "tsconfig.build.json"];
	await runStep({ title: "The compiler", command: process.execPath, args, cwd: root, log: () => {} });
}

/** What was compiled from a file that is gone would be shipped for ever. */
function removeWithoutSource() {
	for (const folder of ["provider", "policy", "simulator", "cli"]) {
		if (!existsSync(join(output, folder))) continue;
		for (const entry of readdirSync(join(output, folder), { recursive: true, withFileTypes: true })) {
			const file = join(entry.parentPath, entry.name);
			const source = join(root, file.slice(output.length).replace(/(\.d\.ts|\.js)$/, ".ts"));
			if (entry.isFile() && !existsSync(source)) rmSync(file);
		}
	}
}

linkPackage();
try {
	await withLock(join(root, "node_modules", ".build.lock"), {}, build);
} catch (error) {
	if (!(error instanceof StepError)) throw error;
	process.stderr.write(`${error.output.trim()}\n${error.message}.\n`);
	process.exitCode = 1;
}

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { withLock } from "../lock.mjs";
import { npm } from "../npm.mjs";
import { cacheDirectory } from "../pulumi-cli/engine-cache.mjs";
import { runStep } from "../step.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const manifest = ["package.json", "package-lock.json"];

/**
 * Finds the runtime of a target, or installs it from its npm package, whose content the lockfile beside this file pins. It is kept in the cache: it
 * has 100 MB.
 *
 * @returns {Promise<string>} the runtime's program
 */
export async function findRuntime({ os, cpu, runtime }, { log }) {
	const hash = createHash("sha256");
	for (const file of manifest) hash.update(readFileSync(join(here, file)));
	const directory = join(cacheDirectory(), `plugin-runtime-${hash.digest("hex").slice(0, 12)}`, runtime);
	const program = join(directory, "node_modules", "@oven", `bun-${runtime}`, "bin", os === "win32" ? "bun.exe" : "bun");
	const onWait = (pid) => log(`Waiting for process ${pid}, which is installing the same runtime ...`);
	await withLock(`${directory}.lock`, { onWait }, async () => {
		if (existsSync(program)) return;
		const draft = `${directory}.draft`;
		for (const left of [draft, directory]) rmSync(left, { recursive: true, force: true });
		mkdirSync(draft, { recursive: true });
		for (const file of manifest) copyFileSync(join(here, file), join(draft, file));
		await runStep({
			title: `Installing the runtime for ${runtime}`,
			...npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", `--os=${os}`, `--cpu=${cpu}`, "--libc=glibc"),
			cwd: draft,
			log,
		});
		renameSync(draft, directory);
	});
	if (!existsSync(program)) throw new Error(`npm has installed no runtime for ${runtime}: does its registry have it?`);
	return program;
}

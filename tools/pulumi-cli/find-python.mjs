import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { withLock } from "../lock.mjs";
import { runStep } from "../step.mjs";
import { cacheDirectory } from "./engine-cache.mjs";

const requirements = join(dirname(fileURLToPath(import.meta.url)), "python", "requirements.txt");
const [folder, usual] = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python3"];

/** The Python of a virtual environment. */
export const pythonOf = (environment) => join(environment, folder, usual);

/**
 * Finds the virtual environment with Pulumi's SDK for Python and mypy, in the versions of python/requirements.txt, or makes it.
 *
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<string>} its directory
 */
export async function findPython({ log = () => {} } = {}) {
	const version = pythonVersion();
	const key = createHash("sha256").update(readFileSync(requirements)).update(version).digest("hex").slice(0, 12);
	const directory = join(cacheDirectory(), `python-${key}`);
	const complete = join(directory, "complete");
	if (existsSync(complete)) return directory;
	const onWait = (pid) => log(`Waiting for process ${pid}, which is installing packages for Python ...`);
	return withLock(join(cacheDirectory(), "python.lock"), { onWait }, async () => {
		if (existsSync(complete)) return directory;
		rmSync(directory, { recursive: true, force: true });
		const make = { command: usual, args: ["-m", "venv", directory] };
		await runStep({ title: "Making a virtual environment for Python", ...make, log });
		const args = ["-m", "pip", "install", "--require-hashes", "--requirement", requirements];
		await runStep({ title: "Installing packages for Python", command: pythonOf(directory), args, log });
		writeFileSync(complete, "");
		return directory;
	});
}

function pythonVersion() {
	try {
		const said = execFileSync(usual, ["-c", "import sys, venv; print(sys.version)"], {
			encoding: "utf8",
			stdio: "pipe",
		});
		return said.trim();
	} catch (error) {
		const why = error.code === "ENOENT" ? `${usual} isn't installed` : error.stderr.trim().split("\n").at(-1);
		throw new Error(
			`No Python could be had: ${why}. What to do: install Python 3.10 or newer with its module venv, then run this again`,
			{ cause: error },
		);
	}
}

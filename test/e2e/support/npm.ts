import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { normalizeSpawnCommand } from "tinyexec";

/** Runs a package manager, such as `npm` or `npx`, which are batch files on Windows, to its end. Resolves with what it wrote. */
export async function run(
	command: string,
	args: string[],
	options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	const normal = normalizeSpawnCommand(command, args, options);
	return (await promisify(execFile)(normal.command, normal.args, { ...options, ...normal.options, encoding: "utf8" }))
		.stdout;
}

/** Runs `npm` in a directory. */
export const npm = async (directory: string, ...args: string[]): Promise<string> =>
	run("npm", args, { cwd: directory });

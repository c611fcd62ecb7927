import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../failure";

/**
 * Writes files into a directory, which is created if it doesn't exist.
 *
 * @param force overwrite existing files
 * @throws UsageError if one of them exists, before any is written
 */
export function writeFiles(directory: string, files: ReadonlyMap<string, string>, force: boolean): void {
	const present = [...files.keys()].filter((path) => existsSync(join(directory, path)));
	if (present.length > 0 && !force) {
		const others = present.length > 1 ? ` and ${present.length - 1} more of the files` : "";
		throw new UsageError(
			`${directory} already has ${present[0]}${others}; nothing was written: give another --output, or --force to overwrite`,
		);
	}
	for (const [path, text] of files) {
		const file = join(directory, path);
		mkdirSync(dirname(file), { recursive: true });
		// Another process may have written it since the check.
		writeFileSync(file, text, { flag: force ? "w" : "wx" });
	}
}

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../failure";

/**
 * Writes files below a directory, which is made if need be.
 *
 * @throws UsageError when one of them is there already, before any is written; with `force` it is overwritten
 */
export function writeFiles(directory: string, files: ReadonlyMap<string, string>, force: boolean): void {
	const present = [...files.keys()].filter((path) => existsSync(join(directory, path)));
	if (present.length > 0 && !force) {
		const others = present.length > 1 ? ` and ${present.length - 1} more of the files` : "";
		throw new UsageError(
			`${directory} has ${present[0]}${others} already, and nothing was written: give another --output, or --force to overwrite`,
		);
	}
	for (const [path, text] of files) {
		const file = join(directory, path);
		mkdirSync(dirname(file), { recursive: true });
		// Between the look and now somebody else may have written it.
		writeFileSync(file, text, { flag: force ? "w" : "wx" });
	}
}

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { format } from "oxfmt";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Writes a generated JSON file; called with `--check`, the script only fails when the file would change. */
export async function writeGenerated(target, content) {
	const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
	const file = join(root, target);
	const options = JSON.parse(readFileSync(join(root, ".oxfmtrc.json"), "utf8"));
	const { code, errors } = await format(file, JSON.stringify(content), options);
	if (errors.length > 0) throw new Error(errors[0].message);
	if (!values.check) {
		writeFileSync(file, code);
		console.log(`${target} is up to date now.`);
		return;
	}
	if (readFileSync(file, "utf8") === code) return;
	console.error(`${target} isn't what the code says. What to do: npm run reference`);
	process.exitCode = 1;
}

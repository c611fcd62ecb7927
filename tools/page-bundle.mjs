import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { rolldown } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Writes dist/report-page/page-script.js: the script of the report's page, with all that it imports, as one file for a browser. */
export async function bundlePage() {
	const bundled = await rolldown({
		input: { "page-script": join(root, "cli/report/page/browser/main.ts") },
		platform: "browser",
		tsconfig: join(root, "tsconfig.json"),
	});
	await bundled.write({ dir: join(root, "dist", "report-page"), entryFileNames: "[name].js", format: "iife" });
	await bundled.close();
}

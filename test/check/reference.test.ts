import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test("docs/reference.md is what the code says", () => {
	const directory = mkdtempSync(join(tmpdir(), "oauth-reference-"));
	try {
		const typedoc = "node_modules/typedoc/bin/typedoc";
		const { stderr } = spawnSync(process.execPath, [typedoc, "--options", "tools/typedoc.json", "--out", directory], {
			encoding: "utf8",
		});
		expect(stderr).toBe("");
		// What to do when they differ: npm run reference.
		expect(readFileSync("docs/reference.md", "utf8")).toBe(readFileSync(join(directory, "reference.md"), "utf8"));
	} finally {
		rmSync(directory, { recursive: true });
	}
});

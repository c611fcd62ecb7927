import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

/** What one of the finders of `tools/pulumi-cli` says on a machine where nothing is installed. */
function saidBy(module: string, finder: string): string {
	const empty = mkdtempSync(join(tmpdir(), "oauth-tools-"));
	onTestFinished(() => rmSync(empty, { recursive: true }));
	const script = `import("./tools/pulumi-cli/${module}").then((tools) => tools.${finder}()).then(() => console.log("found"), (error) => console.log(error.message))`;
	const env = { ...process.env, PATH: empty, PULUMI_GENESYSCLOUD_OAUTH_CACHE: empty };
	return execFileSync(process.execPath, ["-e", script], { env, encoding: "utf8" }).trim();
}

test("without Python, one line says what the thorough run needs", () => {
	expect(saidBy("find-python.mjs", "findPython")).toMatch(
		/^No Python could be had: python\S* isn't installed\. What to do: install Python 3\.10 or newer with its module venv, then run this again$/,
	);
});

test("without Go, one line says what the thorough run needs", () => {
	expect(saidBy("find-sdk-generator.mjs", "findSdkGenerator")).toMatch(
		/^No generator of SDKs could be had: Go isn't installed\. What to do: install Go 1\.26 or newer with a way to a Go module proxy, then run this again$/,
	);
});

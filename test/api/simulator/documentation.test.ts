// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../../built-package.mjs";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { blockOf } from "../../documentation";

const example = blockOf("docs/simulator.md", "In your own tests", "startSimulator");

/** Runs a test file as the page says, in a project that has the package. */
async function runTestFile(text: string): Promise<{ passed: boolean; report: string }> {
	const directory = mkdtempSync(join(tmpdir(), "oauth-simulator-"));
	onTestFinished(() => rmSync(directory, { recursive: true }));
	symlinkSync(join(process.cwd(), "node_modules"), join(directory, "node_modules"), "junction");
	writeFileSync(join(directory, example.file!), text);
	// With node:test's own variable in its environment a run would report to a parent instead of printing.
	const { NODE_TEST_CONTEXT: _, ...env } = process.env;
	const run = promisify(execFile)(process.execPath, ["--test", "--test-reporter=tap", example.file!], {
		cwd: directory,
		env,
	});
	return run.then(
		({ stdout }) => ({ passed: true, report: stdout }),
		({ stdout }: { stdout: string }) => ({ passed: false, report: stdout }),
	);
}

test("the test in docs/simulator.md passes", async () => {
	const { passed, report } = await runTestFile(example.text);
	expect(report).toMatch(/^# pass 1$/m);
	expect(passed).toBe(true);
});

test.each([
	["does nothing", /^\tawait api\.putOauthClient\(.*$/m, "\tawait api.getOauthClient(clientId);", "actual: 'CRM'"],
	["meets no fault", /^\tsimulator\.faults\.add\(.*$/m, "", "actual: 1"],
])("it fails when the code under test %s", async (_, line, replacement, reason) => {
	const changed = example.text.replace(line, replacement);
	expect(changed).not.toBe(example.text);
	const { passed, report } = await runTestFile(changed);
	expect(report).toContain(reason);
	expect(passed).toBe(false);
});

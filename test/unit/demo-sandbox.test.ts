import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { isWindows } from "../platform";

// A shell that has started the machine's Node starts it again, although npm has put another one first on PATH meanwhile.
test.skipIf(isWindows)(
	"the demo's programs run on the Node that PATH names first, whichever Node runs the demo",
	() => {
		const engineDirectory = mkdtempSync(join(tmpdir(), "oauth-demo-sandbox-"));
		onTestFinished(() => rmSync(engineDirectory, { recursive: true }));
		writeFileSync(join(engineDirectory, "pulumi"), '#!/bin/sh\necho "$PATH"\n', { mode: 0o755 });
		const module = pathToFileURL("tools/demo/sandbox.mjs").href;
		const script = `import { Sandbox } from ${JSON.stringify(module)};
		const sandbox = await Sandbox.create({ root: process.cwd(), example: "quickstart", directories: [process.argv[1]], variables: {} });
		await sandbox.run("version");
		await sandbox.remove();`;
		const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script, engineDirectory], {
			encoding: "utf8",
			env: { PATH: ["/first", "/second"].join(delimiter) },
		});
		expect(stderr).toBe("");
		expect(stdout).toBe(`$ pulumi version\n${[engineDirectory, "/first", "/second"].join(delimiter)}\n`);
	},
);

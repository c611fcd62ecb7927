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

test.skipIf(isWindows)(
	"the demo finds a secret in any file that it left and in what Pulumi printed, and Pulumi gets nothing of the user's own",
	() => {
		const engineDirectory = mkdtempSync(join(tmpdir(), "oauth-demo-search-"));
		onTestFinished(() => rmSync(engineDirectory, { recursive: true }));
		writeFileSync(
			join(engineDirectory, "pulumi"),
			'#!/bin/sh\necho "$SHOWN,$PULUMI_ACCESS_TOKEN,$GENESYSCLOUD_REGION"\n',
			{
				mode: 0o755,
			},
		);
		const script = `import { mkdir, writeFile } from "node:fs/promises";
		import { Sandbox } from ${JSON.stringify(pathToFileURL("tools/demo/sandbox.mjs").href)};
		import { searchSecrets } from ${JSON.stringify(pathToFileURL("tools/demo/steps.mjs").href)};
		const outputs = { serviceClientId: "the id", serviceClientSecret: "the secret", webAppClientSecret: "another" };
		const sandbox = await Sandbox.create({
			root: process.cwd(), example: "quickstart", directories: [process.argv[1]], variables: { SHOWN: "another" },
		});
		try {
			await sandbox.run("up");
			await mkdir(sandbox.project + "/a/b", { recursive: true });
			await writeFile(sandbox.project + "/a/b/state.json", "the id, the secret");
			const report = { run: async (_step, work) => console.log(await work()) };
			await searchSecrets({ sandbox, report }, outputs);
		} finally {
			await sandbox.remove();
		}`;
		const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script, engineDirectory], {
			encoding: "utf8",
			env: { PATH: "/usr/bin:/bin", PULUMI_ACCESS_TOKEN: "mine", GENESYSCLOUD_REGION: "mine" },
		});
		expect(stderr).toBe("");
		expect(stdout).toBe("$ pulumi up\nanother,,\nin 1 files, 1 times in Pulumi's output\n");
	},
);

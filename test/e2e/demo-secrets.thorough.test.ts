import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, inject, onTestFinished, test } from "vitest";
import { cacheDirectory } from "../../tools/pulumi-cli/engine-cache.mjs";
import { placesOf } from "./support/leaks";
import { repository } from "./support/test-stack";

/** Notes a digest of every secret and token that the demo's organization makes. */
const notary = `const made = require(${JSON.stringify(join(repository, "dist", "simulator", "organization", "secret-digest.js"))});
const { createSecret, digestOf } = made;
made.createSecret = () => {
	const secret = createSecret();
	require("node:fs").appendFileSync(process.env.DIGESTS, digestOf(secret) + "\\n");
	return secret;
};
`;

/** The text of every file below a directory, by path. Unlike readdirSync this follows no link, such as the one to the packages. */
async function filesBelow(directory: string): Promise<Record<string, string>> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
	return Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")]));
}

test("nothing that a whole demo leaves or shows holds a secret or a token that was made in it", async () => {
	const directory = mkdtempSync(join(tmpdir(), "oauth-demo-secrets-"));
	onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
	const [left, digestsFile, notaryFile] = ["left", "digests", "notary.cjs"].map((name) => join(directory, name)) as [
		string,
		string,
		string,
	];
	for (const name of ["", "temporary", "user"]) mkdirSync(join(left, name));
	writeFileSync(notaryFile, notary);
	const { output, code } = await run(["--import", pathToFileURL(notaryFile).href, "tools/demo.mjs"], {
		DIGESTS: digestsFile,
		PULUMI_GENESYSCLOUD_OAUTH_KEEP_DEMO: "1",
		TMPDIR: join(left, "temporary"),
		HOME: join(left, "user"),
		// In an empty home it would build the host for YAML programs again, which takes minutes.
		PULUMI_GENESYSCLOUD_OAUTH_CACHE: cacheDirectory(),
		PATH: [inject("engineDirectory"), process.env["PATH"]].join(delimiter),
	});
	expect(output).toContain("Every step passed");
	expect(output).toMatch(/The demo took \d+ s\.\n\nWhat next:\n- docs\/getting-started\.md/);
	expect(output).not.toContain("warning:");
	expect(code).toBe(0);
	const digests = new Set(readFileSync(digestsFile, "utf8").trim().split("\n"));
	// The administrator's secret, two clients' secrets, and a token for each run of Pulumi.
	expect(digests.size).toBeGreaterThanOrEqual(9);
	const files = await filesBelow(left);
	expect(placesOf(digests, { ...files, "what the demo printed": output })).toEqual([]);
	// State, its history and backups, Pulumi's home and its logs were searched.
	for (const part of [/backend.*\/stacks\//, /backend.*\/history\//, /backend.*\/backups\//, /\/home\//]) {
		expect(Object.keys(files).filter((path) => part.test(path))).not.toEqual([]);
	}
});

/** Runs Node in the repository, without what belongs to the user's own Pulumi. */
async function run(
	args: string[],
	variables: Record<string, string>,
): Promise<{ output: string; code: number | null }> {
	const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|GENESYSCLOUD|VITEST)_?/.test(name));
	const child = spawn(process.execPath, args, {
		cwd: repository,
		env: { ...Object.fromEntries(inherited), ...variables },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding("utf8").on("data", (text: string) => (output += text));
	const code = await new Promise<number | null>((resolve) => {
		child.once("close", resolve);
	});
	return { output, code };
}

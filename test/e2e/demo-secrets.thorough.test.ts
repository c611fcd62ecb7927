import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, inject, onTestFinished, test } from "vitest";
import { cacheDirectory } from "../../tools/pulumi-cli/engine-cache.mjs";
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

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** The places where one of the secrets stands in clear, by itself or in the header of a login. */
function find(digests: ReadonlySet<string>, texts: Record<string, string>): string[] {
	return Object.entries(texts)
		.filter(([, text]) => {
			const words = [...text.matchAll(/(?<![\w-])[\w-]{43}(?![\w-])/g)].map(([word]) => word);
			const coded = [...text.matchAll(/[A-Za-z0-9+/]{100,}={0,2}/g)].flatMap(([word]) =>
				Buffer.from(word, "base64").toString().split(":"),
			);
			return [...words, ...coded].some((word) => digests.has(digestOf(word)));
		})
		.map(([place]) => place);
}

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
	expect(find(digests, { ...files, "what the demo printed": output })).toEqual([]);
	// State, its history and backups, Pulumi's home and its logs were searched.
	for (const part of [/backend.*\/stacks\//, /backend.*\/history\//, /backend.*\/backups\//, /\/home\//]) {
		expect(Object.keys(files).filter((path) => part.test(path))).not.toEqual([]);
	}
});

test("the search finds a secret among files, in a log's line and in the header of a login", () => {
	const secret = "Zk3-marker_8fQ2mWc0vT7yLr5xNbH9sJd1uPaEoG4i";
	const basic = Buffer.from(`7d9a2c0e-1111-4000-8000-000000000001:${secret}`).toString("base64");
	const texts = {
		state: `{"clientSecret":"${secret}"}`,
		log: `I1123 secret=${secret}\n`,
		header: `authorization: Basic ${basic}`,
		nothing: `${secret.slice(1)} ${digestOf(secret)}`,
	};
	expect(find(new Set([digestOf(secret)]), texts)).toEqual(["state", "log", "header"]);
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

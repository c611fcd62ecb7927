import { globSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";

/** This project's names that nobody owns on a registry yet: what a stranger publishes there must never be installed or run. */
const ours = String.raw`(?:pulumi[-_])?genesyscloud[-_]oauth(?:[-_]sdk)?(?![\w/]|[.-]\w)`;
/** One of them as an argument: not as a part of a file's name. */
const byName = String.raw`[^\n|;&]*?(?<![\w./:-])${ours}[^\n]*`;

const downloading = [
	// With --no it runs the installed copy, or fails.
	/\bnpx\s+(?!(?:--prefix \S+ )?--no(?= |\b))[^\n]*/g,
	/["'`]npx["'`],\s*\[(?!\s*["'`]--no["'`])[^\n]*/g,
	/\bnpm\s+(?:exec|x)\s+(?!--no )[^\n]*/g,
	/\bnpm\s+(?:init|create)\s+(?!-)[^\n]*/g,
	/\b(?:pnpm|yarn)\s+(?:dlx|create)\b[^\n]*/g,
	/\b(?:pnpx|bunx|uvx)\s[^\n]*/g,
	/\bpipx\s+(?:run|install)\s[^\n]*/g,
	/\bbun\s+x\s[^\n]*/g,
	// By its name, and not as a file.
	new RegExp(String.raw`\b(?:npm|pnpm|bun)\s+(?:i|install|add|update)[ \t]${byName}`, "g"),
	new RegExp(String.raw`\byarn\s+(?:add|up)[ \t]${byName}`, "g"),
	new RegExp(String.raw`\b(?:pip3?\s+install|uv\s+(?:add|pip|tool)|poetry\s+add|dotnet\s+add)[ \t]${byName}`, "g"),
	/\bgo\s+(?:get|install|run)\s+\S*genesyscloud[^\n]*/g,
	new RegExp(String.raw`["'\x60]${ours}["'\x60]:\s*["'\x60](?=[\^~<>=*\d]|latest|npm:)[^\n]*`, "g"),
	// GitHub has an account "owner", as it may have any of letters, digits and single hyphens.
	/\bgithub(?:usercontent)?\.com\/OWNER\b[^\n]*/gi,
];

const dangerousIn = (text: string) => downloading.flatMap((pattern) => text.match(pattern) ?? []);

test("no command in code, documentation, examples or workflows can download a stranger's package", () => {
	const files = globSync(["**/*", "**/.*", "**/.*/**/*"], {
		exclude: (name) => ["node_modules", "dist", "coverage", ".git"].includes(name),
	}).filter((file) => statSync(file).isFile() && !file.endsWith("commands-download-nothing.test.ts"));
	expect(files).toEqual(expect.arrayContaining(["README.md", ".github/workflows/ci.yml", "docs/command.md"]));
	const found = files.flatMap((file) => dangerousIn(readFileSync(file, "utf8")).map((line) => `${file}: ${line}`));
	expect(found).toEqual([]);
});

test.each([
	"npx genesyscloud-oauth doctor",
	"npx -y genesyscloud-oauth doctor",
	"npx --yes --no-fund genesyscloud-oauth",
	'run("npx", ["genesyscloud-oauth"])',
	"npm exec genesyscloud-oauth",
	"npm x genesyscloud-oauth",
	"npm create pulumi",
	"pnpm dlx genesyscloud-oauth",
	"yarn dlx genesyscloud-oauth",
	"bunx genesyscloud-oauth",
	"uvx pulumi_genesyscloud_oauth",
	"npm install pulumi-genesyscloud-oauth",
	"`npm i --save-dev @pulumi/pulumi pulumi-genesyscloud-oauth@0.1.0`",
	"pnpm add pulumi-genesyscloud-oauth-sdk",
	"yarn add genesyscloud-oauth@latest",
	"pip install pulumi_genesyscloud_oauth",
	"pip install pulumi-genesyscloud-oauth==0.1.0",
	"uv add pulumi-genesyscloud-oauth",
	"go get github.com/somebody/pulumi-genesyscloud-oauth/sdk",
	'"pulumi-genesyscloud-oauth": "^0.1.0"',
	'"pulumi-genesyscloud-oauth": `^${version}`',
	"github://api.github.com/OWNER/pulumi-genesyscloud-oauth",
	'"github.com/owner/pulumi-genesyscloud-oauth/sdk/go/genesyscloudoauth"',
])("%s is such a command", (command) => {
	expect(dangerousIn(command)).not.toEqual([]);
});

test.each([
	"npx --no genesyscloud-oauth doctor",
	"npx --no -- genesyscloud-oauth --version",
	"npm init -y",
	"npm install",
	"npm install ./vendor/pulumi-genesyscloud-oauth-0.1.0.tgz @pulumi/pulumi",
	'npm install --prefix "$HOME/genesyscloud-oauth" --omit=peer ./pulumi-genesyscloud-oauth-0.1.0.tgz',
	"npm install && npx --no genesyscloud-oauth doctor",
	'"pulumi-genesyscloud-oauth": "file:vendor/pulumi-genesyscloud-oauth-0.1.0.tgz"',
	'"name": "pulumi-genesyscloud-oauth"',
])("%s isn't", (command) => {
	expect(dangerousIn(command)).toEqual([]);
});

import { globSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";

/** Nobody owns the name genesyscloud-oauth on npm: a command that may download it runs what a stranger publishes there. */
const downloading = [
	// With --no it runs the installed copy, or fails.
	/\bnpx\s+(?!(?:--prefix \S+ )?--no(?= |\b))[^\n]*/g,
	/["'`]npx["'`],\s*\[(?!\s*["'`]--no["'`])[^\n]*/g,
	/\bnpm\s+(?:exec|x)\s+(?!--no )[^\n]*/g,
	/\bnpm\s+(?:init|create)\s+(?!-)[^\n]*/g,
	/\b(?:pnpm|yarn)\s+(?:dlx|create)\b[^\n]*/g,
	/\b(?:pnpx|bunx)\s[^\n]*/g,
	/\bbun\s+x\s[^\n]*/g,
];

const dangerousIn = (text: string) => downloading.flatMap((pattern) => text.match(pattern) ?? []);

test("no command in code, documentation, examples or workflows can download a package to run it", () => {
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
])("%s is such a command", (command) => {
	expect(dangerousIn(command)).not.toEqual([]);
});

test.each(["npx --no genesyscloud-oauth doctor", "npx --no -- genesyscloud-oauth --version", "npm init -y"])(
	"%s isn't",
	(command) => {
		expect(dangerousIn(command)).toEqual([]);
	},
);

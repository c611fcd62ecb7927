import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { regions } from "../../provider/api";
import { configurationKeys } from "../../provider/config";
import { version } from "../../provider/version";
import { readmeBlocks } from "../readme-blocks";

const readme = readFileSync("README.md", "utf8");

test("the reference in the README is what the code says", () => {
	const { stderr } = spawnSync(process.execPath, ["tools/reference.mjs", "--check"], { encoding: "utf8" });
	expect(stderr).toBe("");
});

test("every program in the README is free of type errors", () => {
	const directory = mkdtempSync(join(tmpdir(), "oauth-readme-"));
	try {
		symlinkSync(join(process.cwd(), "node_modules"), join(directory, "node_modules"));
		const programs = readmeBlocks().filter(({ language }) => language === "ts");
		expect(programs.length).toBeGreaterThan(0);
		const files = programs.map(({ line, text }) => {
			const file = join(directory, `line-${line}.ts`);
			writeFileSync(file, text);
			return file;
		});
		const tsc = join(process.cwd(), "node_modules/typescript/bin/tsc");
		const found = spawnSync(process.execPath, [tsc, ...compilerOptions, ...files], {
			cwd: directory,
			encoding: "utf8",
		});
		expect(found.stdout).toBe("");
		expect(found.status).toBe(0);
	} finally {
		rmSync(directory, { recursive: true });
	}
});

/** Those of the quickstart, which its reader copies. */
const compilerOptions = [
	"--target",
	"es2023",
	"--module",
	"node20",
	"--types",
	"node",
	"--strict",
	"--skipLibCheck",
	"--noEmit",
];

/** The anchors of a Markdown file's headings, as GitHub makes them. */
const anchorsOf = (markdown: string) =>
	[...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
		heading
			.toLowerCase()
			.replaceAll(/[^\w\s-]/g, "")
			.replaceAll(" ", "-"),
	);

test("every feature in the README's table leads to a section with a program", () => {
	const [, table = ""] = /\n## What it does\n([\s\S]*?)\n## /.exec(readme) ?? [];
	const features = [...table.matchAll(/^\| \[[^\]]+\]\(#([\w-]+)\)/gm)].map(([, anchor]) => anchor);
	expect(features.length).toBeGreaterThan(10);
	const withProgram = new Set(
		readmeBlocks()
			.filter(({ language }) => language === "ts")
			.flatMap(({ heading }) => anchorsOf(`# ${heading}`)),
	);
	expect(features.filter((anchor) => anchor === undefined || !withProgram.has(anchor))).toEqual([]);
});

test.each([
	"README.md",
	"CONTRIBUTING.md",
	"CHANGELOG.md",
	"examples/quickstart/README.md",
	"examples/javascript/README.md",
])("every link of %s leads somewhere", (file) => {
	const text = readFileSync(file, "utf8");
	const dead = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target = ""]) => target)
		.filter((target) => !/^https?:/.test(target))
		.filter((target) => {
			const [path, anchor] = target.split("#") as [string, string?];
			const linked = path === "" ? file : join(dirname(file), path);
			if (!existsSync(linked)) return true;
			return anchor !== undefined && !anchorsOf(readFileSync(linked, "utf8")).includes(anchor);
		});
	expect(dead).toEqual([]);
});

test("every setting is in the README with its variable and its key, and nothing else is", () => {
	const told = [...readme.matchAll(/^\| `(GENESYSCLOUD_\w+)`\s*\| `(genesyscloud:\w+)`/gm)];
	expect(told.map(([, variable, key]) => ({ variable, key })).toSorted(byVariable)).toEqual(
		Object.values(configurationKeys).toSorted(byVariable),
	);
});

const byVariable = (a: { variable?: string | undefined }, b: { variable?: string | undefined }) =>
	(a.variable ?? "").localeCompare(b.variable ?? "");

test("every region is in the README with its domain", () => {
	const told = [...readme.matchAll(/`([a-z]+-[a-z-]+-\d)`\s+\(([\w.-]+)\)/g)].map(([, name, domain]) => [name, domain]);
	expect(Object.fromEntries(told)).toEqual(regions);
});

test("README and examples name the tarball of this version, and the changelog has a section for it", () => {
	for (const file of ["README.md", "examples/quickstart/README.md", "examples/javascript/README.md"]) {
		const told = [...readFileSync(file, "utf8").matchAll(/pulumi-genesyscloud-oauth-([\d.]+)\.tgz/g)];
		expect(new Set(told.map(([, number]) => number))).toEqual(new Set([version]));
	}
	expect(readFileSync("CHANGELOG.md", "utf8")).toMatch(new RegExp(`^## \\[${version}\\]`, "m"));
});

// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../built-package.mjs";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf, pages } from "../documentation";

// They import the package as it is shipped.
/** Outlives the run, and what the compiler knows with it: it reads again only what has changed. */
const directory = join(process.cwd(), "node_modules/.cache/documented-programs");
const programs = join(directory, "programs");

/** This package with what it ships: its sources, which stand beside that here, must not be found. */
const installed = join(directory, "node_modules/pulumi-genesyscloud-oauth");

const common = { strict: true, noEmit: true };
const settings = [
	{
		of: "the quickstart's settings, which its reader copies",
		compilerOptions: { ...common, target: "es2023", module: "node20", types: ["node"], skipLibCheck: true },
	},
	{
		of: "the settings of Pulumi's own template",
		compilerOptions: {
			...common,
			target: "es2020",
			module: "commonjs",
			moduleResolution: "node",
			// TypeScript 6 says of the former that it ends with 7; TypeScript 5, which the template takes, doesn't.
			ignoreDeprecations: "6.0",
			// The default of TypeScript 5.
			esModuleInterop: false,
			types: ["node"],
			experimentalDecorators: true,
			noFallthroughCasesInSwitch: true,
			noImplicitReturns: true,
			forceConsistentCasingInFileNames: true,
		},
	},
];

test.each(settings)("every program in README and docs is free of type errors with $of", ({ of, compilerOptions }) => {
	for (const folder of [programs, installed]) rmSync(folder, { recursive: true, force: true });
	for (const folder of [programs, join(installed, "policy")]) mkdirSync(folder, { recursive: true });
	for (const file of ["package.json", "policy/package.json"]) copyFileSync(file, join(installed, file));
	symlinkSync(join(process.cwd(), "dist"), join(installed, "dist"), "junction");
	const blocks = pages.flatMap(blocksOf).filter(({ language }) => language === "ts");
	expect(blocks.length).toBeGreaterThan(0);
	const files = blocks.map(({ page, line, text }) => {
		const file = join(programs, `${page.replaceAll("/", "-")}-line-${line}.ts`);
		writeFileSync(file, text);
		return file;
	});
	const project = join(directory, "tsconfig.json");
	const incremental = { incremental: true, tsBuildInfoFile: join(directory, `${of}.tsbuildinfo`) };
	writeFileSync(project, JSON.stringify({ compilerOptions: { ...compilerOptions, ...incremental }, files }));
	const tsc = join(process.cwd(), "node_modules/typescript/bin/tsc");
	const { stdout } = spawnSync(process.execPath, [tsc, "--project", project], { encoding: "utf8" });
	// The declarations of @pulumi/policy have mistakes of their own.
	expect(stdout.split("\n").filter((line) => !line.startsWith("node_modules/@pulumi/policy/"))).toEqual([""]);
});

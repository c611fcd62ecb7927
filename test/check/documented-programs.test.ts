import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsBuild } from "../built-package";
import { blocksOf, pages } from "../documentation";

// They import the package as it is shipped.
needsBuild();

/** Outlives the run, and what the compiler knows with it: it reads again only what has changed. */
const directory = join(process.cwd(), "node_modules/.cache/documented-programs");
const programs = join(directory, "programs");

/** Those of the quickstart, which its reader copies. */
const compilerOptions = {
	target: "es2023",
	module: "node20",
	types: ["node"],
	strict: true,
	skipLibCheck: true,
	noEmit: true,
};

test("every program in README and docs is free of type errors", () => {
	rmSync(programs, { recursive: true, force: true });
	mkdirSync(programs, { recursive: true });
	const blocks = pages.flatMap(blocksOf).filter(({ language }) => language === "ts");
	expect(blocks.length).toBeGreaterThan(0);
	const files = blocks.map(({ page, line, text }) => {
		const file = join(programs, `${page.replaceAll("/", "-")}-line-${line}.ts`);
		writeFileSync(file, text);
		return file;
	});
	const project = join(directory, "tsconfig.json");
	const incremental = { incremental: true, tsBuildInfoFile: join(directory, "tsbuildinfo") };
	writeFileSync(project, JSON.stringify({ compilerOptions: { ...compilerOptions, ...incremental }, files }));
	const tsc = join(process.cwd(), "node_modules/typescript/bin/tsc");
	const { stdout, status } = spawnSync(process.execPath, [tsc, "--project", project], { encoding: "utf8" });
	expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});

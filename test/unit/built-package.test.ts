import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { inspectBuild } from "../../tools/built-package.mjs";

let clone: string;
const write = (file: string, text: string) => {
	mkdirSync(dirname(join(clone, file)), { recursive: true });
	writeFileSync(join(clone, file), text);
};

beforeEach(() => {
	clone = mkdtempSync(join(tmpdir(), "oauth-build-"));
	onTestFinished(() => rmSync(clone, { recursive: true }));
	write("provider/index.ts", "source");
	write("node_modules/.package-lock.json", "packages");
	const { noteBuild } = inspectBuild(clone);
	write("dist/provider/index.js", "built");
	noteBuild();
});

test("what was built of these sources stays, whatever the dates say and the programs leave there", () => {
	write("provider/index.ts", "source");
	write("dist/plugin/compile-cache/v24/a", "compiled");
	expect(inspectBuild(clone)).toMatchObject({ isCurrent: true, isUntouched: true });
});

test.each([
	["a changed source", "provider/index.ts", "another"],
	["a new source", "plugin/schema.json", "{}"],
	["another package", "node_modules/.package-lock.json", "others"],
	["another tool", "tools/build.mjs", "tool"],
])("%s needs a build, which the compiler does from what it knows", (_, file, text) => {
	write(file, text);
	expect(inspectBuild(clone)).toMatchObject({ isCurrent: false, isUntouched: true });
});

test.each([
	["changed", () => write("dist/provider/index.js", "mine")],
	["taken away", () => rmSync(join(clone, "dist/provider"), { recursive: true })],
	["added", () => write("dist/cli/main.js", "old")],
	["cut off", () => write("dist/.stamp.json", "{")],
])("what was %s in dist/ needs a build of everything", (_, change) => {
	change();
	expect(inspectBuild(clone)).toMatchObject({ isCurrent: false, isUntouched: false });
});

test("a source that is changed during the build needs another", () => {
	const { noteBuild } = inspectBuild(clone);
	write("provider/index.ts", "later");
	noteBuild();
	expect(inspectBuild(clone).isCurrent).toBe(false);
});

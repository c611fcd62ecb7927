import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import * as lifecycle from "../../provider/lifecycle";
import { serializedProvider, providerProperty } from "../../provider/serialized-provider";
import { version } from "../../provider/version";

const root = join(__dirname, "..", "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
	name: string;
	version: string;
	exports: Record<string, { default: string }>;
};

/** Evaluates the text as Pulumi's dynamic provider does, with a `require` of the test's own. */
function evaluate(text: string, load: (path: string) => unknown): Record<string, unknown> {
	const exports: { handler?: () => unknown } = {};
	runInNewContext(text, { exports, require: load });
	return exports.handler?.() as Record<string, unknown>;
}

describe("the text in everybody's state", () => {
	test("is this constant, for ever: state of any age holds it", () => {
		expect(serializedProvider).toBe('exports.handler = () => require("pulumi-genesyscloud-oauth/lifecycle");');
		expect(providerProperty).toBe("__provider");
	});

	test("is small and holds no logic and no credential", () => {
		expect(Buffer.byteLength(serializedProvider)).toBeLessThanOrEqual(2048);
		expect(serializedProvider.match(/require\(/g)).toHaveLength(1);
		expect(serializedProvider).not.toMatch(/process|env|fetch|http|secret|token/i);
	});

	test("loads the package by a path that it exports, and nothing else", () => {
		const loaded: string[] = [];
		evaluate(serializedProvider, (path) => loaded.push(path));
		expect(loaded).toEqual([`${manifest.name}/lifecycle`]);
		expect(manifest.exports["./lifecycle"]?.default).toBe("./dist/lifecycle/lifecycle.cjs");
	});

	test("loads two files of the package and no library: got comes with the first request", () => {
		const entry = join(root, "dist", "lifecycle", "lifecycle.cjs");
		const loading = `require(${JSON.stringify(entry)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
		const loaded = JSON.parse(execFileSync(process.execPath, ["--eval", loading], { encoding: "utf8" })) as string[];
		expect(loaded.map((path) => relative(root, path)).toSorted()).toEqual([
			join("dist", "lifecycle", "lifecycle.cjs"),
			join("dist", "lifecycle", "rolldown-runtime.cjs"),
		]);
	});

	test("gives a provider with the seven methods that Pulumi calls", () => {
		const provider = evaluate(serializedProvider, () => lifecycle);
		for (const method of ["check", "configure", "create", "delete", "diff", "read", "update"])
			expect(provider[method]).toBeTypeOf("function");
	});

	test("is evaluated by Pulumi's own loader into the built package", () => {
		const requireHere = createRequire(join(root, "package.json"));
		const fromSdk = createRequire(requireHere.resolve("@pulumi/pulumi"));
		const requireFromString = fromSdk("require-from-string") as (text: string) => { handler(): object };
		const directory = process.cwd();
		expect(directory).toBe(root);
		expect(Object.keys(requireFromString(serializedProvider).handler()).toSorted()).toEqual(
			Object.keys(lifecycle).toSorted(),
		);
	});
});

test("the version that the package tells servers is package.json's", () => {
	expect(version).toBe(manifest.version);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import * as lifecycle from "../../provider/dynamic-provider";
import { serializedProvider, providerProperty } from "../../provider/serialized-provider";
import { version } from "../../provider/api/version";

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

	test("gives a provider with the seven methods that Pulumi calls", () => {
		const provider = evaluate(serializedProvider, () => lifecycle);
		for (const method of ["check", "configure", "create", "delete", "diff", "read", "update"])
			expect(provider[method]).toBeTypeOf("function");
	});
});

test("the version that the package tells servers is package.json's", () => {
	expect(version).toBe(manifest.version);
});

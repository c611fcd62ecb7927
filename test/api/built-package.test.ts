// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../built-package.mjs";
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import * as lifecycle from "../../provider/dynamic-provider";
import { serializedProvider } from "../../provider/serialized-provider";

const root = join(__dirname, "..", "..");

test("the text in the state loads two files of the package and no library: got comes with the first request", () => {
	const entry = join(root, "dist", "lifecycle", "lifecycle.cjs");
	const loading = `require(${JSON.stringify(entry)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
	// Without what the tests load into each process.
	const { NODE_OPTIONS: _, ...env } = process.env;
	const loaded = JSON.parse(execFileSync(process.execPath, ["--eval", loading], { encoding: "utf8", env })) as string[];
	expect(loaded.map((path) => relative(root, path)).toSorted()).toEqual([
		join("dist", "lifecycle", "lifecycle.cjs"),
		join("dist", "lifecycle", "rolldown-runtime.cjs"),
	]);
});

test("the text in the state is evaluated by Pulumi's own loader into the built package", () => {
	const requireHere = createRequire(join(root, "package.json"));
	const fromSdk = createRequire(requireHere.resolve("@pulumi/pulumi"));
	const requireFromString = fromSdk("require-from-string") as (text: string) => { handler(): object };
	const directory = process.cwd();
	expect(directory).toBe(root);
	expect(Object.keys(requireFromString(serializedProvider).handler()).toSorted()).toEqual(
		Object.keys(lifecycle).toSorted(),
	);
});

test("the schemas are loaded by the first check, not with the package", () => {
	const script = `
		const { validateOAuthClient } = require("pulumi-genesyscloud-oauth");
		const hasSchemas = () => Object.keys(require.cache).some((file) => file.includes("valibot"));
		const before = hasSchemas();
		validateOAuthClient({}).then((found) => console.log(before, hasSchemas(), found.length > 0));
	`;
	const { stdout, stderr } = spawnSync(process.execPath, ["--eval", script], { encoding: "utf8" });
	expect([stdout.trim(), stderr]).toEqual(["false true true", ""]);
});

test("a program that needs nothing else of Pulumi's SDK runs without the TypeScript compiler, which the SDK's index loads", () => {
	const script = `
		const { setMocks } = require("@pulumi/pulumi/runtime/mocks");
		const { OAuthClient } = require("pulumi-genesyscloud-oauth");
		setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
		const client = new OAuthClient("crm", { name: "CRM sync", authorizedGrantType: "CODE" });
		client.name.apply((name) => {
			console.log(name, Object.keys(require.cache).filter((file) => file.endsWith("typescript.js")));
		});
	`;
	const { stdout, stderr } = spawnSync(process.execPath, ["--eval", script], { encoding: "utf8" });
	expect([stdout.trim(), stderr]).toEqual(["CRM sync []", ""]);
});

// oxlint-disable-next-line import/no-unassigned-import -- builds what is started here
import "../built-package.mjs";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { isWindows } from "../platform";
import { type GrpcError, startDynamicProvider, withProvider } from "./support/provider-process";
import { failureOf } from "./support/simulated-api";

const olderNode = join(__dirname, "support", "older-node.cjs");
const needed = `pulumi-genesyscloud-oauth needs Node 22.12 or newer, but Pulumi runs it with Node 20.18.0 (${process.execPath}): put a newer node first on PATH`;

/** A program that loads an entry of the package, and tells how that failed and which libraries were loaded before. */
const loading = (entry: string) => `
	const isLibrary = (path) => path.includes("node_modules");
	try {
		require(${JSON.stringify(entry)});
	} catch (error) {
		console.log(JSON.stringify({ stack: error.stack, libraries: Object.keys(require.cache).filter(isLibrary) }));
	}`;

describe("an older Node than the package needs", () => {
	test.each(["pulumi-genesyscloud-oauth", "pulumi-genesyscloud-oauth/lifecycle"])(
		"fails %s with one line that names both, before any library is loaded",
		async (entry) => {
			const { stdout } = await promisify(execFile)(process.execPath, [
				"--require",
				olderNode,
				"--eval",
				loading(entry),
			]);
			expect(JSON.parse(stdout)).toEqual({ stack: needed, libraries: [] });
		},
	);

	test("is met before the libraries within the bundle, too, which are in one file with the check", () => {
		const text = readFileSync(join(process.cwd(), "dist", "lifecycle", "lifecycle.cjs"), "utf8");
		const [check, library] = ["pulumi-genesyscloud-oauth needs Node", "valibot"].map((part) => text.indexOf(part));
		expect(check).toBeGreaterThan(0);
		expect(library).toBeGreaterThan(Number(check));
	});

	test("fails a program with that line alone, as Pulumi shows it", async () => {
		const program = `
			const { RunError } = require("@pulumi/pulumi");
			try {
				require("pulumi-genesyscloud-oauth");
			} catch (error) {
				console.log(JSON.stringify({ hasStack: !RunError.isInstance(error), shown: error.message, beside: Object.keys(error) }));
			}`;
		const { stdout } = await promisify(execFile)(process.execPath, ["--require", olderNode, "--eval", program]);
		expect(JSON.parse(stdout)).toEqual({ hasStack: false, shown: needed, beside: [] });
	});

	test("ends the plugin with that line alone", async () => {
		const plugin = join(process.cwd(), "dist", "plugin", "pulumi-resource-genesyscloud-oauth.cjs");
		const ended = promisify(execFile)(process.execPath, ["--require", olderNode, plugin]);
		await expect(ended).rejects.toMatchObject({ code: 1, stdout: "", stderr: `${needed}\n` });
	});

	test.skipIf(isWindows)("or none ends the plugin's starter with one line that says what to install", async () => {
		const starter = join(process.cwd(), "dist", "plugin", "pulumi-resource-genesyscloud-oauth");
		const ended = promisify(execFile)(starter, [], { env: { PATH: "" } });
		await expect(ended).rejects.toMatchObject({
			code: 1,
			stdout: "",
			stderr:
				"pulumi-resource-genesyscloud-oauth needs Node 22.12 or newer: install Node 24 and put it on PATH, or install the plugin's executable\n",
		});
	});

	test("fails each call of the engine with that line, which names no fault of the package and holds no stack", async () => {
		const provider = await startDynamicProvider({ NODE_OPTIONS: `--require ${JSON.stringify(olderNode)}` });
		const inputs = withProvider({ name: "CRM sync", authorizedGrantType: "TOKEN" });
		const calls = [
			provider.check(inputs),
			provider.diff("id", inputs, inputs),
			provider.create(inputs),
			provider.read("id", { properties: inputs, inputs }),
			provider.update("id", inputs, inputs),
			provider.delete("id", inputs),
		];
		const failures = await Promise.all(calls.map(async (call) => failureOf<GrpcError>(call)));
		expect(failures.map(({ details }) => details)).toEqual(calls.map(() => needed));
		// Pulumi prints the failures of check, diff, read and delete too.
		expect(await provider.printed()).toBe(`Node is too old: ${needed}\n`.repeat(4));
	});
});

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { version } from "../../provider/api/version";
import { blockOf } from "../documentation";
import { pluginDirectory } from "../plugin-program";
import { eachStack } from "./support/each-stack";
import { repository, type TestStack } from "./support/test-stack";
import { yamlService } from "./support/yaml-clients";

const startStack = eachStack();
const assets = join(repository, "dist", "plugin-assets");
const install = ["plugin", "install", "resource", "genesyscloud-oauth", version];

/** Takes the plugin off a stack's PATH. */
function withoutPlugin(stack: TestStack): void {
	const path = (stack.environment["PATH"] ?? "").split(delimiter);
	stack.environment["PATH"] = path.filter((directory) => directory !== pluginDirectory).join(delimiter);
}

/** A stack on a machine that has only Pulumi: no Node, no shell, and no way to download anything. */
async function startWithoutNode(): Promise<TestStack> {
	const stack = await startStack();
	stack.environment["PATH"] = [inject("engineDirectory"), inject("yamlHostDirectory")].join(delimiter);
	stack.environment["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true";
	stack.write(
		"Pulumi.yaml",
		blockOf("docs/languages.md", "YAML", "fn::invoke").text.replace("name: infra", "name: test"),
	);
	return stack;
}

describe("what npm run plugin:pack packs for this system", () => {
	let asset = "";
	let sum = "";
	beforeAll(() => {
		execFileSync(process.execPath, ["tools/plugin-pack.mjs", "--own-system"], { cwd: repository });
		const lines = readFileSync(join(assets, "SHA256SUMS"), "utf8").trim().split("\n");
		const line = lines.find((one) => !one.includes("-node.tar.gz"));
		[sum = "", asset = ""] = line?.split("  ") ?? [];
	});

	test("is an archive with an executable, one with the script, the checksums of both, and the licenses of all that is in them", () => {
		const archives = readdirSync(assets).filter((name) => name.endsWith(".tar.gz"));
		expect(archives.toSorted()).toEqual(
			[asset, `pulumi-resource-genesyscloud-oauth-v${version}-node.tar.gz`].toSorted(),
		);
		expect(sum).toBe(
			createHash("sha256")
				.update(readFileSync(join(assets, asset)))
				.digest("hex"),
		);
		const system = readdirSync(join(assets, "content")).find((name) => name !== "node") ?? "";
		const licenses = readFileSync(join(assets, "content", system, "LICENSES"), "utf8");
		for (const name of ["pulumi-genesyscloud-oauth", "@pulumi/pulumi", "@grpc/grpc-js", "got", "valibot", "Bun"]) {
			expect(licenses).toMatch(new RegExp(`^${name} \\d`, "m"));
		}
	});

	test("runs the YAML program of docs/languages.md on a machine without Node", async () => {
		const stack = await startWithoutNode();
		expect(await stack.fails("up")).toContain("genesyscloud-oauth");
		expect(await stack.pulumi(...install, "--file", join(assets, asset))).toMatchObject({ code: 0 });
		await stack.run("up");
		const { clientId, clientSecret } = (await stack.outputs()) as unknown as Record<string, string>;
		expect(await stack.canLogIn(clientId ?? "", clientSecret ?? "")).toBe(true);
		await stack.run("up", "--expect-no-changes");
		await stack.run("destroy");
		expect(stack.simulator.organization.clients()).toEqual([]);
	});
});

test("the npm package has the plugin as a command, which Pulumi finds on PATH", async () => {
	const stack = await startStack();
	withoutPlugin(stack);
	const bin = join(stack.directory, "bin");
	mkdirSync(bin);
	const { bin: commands } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
		bin: Record<string, string>;
	};
	const name = "pulumi-resource-genesyscloud-oauth";
	// What npm does for a package's command.
	symlinkSync(join(repository, commands[name] ?? ""), join(bin, name));
	stack.environment["PATH"] = [bin, stack.environment["PATH"]].join(delimiter);
	stack.declareYaml({ resources: { app: yamlService() } });
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toHaveLength(1);
});

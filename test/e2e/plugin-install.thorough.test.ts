import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { version } from "../../provider/api/version";
import { pluginDirectory } from "../plugin-program";
import { eachStack } from "./support/each-stack";
import { repository, type TestStack } from "./support/test-stack";
import { outputsOfApp, yamlService } from "./support/yaml-clients";

const startStack = eachStack();

/** Takes the plugin off a stack's PATH. */
function withoutPlugin(stack: TestStack): void {
	const path = (stack.environment["PATH"] ?? "").split(delimiter);
	stack.environment["PATH"] = path.filter((directory) => directory !== pluginDirectory).join(delimiter);
}

test("npm run plugin:pack packs what pulumi plugin install takes, for each system, with the licenses of all that is in it", async () => {
	execFileSync(process.execPath, ["tools/plugin-pack.mjs"], { cwd: repository });
	const assets = readdirSync(join(repository, "dist", "plugin-assets"));
	const systems = ["darwin", "linux", "windows"].flatMap((system) => [`${system}-amd64`, `${system}-arm64`]);
	expect(assets.toSorted()).toEqual(
		systems.map((system) => `pulumi-resource-genesyscloud-oauth-v${version}-${system}.tar.gz`),
	);
	const licenses = readFileSync(join(pluginDirectory, "LICENSES"), "utf8");
	for (const name of [
		"pulumi-genesyscloud-oauth",
		"@pulumi/pulumi",
		"@grpc/grpc-js",
		"google-protobuf",
		"got",
		"valibot",
	]) {
		expect(licenses).toMatch(new RegExp(`^${name} \\d`, "m"));
	}

	const stack = await startStack();
	withoutPlugin(stack);
	stack.declareYaml({ resources: { app: yamlService() }, outputs: outputsOfApp });
	stack.environment["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true";
	await stack.fails("up");
	const asset = join(repository, "dist", "plugin-assets", assets.find((name) => name.includes("linux-amd64")) ?? "");
	const installed = await stack.pulumi("plugin", "install", "resource", "genesyscloud-oauth", version, "--file", asset);
	expect(installed).toMatchObject({ code: 0 });
	await stack.run("up");
	const { app } = await stack.outputs();
	expect(await stack.canLogIn(app?.id ?? "", app?.secret ?? "")).toBe(true);
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

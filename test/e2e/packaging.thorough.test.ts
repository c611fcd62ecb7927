import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { version } from "../../provider/api/version";
import { blockOf } from "../documentation";
import { isWindows } from "../platform";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { npm, run } from "./support/npm";
import { repository, type TestStack } from "./support/test-stack";

const startStack = eachStack();

/** Gives a stack a node_modules in which this package lies for real, as an installed one does. */
function installCopy(stack: TestStack): string {
	const modules = join(stack.project, "node_modules");
	rmSync(modules);
	mkdirSync(modules);
	const copy = join(modules, "pulumi-genesyscloud-oauth");
	for (const part of ["package.json", "dist"]) cpSync(join(repository, part), join(copy, part), { recursive: true });
	symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"), "junction");
	symlinkSync(join(repository, "node_modules", "@pulumi"), join(modules, "@pulumi"), "junction");
	return copy;
}

test("state that lacks what a newer version adds shows no change, and keeps its secret", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = await stack.outputs();
	await stack.rewriteState(({ outputs, type }) => {
		if (outputs === undefined || !type.endsWith(":OAuthClient")) return;
		for (const name of ["declared", "homeDivisionId", "selfUri", "modifiedBy"]) delete outputs[name];
	});
	await stack.run("up", "--expect-no-changes");
	await stack.run("refresh");
	await stack.run("up", "--expect-no-changes");
	expect(await stack.outputs()).toEqual(before);
});

test("state made by an older build is read and deleted by the newer one that is installed", async () => {
	const stack = await startStack();
	const copy = installCopy(stack);
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = await stack.outputs();

	// The newer build notes what it is asked to do: nothing else tells which build has run.
	const notes = join(stack.directory, "notes");
	const entry = join(copy, "dist/lifecycle/lifecycle.cjs");
	appendFileSync(
		entry,
		`for (const name of ["diff", "read", "delete"]) {
	const older = exports[name];
	exports[name] = (...args) => {
		require("node:fs").appendFileSync(${JSON.stringify(notes)}, name + "\\n");
		return older(...args);
	};
}
`,
	);
	await stack.run("up", "--expect-no-changes");
	await stack.run("refresh", "--expect-no-changes");
	expect(await stack.outputs()).toEqual(before);
	await stack.run("destroy");
	expect(new Set(readFileSync(notes, "utf8").trim().split("\n"))).toEqual(new Set(["diff", "read", "delete"]));
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test.skipIf(isWindows)(
	"the commands of docs/command.md install and run the command by itself, where no project is",
	async () => {
		const stack = await startStack();
		const home = join(stack.directory, "elsewhere");
		mkdirSync(home);
		await npm(repository, "pack", "--ignore-scripts", "--pack-destination", home);
		const { text } = blockOf("docs/command.md", "Without a Node project", "npm install");
		const environment = { ...stack.environment, HOME: home, npm_config_prefer_offline: "true" };
		const printed = await run("sh", ["-ec", text], { cwd: home, env: environment });
		expect(printed).toMatch(/fine +Login/);
		expect(existsSync(join(home, "genesyscloud-oauth/node_modules/@pulumi"))).toBe(false);
		expect(existsSync(join(home, "node_modules"))).toBe(false);
	},
);

test("npx, as documented, runs and downloads nothing where the package isn't installed", async () => {
	const stack = await startStack();
	const cache = join(stack.directory, "cache");
	const env = { ...stack.environment, npm_config_cache: cache };
	for (const missing of ["genesyscloud-oauth", "cowsay"]) {
		const ran = run("npx", ["--no", missing, "doctor"], { cwd: stack.directory, env });
		await expect(ran).rejects.toMatchObject({ code: 1, stdout: "" });
	}
	expect(globSync(join(cache, "_npx/*/node_modules/*"))).toEqual([]);
});

test("the packed package works when it is installed into an empty project elsewhere", async () => {
	const stack = await startStack();
	const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", stack.directory];
	const [{ filename: tarball }] = JSON.parse(await npm(repository, ...pack)) as [{ filename: string }];
	rmSync(join(stack.project, "node_modules"));
	stack.write("package.json", JSON.stringify({ name: "elsewhere", main: "index.js", private: true }));
	await npm(
		stack.project,
		"install",
		"--prefer-offline",
		"--no-audit",
		"--no-fund",
		join(stack.directory, tarball),
		"@pulumi/pulumi@3.276.0",
	);
	expect(existsSync(join(stack.project, "node_modules/pulumi-genesyscloud-oauth/dist/provider/index.js"))).toBe(true);
	expect(existsSync(join(stack.project, "node_modules/pulumi-genesyscloud-oauth/test"))).toBe(false);

	// As docs/command.md says it.
	const installedOnly = async (...args: string[]) =>
		run("npx", ["--no", ...args], { cwd: stack.project, env: stack.environment });
	expect(await installedOnly("--", "genesyscloud-oauth", "--version")).toBe(`${version}\n`);
	const checked = await installedOnly("genesyscloud-oauth", "doctor", "--json", "--quiet");
	expect(JSON.parse(checked)).toMatchObject({ verdict: "fine" });
	expect(existsSync(join(stack.project, "node_modules/pulumi-genesyscloud-oauth/docs/command.md"))).toBe(true);
	const installed = join(stack.project, "node_modules/pulumi-genesyscloud-oauth/dist/cli/main.js");
	const command = spawn(process.execPath, [installed, "simulator", "--port", "0"], {
		cwd: stack.project,
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [firstLine] = (await once(createInterface({ input: command.stdout }), "line")) as [string];
	expect(JSON.parse(firstLine)).toEqual({
		url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
		clientId: expect.any(String),
		clientSecret: expect.any(String),
	});
	command.kill();
	await once(command, "exit");

	stack.declare({ app: webApp() });
	await stack.run("up");
	await stack.run("up", "--expect-no-changes");
	await stack.run("refresh", "--expect-no-changes");
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

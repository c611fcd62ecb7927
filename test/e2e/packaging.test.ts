import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { version } from "../../provider/version";
import { isWindows } from "../platform";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { npm, run } from "./support/npm";
import { repository } from "./support/test-stack";

const startStack = eachStack();

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

test("what is serialised into state is one short, constant line without logic or credential", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp(), other: webApp({ name: "Other" }) });
	await stack.run("up");
	const texts = (await stack.state())
		.filter(({ type }) => type.endsWith(":OAuthClient"))
		.flatMap(({ inputs, outputs }) => [inputs?.["__provider"], outputs?.["__provider"]]);
	expect(texts).toHaveLength(4);
	expect(new Set(texts)).toEqual(new Set(['exports.handler = () => require("pulumi-genesyscloud-oauth/lifecycle");']));
});

test.skipIf(isWindows)("set-up fails, and says what it tried, when no engine can be had", async () => {
	const stack = await startStack();
	const empty = join(stack.directory, "empty");
	mkdirSync(empty);
	// A machine with Node and a shell, but without Pulumi, without Go and without a way to download anything.
	for (const tool of ["sh", "env"]) symlinkSync(`/bin/${tool}`, join(empty, tool));
	symlinkSync(process.execPath, join(empty, "node"));
	writeFileSync(join(empty, "curl"), "#!/bin/sh\nexit 6\n", { mode: 0o755 });
	let failure: { status?: number; stderr?: string } = {};
	try {
		execFileSync(process.execPath, [join(repository, "tools/pulumi-cli/find-engine.mjs")], {
			cwd: empty,
			encoding: "utf8",
			env: { PATH: empty, HOME: empty, PULUMI_GENESYSCLOUD_OAUTH_CACHE: join(empty, "cache") },
			stdio: ["ignore", "pipe", "pipe"],
		});
	} catch (error) {
		failure = error as typeof failure;
	}
	expect(failure.status).toBe(1);
	expect(failure.stderr).toContain("No Pulumi engine could be had");
	expect(failure.stderr).toContain("a pulumi on PATH");
	expect(failure.stderr).toContain("Go");
	expect(failure.stderr).not.toMatch(/^\s+at /m);
});

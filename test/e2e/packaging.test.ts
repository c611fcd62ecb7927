import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isWindows } from "../platform";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { repository } from "./support/test-stack";

const startStack = eachStack();

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

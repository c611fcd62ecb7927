import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Block, blocksOf } from "../documentation";
import { eachStack } from "./support/each-stack";
import { npm } from "./support/npm";
import { good } from "./support/policy-run";
import { repository, type TestStack } from "./support/test-stack";

const startStack = eachStack();

/** Makes a folder of the project out of the files that a section of a page shows. */
function writeFolder(stack: TestStack, name: string, blocks: Block[]): void {
	mkdirSync(join(stack.project, name));
	for (const { file, text } of blocks) stack.write(join(name, file!), text);
	symlinkSync(join(repository, "node_modules"), join(stack.project, name, "node_modules"), "junction");
}

test("the pack in the tarball runs from node_modules", async () => {
	const stack = await startStack();
	const [{ filename }] = JSON.parse(
		await npm(repository, "pack", "--json", "--ignore-scripts", "--pack-destination", stack.directory),
	) as [{ filename: string }];
	rmSync(join(stack.project, "node_modules"));
	stack.write("package.json", JSON.stringify({ name: "elsewhere", main: "index.js", private: true }));
	const tarball = join(stack.directory, filename);
	const quiet = ["--prefer-offline", "--no-audit", "--no-fund"];
	await npm(stack.project, "install", ...quiet, tarball, "@pulumi/pulumi@3.276.0");
	const pack = ["--policy-pack", "node_modules/pulumi-genesyscloud-oauth/policy"];
	stack.declare({ app: good() });
	const without = await stack.fails("preview", ...pack);
	expect(without).toContain(
		"this policy pack needs @pulumi/policy, which isn't installed: npm install --save-dev @pulumi/policy",
	);
	expect(without).not.toMatch(/^\s+at /m);

	await npm(stack.project, "install", "--save-dev", ...quiet, "@pulumi/policy@1.21.0");
	expect((await stack.run("preview", ...pack)).output).toContain("✅ genesyscloud-oauth@v0.1.0");
	stack.declare({ app: good({ registeredRedirectUri: ["http://app.example.com/callback"] }) });
	expect(await stack.fails("up", ...pack)).toContain("[mandatory]  require-https-redirect-uris");
	expect(stack.simulator.organization.clientsByName("Web app")).toEqual([]);
});

test("the configuration that docs/policy.md shows does what it says", async () => {
	const stack = await startStack();
	const shown = blocksOf("docs/policy.md").find(({ file }) => file === "policy.json");
	stack.write("policy.json", shown!.text);
	const pack = ["--policy-pack", join(repository, "policy"), "--policy-pack-config", "policy.json"];
	const short = { accessTokenValiditySeconds: 3600 };
	const rarely = { ...short, secretRotation: { maxAgeDays: 365 } };
	stack.declare({
		app: good({ ...short, scope: ["conversations"] }),
		"legacy-import": good({ ...rarely, name: "Old" }),
	});
	expect((await stack.run("preview", ...pack)).output).toContain("✅");
	stack.declare({ app: good({ ...rarely, scope: ["users"] }), other: good({ name: "Other" }) });
	const output = await stack.fails("preview", ...pack);
	expect(output).toContain("[mandatory]  limit-token-life  (pulumi-nodejs:dynamic/genesyscloud:OAuthClient: other)");
	expect(output).toContain("[mandatory]  no-broad-scopes");
	expect(output).toContain("secretRotation.maxAgeDays is more than 180.");
});

test("the pack of one's own in docs/policy.md runs, and has its own defaults", async () => {
	const stack = await startStack();
	const blocks = blocksOf("docs/policy.md").filter(
		({ heading, file }) => heading === "A pack of your own" && file !== undefined,
	);
	expect(blocks.map(({ file }) => file)).toEqual(["index.ts", "package.json", "PulumiPolicy.yaml"]);
	writeFolder(stack, "acme", blocks);

	stack.declare({ app: good({ accessTokenValiditySeconds: 3600, scope: ["users"] }) });
	expect((await stack.run("preview", "--policy-pack", "acme")).output).toContain("✅ acme-oauth@v1.0.0 (local: acme)");
	stack.declare({ app: good({ accessTokenValiditySeconds: 3601 }) });
	expect(await stack.fails("preview", "--policy-pack", "acme")).toContain(
		"accessTokenValiditySeconds is more than 3600.",
	);
});

test("the documented program passes the pack, and what the page shows is what a worse one gets", async () => {
	const stack = await startStack({ project: "examples/quickstart" });
	const blocks = blocksOf("docs/policy.md").filter(({ heading }) => heading === "Run it");
	const program = blocks.find(({ language }) => language === "ts");
	const pack = ["--policy-pack", join(repository, "policy")];
	await stack.pulumi("stack", "init", "prod", "--non-interactive");
	stack.environment["PULUMI_STACK"] = "prod";
	stack.write("index.ts", program!.text);
	expect((await stack.run("preview", ...pack)).output).toContain("✅");

	const shown = blocks.find(({ language }) => language === "text");
	const worse = program!.text.replace("https://dashboard", "http://dashboard").replace("users:readonly", "users");
	stack.write("index.ts", worse);
	const output = await stack.fails("preview", ...pack);
	for (const line of shown!.text.trimEnd().split("\n")) expect(output).toContain(line.replace(/ \(local:.*/, ""));
});

import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Block, blocksOf } from "../documentation";
import { eachStack } from "./support/each-stack";
import { good } from "./support/policy-run";
import { repository, type TestStack } from "./support/test-stack";

const startStack = eachStack();

/** Makes a folder of the project out of the files that a section of a page shows. */
function writeFolder(stack: TestStack, name: string, blocks: Block[]): void {
	mkdirSync(join(stack.project, name));
	for (const { file, text } of blocks) stack.write(join(name, file!), text);
	symlinkSync(join(repository, "node_modules"), join(stack.project, name, "node_modules"), "junction");
}

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

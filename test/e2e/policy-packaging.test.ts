import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf } from "../documentation";
import { eachStack } from "./support/each-stack";
import { repository } from "./support/test-stack";

const startStack = eachStack();

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

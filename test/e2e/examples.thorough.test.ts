import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { repository } from "./support/test-stack";

const startStack = eachStack();

test("pulumi up in the repository's root runs the quickstart", async () => {
	const stack = await startStack({ project: "Pulumi.yaml" });
	cpSync(join(repository, "examples"), join(stack.project, "examples"), { recursive: true });
	await stack.pulumi("config", "set", "serviceRole", "employee");
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toHaveLength(2);
});

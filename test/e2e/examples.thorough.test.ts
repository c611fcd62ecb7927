import { cpSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
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

test("the plain JavaScript example works", async () => {
	const stack = await startStack({ project: "examples/javascript" });
	await stack.pulumi("config", "set", "serviceRole", "employee");
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toHaveLength(1);
	await stack.run("up", "--expect-no-changes");
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("the Automation API runs a project, and its outputs know that the secret is one", async () => {
	const stack = await startStack({ project: "examples/quickstart" });
	const envVars = Object.fromEntries(
		Object.entries(stack.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
	const previousPath = process.env["PATH"];
	process.env["PATH"] = stack.environment["PATH"];
	try {
		const automated = await LocalWorkspace.createOrSelectStack(
			{ stackName: "test", workDir: stack.project },
			{ envVars },
		);
		await automated.setConfig("serviceRole", { value: "employee" });
		const made = await automated.up();
		stack.leaks.note(stack.simulator);
		expect(made.summary.resourceChanges).toEqual({ create: 3 });
		expect(made.outputs["serviceClientSecret"]?.secret).toBe(true);
		expect(made.outputs["serviceClientId"]?.secret).toBe(false);
		expect(stack.leaks.find({ stdout: made.stdout, stderr: made.stderr })).toEqual([]);
		expect((await automated.up()).summary.resourceChanges).toEqual({ same: 3 });
		expect((await automated.refresh()).summary.resourceChanges).toEqual({ same: 3 });
		expect((await automated.destroy()).summary.resourceChanges).toEqual({ delete: 3 });
	} finally {
		process.env["PATH"] = previousPath;
	}
	expect(stack.simulator.organization.clients()).toEqual([]);
});

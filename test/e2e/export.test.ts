import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand, variablesFor, writesOf } from "../cli/support/command";
import { variedOrganization } from "../cli/support/varied-organization";
import { eachStack } from "./support/each-stack";
import { adoptionsIn } from "./support/exported-program";

const startStack = eachStack();

test("the single file of --stdout is a program too", async () => {
	const stack = await startStack({ seed: variedOrganization });
	const { code, stdout } = await runCommand(["export", "--stdout", "--grant", "CODE", "--state", "active"], {
		variables: variablesFor(stack.simulator),
	});
	expect(code).toBe(0);
	rmSync(join(stack.project, "index.js"));
	writeFileSync(join(stack.project, "index.ts"), stdout);
	writeFileSync(join(stack.project, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
	writeFileSync(join(stack.project, "package.json"), JSON.stringify({ name: "test", private: true }));
	const { output } = await stack.run("preview");
	const wanted = stack.simulator.organization
		.clients()
		.filter(({ authorizedGrantType, state }) => authorizedGrantType === "CODE" && state === "active");
	expect(adoptionsIn(output)).toBe(wanted.length);
	expect(readFileSync(join(stack.project, "index.ts"), "utf8")).toBe(stdout);
	expect(writesOf(stack.simulator)).toEqual([]);
});

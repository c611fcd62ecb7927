import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
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

import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

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

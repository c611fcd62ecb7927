import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { idsInState, replaced, withAdopted, yaml } from "./support/owner-stacks";
import { idsIn } from "./support/seam-stacks";

const startStack = eachStack();

test("a copy of a resource that has adopted its client is refused by the preview, also when it comes first", async () => {
	const { stack, id, adopting } = await withAdopted(startStack, yaml);
	yaml.declare(stack, { b: adopting(), a: adopting(yaml.after("b")) });
	expect(await stack.fails("preview")).toContain(
		`two resources of this stack would manage OAuth client (${id}): a and b`,
	);
	expect(idsIn(stack)).toEqual([id]);
	expect(await idsInState(stack, "a", "b")).toEqual([id, undefined]);
});

test("--replace of an adopted client makes a new one, as the stack's state says what it replaces", async () => {
	const { former, id, ids, works, more } = await replaced(startStack, yaml, "adopted", "--replace");
	expect(id).not.toBe(former);
	expect([ids, works]).toEqual([[id], true]);
	expect(more).toEqual([]);
});

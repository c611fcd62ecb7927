import { expect, test } from "vitest";
import { webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { makeClientInUse } from "./support/guarded-client";

const startStack = eachStack();

test("a replacement of a client in use is refused in the preview already, before a new client is made", async () => {
	const stack = await startStack();
	const id = await makeClientInUse(stack);
	stack.declare({ service: webApp({ deletionGuard: { inUseWithinDays: 7 } }) });
	for (const command of ["preview", "up"] as const) {
		expect(await stack.fails(command)).toContain("the client is in use, so it wasn't deleted");
	}
	expect(stack.simulator.organization.clients()).toMatchObject([{ id }]);
});

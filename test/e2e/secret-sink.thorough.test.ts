import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { declare, stored } from "./support/sink-stack";

const startStack = eachStack();

test("a sink gets the secret after the client was made and after each rotation, and at no other time", async () => {
	const stack = await startStack();
	declare(stack, 1);
	await stack.run("up");
	await stack.run("up", "--expect-no-changes");
	declare(stack, 2);
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["service"]!;
	const [first, second, ...more] = stored(stack);
	expect(more).toEqual([]);
	expect(first).toMatchObject({ name: "Service", clientId: id, secretVersion: 1 });
	expect(second).toEqual({ name: "Service", clientId: id, clientSecret: secret, secretVersion: 2 });
});

test("a sink that isn't there fails the preview", async () => {
	const stack = await startStack();
	stack.declare({ service: service({ secretSink: "./nowhere.js" }) });
	expect(await stack.fails("preview")).toContain("is not a module of the program");
});

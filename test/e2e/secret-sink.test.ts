import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eachStack } from "./support/each-stack";
import { declare, stored } from "./support/sink-stack";

const startStack = eachStack();

test("a sink that fails makes the run fail; nothing is lost or shown, and the next run hands the secret over", async () => {
	const stack = await startStack();
	stack.write("../out-of-order", "");
	declare(stack, 1);
	const output = await stack.fails("up");
	expect(output).toContain(
		"secretSink ./store-secret.js failed to store it (Error: the vault is sealed, and [secret] stays outside)",
	);
	const kept = await stack.secretInState("service");
	rmSync(join(stack.directory, "out-of-order"));
	expect((await stack.run("up")).calls).toEqual([]);
	const { id, secret } = (await stack.outputs())["service"]!;
	expect(secret).toBe(kept);
	expect(stored(stack)).toEqual([{ name: "Service", clientId: id, clientSecret: secret, secretVersion: 1 }]);
	await stack.run("up", "--expect-no-changes");
});

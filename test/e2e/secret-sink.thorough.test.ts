import { rmSync } from "node:fs";
import { join } from "node:path";
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

test("a secret that the state doesn't keep is in the sink alone: not in the state with its secrets shown, nor in what a rotation leaves", async () => {
	const stack = await startStack();
	const only = { keepSecretInState: false };
	const shown = async () => {
		const { output } = await stack.pulumi("stack", "export", "--show-secrets");
		return stored(stack).map(({ clientSecret }) => output.includes(clientSecret));
	};
	declare(stack, 1);
	await stack.run("up");
	expect(await shown()).toEqual([true]);
	declare(stack, 1, only);
	expect((await stack.run("up")).calls).toEqual([]);
	expect(await shown()).toEqual([false]);
	declare(stack, 2, only);
	await stack.run("up");
	expect(await shown()).toEqual([false, false]);
	const { id, secret } = (await stack.outputs())["service"]!;
	expect(secret).toBe("");
	expect(await stack.canLogIn(id, stored(stack).at(-1)!.clientSecret)).toBe(true);
	stack.write(
		"index.js",
		`const { IntegrationCredential, OAuthClient } = require("pulumi-genesyscloud-oauth");
const client = new OAuthClient("other", require("./clients.json").service.args);
new IntegrationCredential("held", { name: "Held", client });
`,
	);
	expect(await stack.fails("preview")).toContain("if its keepSecretInState is false, only its sink has the secret");
});

test("a sink that isn't there fails the preview", async () => {
	const stack = await startStack();
	stack.declare({ service: service({ secretSink: "./nowhere.js" }) });
	expect(await stack.fails("preview")).toContain("is not a module of the program");
});

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

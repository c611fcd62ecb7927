import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const renewPath = "/api/v2/oauth/clients/{clientId}/secret";
const renew = `POST ${renewPath}`;

const outputOf = async (stack: TestStack, name: string) => (await stack.resource("service"))!.outputs![name];

test("rotateWhenChanged renews the secret when it changes, keeps the client id, and proves the new secret by a login", async () => {
	const stack = await startStack();
	const declare = (quarter: string) =>
		stack.declare({ service: service({ secretRotation: { rotateWhenChanged: { quarter } } }) });
	declare("2026-Q3");
	await stack.run("up");
	const before = (await stack.outputs())["service"]!;
	const fingerprint = await outputOf(stack, "secretFingerprint");
	expect(await outputOf(stack, "secretVersion")).toBe(1);

	declare("2026-Q4");
	const preview = await stack.run("preview");
	expect(preview.output).toMatch(/pulumi up rotates the secret of .*: rotateWhenChanged has changed \(quarter\)/);
	expect(preview.calls).toEqual([]);
	expect((await stack.run("up")).calls).toEqual([login, renew, login]);
	const after = (await stack.outputs())["service"]!;
	expect(after.id).toBe(before.id);
	expect(await stack.canLogIn(after.id, after.secret)).toBe(true);
	expect(await stack.canLogIn(before.id, before.secret)).toBe(false);
	expect(await outputOf(stack, "secretVersion")).toBe(2);
	expect(await outputOf(stack, "secretFingerprint")).not.toBe(fingerprint);
	expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
});

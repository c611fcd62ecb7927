import { expect, test } from "vitest";
import { ageSecret } from "./support/ageing";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const get = "GET /api/v2/oauth/clients/{clientId}";
const put = "PUT /api/v2/oauth/clients/{clientId}";
const renewPath = "/api/v2/oauth/clients/{clientId}/secret";
const renew = `POST ${renewPath}`;
const day = 86_400_000;

const outputOf = async (stack: TestStack, name: string) => (await stack.resource("service"))!.outputs![name];

test("rotateWhenChanged given for the first time renews nothing", async () => {
	const stack = await startStack();
	stack.declare({ service: service() });
	await stack.run("up");
	const before = await stack.outputs();
	stack.declare({ service: service({ secretRotation: { rotateWhenChanged: { quarter: 1 } } }) });
	expect((await stack.run("up")).calls).toEqual([]);
	expect(await stack.outputs()).toEqual(before);
});

test("a secret that is young enough stays, and an update of anything else never touches it", async () => {
	const stack = await startStack();
	stack.declare({ service: service({ secretRotation: { maxAgeDays: 90 } }) });
	await stack.run("up");
	await ageSecret(stack, 62);
	const before = await stack.outputs();
	stack.declare({ service: service({ secretRotation: { maxAgeDays: 90 }, description: "Changed" }) });
	expect((await stack.run("up")).calls).toEqual([login, get, put]);
	stack.declare({ service: service({ secretRotation: { maxAgeDays: 180 }, description: "Changed" }) });
	expect((await stack.run("up")).calls).toEqual([]);
	expect(await stack.outputs()).toEqual(before);
});

test("a rotation that is refused leaves the secret as it was, and the next up does it", async () => {
	const stack = await startStack();
	const declare = (turn: number) =>
		stack.declare({ service: service({ secretRotation: { rotateWhenChanged: { turn } } }) });
	declare(1);
	await stack.run("up");
	const before = await stack.outputs();
	declare(2);
	stack.simulator.faults.add({ kind: "status", method: "POST", path: renewPath, status: 400, code: "bad.client.role" });
	expect(await stack.fails("up")).toContain("post_oauth_client_secret failed: 400 bad.client.role");
	expect(await stack.outputs()).toEqual(before);
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["service"]!;
	expect(await stack.canLogIn(id, secret)).toBe(true);
});

test("a rotation whose answer is lost is made again at once, so that the stack knows the secret that works", async () => {
	const stack = await startStack();
	const declare = (turn: number) =>
		stack.declare({ service: service({ secretRotation: { rotateWhenChanged: { turn } } }) });
	declare(1);
	await stack.run("up");
	declare(2);
	stack.simulator.faults.add({ kind: "cut", method: "POST", path: renewPath, when: "after" });
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["service"]!;
	expect(await stack.canLogIn(id, secret)).toBe(true);
});

test("a new secret that couldn't be tried is kept, and the next up tries it without renewing it again", async () => {
	const stack = await startStack();
	const declare = (turn: number) =>
		stack.declare({ service: service({ secretRotation: { rotateWhenChanged: { turn } } }) });
	declare(1);
	await stack.run("up");
	declare(2);
	// The first login is the provider's own, the second tries the new secret.
	stack.simulator.faults.add({ kind: "status", method: "POST", path: "/oauth/token", status: 403, skip: 1 });
	expect(await stack.fails("up")).toContain("the secret is in state, but couldn't be verified by a login");
	const kept = await stack.secretInState("service");
	const { id } = (await stack.outputs())["service"]!;
	expect(stack.simulator.organization.checkSecret(id, kept)).toBe(true);
	expect((await stack.run("up")).calls).toEqual([login]);
	expect((await stack.outputs())["service"]).toEqual({ id, secret: kept });
	await stack.run("up", "--expect-no-changes");
});

test("a rotation whose answers are all lost is remembered, and the next up tries the old secret and renews it", async () => {
	const stack = await startStack();
	const declare = (turn: number) =>
		stack.declare({ service: service({ secretRotation: { rotateWhenChanged: { turn } } }) });
	declare(1);
	await stack.run("up");
	declare(2);
	stack.simulator.faults.add({ kind: "cut", method: "POST", path: renewPath, when: "after", times: 2 });
	expect(await stack.fails("up")).toContain(
		"The old secret may have stopped working; the next pulumi up tries it by a login, and rotates it if that fails",
	);
	// Even if the change that began it is taken back.
	declare(1);
	expect((await stack.run("preview")).output).toContain("pulumi up tries the secret of");
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["service"]!;
	expect(await stack.canLogIn(id, secret)).toBe(true);
	await stack.run("up", "--expect-no-changes");
});

test("a secret older than it may be is renewed once, with the reason in the preview, and is then young again", async () => {
	const stack = await startStack();
	stack.declare({ service: service({ secretRotation: { maxAgeDays: 90 } }) });
	await stack.run("up");
	expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
	await ageSecret(stack, 400);
	expect((await stack.run("preview")).output).toContain("it is 400 days old");
	expect((await stack.run("up")).calls).toEqual([login, renew, login]);
	expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
	const due = Date.parse(String(await outputOf(stack, "secretRotatesAt")));
	expect(due).toBeGreaterThan(Date.now() + 60 * day);
	expect(due).toBeLessThan(Date.now() + 81 * day);
});

test("settings and secret may change in one up: one GET, one PUT, one renewal, and a login that tries it", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp({ secretRotation: { rotateWhenChanged: { turn: 1 } } }) });
	await stack.run("up");
	stack.declare({ app: webApp({ description: "Changed", secretRotation: { rotateWhenChanged: { turn: 2 } } }) });
	expect((await stack.run("up")).calls).toEqual([login, get, put, renew, login]);
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
});

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

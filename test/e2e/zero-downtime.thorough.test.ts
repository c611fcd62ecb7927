import { expect, test } from "vitest";
import { ageTurn } from "./support/ageing";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { outputsOf, program, startRotating } from "./support/rotating-stack";
import { rotateUnderLoad } from "./support/rotation-under-load";

const startStack = eachStack();

test("a rotation that fails leaves both credentials as they were, and the next up finishes it", async () => {
	const stack = await startStack();
	await startRotating(stack, "rotating", { rotateWhenChanged: { turn: 0 } });
	const before = await outputsOf(stack);
	stack.write("rotation.json", JSON.stringify({ rotateWhenChanged: { turn: 1 } }));
	const path = "/api/v2/oauth/clients/{clientId}/secret";
	stack.simulator.faults.add({ kind: "status", method: "POST", path, status: 400, code: "bad.client.role" });
	expect(await stack.fails("up")).toContain('; OAuth client "Worker (A)" stays current with the secret that it has');
	for (const { clientId, clientSecret } of [before.current, before.previous]) {
		expect(await stack.canLogIn(clientId, clientSecret)).toBe(true);
	}
	await stack.run("up");
	const after = await outputsOf(stack);
	expect(after.previous).toEqual(before.current);
	expect(after.current.clientId).toBe(before.previous.clientId);
	expect(await stack.canLogIn(after.current.clientId, after.current.clientSecret)).toBe(true);
	expect(await stack.canLogIn(after.previous.clientId, after.previous.clientSecret)).toBe(true);
});

test("deactivatePreviousAfterDays makes the previous client inactive, and the next rotation brings it back", async () => {
	const stack = await startStack();
	await startRotating(stack, "rotating", { periodDays: 9, deactivatePreviousAfterDays: 3 });
	await ageTurn(stack, 4);
	await stack.run("up");
	const { current, previous } = await outputsOf(stack);
	expect(await stack.canLogIn(current.clientId, current.clientSecret)).toBe(true);
	expect(await stack.canLogIn(previous.clientId, previous.clientSecret)).toBe(false);
	await ageTurn(stack, 20);
	await stack.run("up");
	const next = await outputsOf(stack);
	expect(next.current.clientId).toBe(previous.clientId);
	expect(await stack.canLogIn(next.current.clientId, next.current.clientSecret)).toBe(true);
	expect(await stack.canLogIn(current.clientId, current.clientSecret)).toBe(true);
});

test("a rotation renews the client that stands by, and leaves the one in use alone", async () => {
	const stack = await startStack();
	await startRotating(stack, "rotating", { rotateWhenChanged: { turn: 0 } });
	const before = await outputsOf(stack);
	stack.write("rotation.json", JSON.stringify({ rotateWhenChanged: { turn: 1 } }));
	const { calls } = await stack.run("up");
	expect(calls).toEqual(["POST /oauth/token", "POST /api/v2/oauth/clients/{clientId}/secret", "POST /oauth/token"]);
	const after = await outputsOf(stack);
	expect(after.previous).toEqual(before.current);
	expect(after.current.clientId).toBe(before.previous.clientId);
	expect(after.current.clientSecret).not.toBe(before.previous.clientSecret);
	expect(after.generation).toBe(1);
	for (const { clientId, clientSecret } of [after.current, after.previous]) {
		expect(await stack.canLogIn(clientId, clientSecret)).toBe(true);
	}
	expect((await stack.run("up", "--expect-no-changes")).calls).toEqual([]);
});

test("a secret among the values that decide a rotation stays one in state, and a value unknown in a preview is no mistake", async () => {
	const stack = await startStack();
	stack.write("rotation.json", "{}");
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
const settings = ${JSON.stringify(service({ name: "Worker" }).args)};
new RotatingOAuthClient("worker", { ...settings, rotation: { rotateWhenChanged: { pin: pulumi.secret("pin-of-somebody") } } });
const first = new OAuthClient("first", settings);
new RotatingOAuthClient("later", { ...settings, rotation: { periodDays: first.accessTokenValiditySeconds.apply((seconds) => seconds / 2880), startingAt: first.clientId.apply(() => "2026-01-01") } });
`,
	);
	await stack.run("preview");
	await stack.run("up");
	expect(JSON.stringify(await stack.state())).not.toContain("pin-of-somebody");
	expect(stack.simulator.organization.clients()).toHaveLength(5);
	await stack.run("up", "--expect-no-changes");
});

test("a period decides by the clock; when periods were missed, the pair rotates once and the credential in use stays valid", async () => {
	const stack = await startStack();
	await startRotating(stack, "rotating", { periodDays: 30 });
	const before = await outputsOf(stack);
	// As if the last run had been 70 days ago: two periods and a bit.
	await ageTurn(stack, 70);
	const preview = await stack.run("preview");
	expect(preview.output).toMatch(
		/"Worker \(B\)" .* becomes current with a new secret \(due since [\d-]+ \(periodDays: 30\)\); .*"Worker \(A\)" .* stays valid until the next rotation, due on/,
	);
	await stack.run("up");
	const after = await outputsOf(stack);
	expect(after.generation).toBe(1);
	expect(after.previous).toEqual(before.current);
	expect(await stack.canLogIn(before.current.clientId, before.current.clientSecret)).toBe(true);
	await stack.run("up", "--expect-no-changes");
});

test("the same worker sees failed logins with the plain rotation of one client", async () => {
	const stack = await startStack();
	await startRotating(stack, "plain", { rotateWhenChanged: { turn: 0 } });
	const { failed, secrets } = await rotateUnderLoad(stack, 1);
	expect(secrets).toBe(1);
	expect(failed).toBeGreaterThan(0);
});

test("a deactivation that Genesys Cloud would follow with a deletion is refused in the preview", async () => {
	const stack = await startStack();
	stack.write("index.js", program("rotating"));
	stack.write("rotation.json", JSON.stringify({ periodDays: 30, deactivatePreviousAfterDays: 3 }));
	expect(await stack.fails("preview")).toContain("Genesys Cloud deletes clients that are inactive for 7 days");
});

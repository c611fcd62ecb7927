import { expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const get = "GET /api/v2/oauth/clients/{clientId}";

test("without detectSecretReset a refresh tries no secret", async () => {
	const stack = await startStack();
	stack.declare({ service: service() });
	await stack.run("up");
	expect((await stack.run("refresh")).calls).toEqual([login, get]);
});

test("a scope that the API silently left out is reported, and shown as a difference until it is there", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const { id } = (await stack.outputs())["app"]!;
	const scope = ["routing:readonly", "users:readonly", "voicemail"];
	stack.declare({ app: webApp({ scope }) });
	const taken = { ...webApp().args, id, state: "active", accessTokenValiditySeconds: 86_400 };
	const path = "/api/v2/oauth/clients/{clientId}";
	stack.simulator.faults.add({ kind: "status", method: "PUT", path, status: 200, body: taken });
	expect((await stack.run("up")).output).toContain("didn't apply the declared scope");
	expect((await stack.run("preview")).output).toContain("1 to update");
	await stack.run("up");
	expect(stack.simulator.organization.client(id)?.scope.toSorted()).toEqual(scope);
	await stack.run("up", "--expect-no-changes");
});

test("with detectSecretReset a refresh finds that somebody reset the secret, and the next up makes one that is known", async () => {
	const stack = await startStack();
	stack.declare({ service: service({ detectSecretReset: true }) });
	await stack.run("up");
	expect((await stack.run("refresh", "--expect-no-changes")).calls.toSorted()).toEqual([get, login, login]);
	const before = (await stack.outputs())["service"]!;
	stack.simulator.organization.regenerateSecret(before.id);
	expect((await stack.run("refresh")).output).toContain("was reset outside Pulumi");
	expect((await stack.run("preview")).output).toContain(
		"login rejected the one in state, which was reset outside Pulumi",
	);
	await stack.run("up");
	const after = (await stack.outputs())["service"]!;
	expect(after.id).toBe(before.id);
	expect(await stack.canLogIn(after.id, after.secret)).toBe(true);
	await stack.run("up", "--expect-no-changes");
});

test("a client that support disabled is reported, and no PUT is sent that would fail", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const { id } = (await stack.outputs())["app"]!;
	stack.simulator.organization.disableClient(id);
	expect((await stack.run("refresh")).output).toContain("is disabled by Genesys Cloud support");
	const up = await stack.run("up");
	expect(up.calls).toEqual([]);
	expect(up.output).toContain("is disabled by Genesys Cloud support");

	stack.declare({ app: webApp({ description: "Changed" }) });
	const before = stack.simulator.requests.count();
	expect(await stack.fails("up")).toContain("nothing was changed");
	expect(stack.callsSince(before)).toEqual([]);
});

test("a client marked for deletion is reported, and the next up brings it back with its secret", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const before = (await stack.outputs())["app"]!;
	const dateToDelete = new Date(Date.now() + 5 * 86_400_000).toISOString();
	stack.simulator.organization.changeClient(before.id, { state: "inactive", dateToDelete });
	expect((await stack.run("refresh")).output).toContain(`is scheduled for deletion on ${dateToDelete.slice(0, 10)}`);
	expect((await stack.run("preview")).output).toContain("pulumi up activates it");
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toMatchObject([{ id: before.id, state: "active" }]);
	expect((await stack.outputs())["app"]).toEqual(before);
});

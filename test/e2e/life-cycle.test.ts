import { describe, expect, test } from "vitest";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const post = "POST /api/v2/oauth/clients";
const list = "GET /api/v2/oauth/clients";
const get = "GET /api/v2/oauth/clients/{clientId}";
const put = "PUT /api/v2/oauth/clients/{clientId}";
const del = "DELETE /api/v2/oauth/clients/{clientId}";

describe("create and destroy", () => {
	test("cost one call and two for each client, one login a run, and a create one list of the clients; the secrets log in, and are shown and kept as secrets", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp(), one: service({ name: "One" }), two: service({ name: "Two" }) });
		const { calls, output } = await stack.run("up");
		expect(calls).toEqual([login, list, post, post, post]);

		const outputs = await stack.outputs();
		expect(stack.simulator.organization.checkSecret(outputs["app"]!.id, outputs["app"]!.secret)).toBe(true);
		expect(await stack.canLogIn(outputs["one"]!.id, outputs["one"]!.secret)).toBe(true);
		expect(await stack.canLogIn(outputs["two"]!.id, outputs["two"]!.secret)).toBe(true);

		expect(output).toContain("[secret]");
		const app = (await stack.resource("app"))!;
		expect(app.outputs?.["clientSecret"]).toMatchObject({ ciphertext: expect.any(String) });
		// Where the program declares the client.
		expect(app).toMatchObject({ sourcePosition: expect.stringMatching(/^project:\/\/\/index\.js#5,/) });

		const destroyed = await stack.run("destroy");
		expect(destroyed.calls.toSorted()).toEqual([login, put, put, put, del, del, del].toSorted());
		expect(stack.simulator.organization.clients()).toEqual([]);
		expect((await stack.run("destroy")).calls).toEqual([]);
	});
});

describe("update", () => {
	test("costs one GET and one PUT, never touches id or secret, and sends back what this version doesn't know, so that it isn't wiped", async () => {
		const stack = await startStack({ seed: { extraProperties: ["allowedIpAddresses"] } });
		stack.declare({ service: service() });
		await stack.run("up");
		const before = (await stack.outputs())["service"]!;
		stack.declare({ service: service({ description: "Changed", accessTokenValiditySeconds: 600 }) });
		const preview = await stack.run("preview", "--diff");
		expect(preview.calls).toEqual([]);
		expect(preview.output).toContain("description");
		expect((await stack.run("up")).calls).toEqual([login, get, put]);
		expect((await stack.outputs())["service"]).toEqual(before);
		expect(stack.simulator.organization.clients()).toMatchObject([
			{ description: "Changed", accessTokenValiditySeconds: 600 },
		]);

		const extra = { allowedIpAddresses: ["198.51.100.7"] };
		stack.simulator.organization.changeClient(before.id, { extra });
		await stack.run("refresh");
		stack.declare({ service: service({ description: "Changed again" }) });
		await stack.run("up");
		expect(stack.simulator.organization.clients()).toMatchObject([{ description: "Changed again", extra }]);
	});
});

describe("a new grant type", () => {
	test("replaces the client, the new one made before the old one goes; with replaceOnGrantTypeChange: false it changes it in place", async () => {
		const stack = await startStack();
		stack.declare({ client: webApp() });
		await stack.run("up");
		const before = (await stack.outputs())["client"]!;
		stack.declare({ client: service() });
		expect((await stack.run("preview")).output).toMatch(/replace/);
		expect((await stack.run("up")).calls).toEqual([login, list, post, put, del]);
		const after = (await stack.outputs())["client"]!;
		expect(after.id).not.toBe(before.id);
		expect(await stack.canLogIn(after.id, after.secret)).toBe(true);
		expect(stack.simulator.organization.clients().map(({ id }) => id)).toEqual([after.id]);

		stack.declare({ client: webApp({ replaceOnGrantTypeChange: false }) });
		expect((await stack.run("up")).calls).toEqual([login, get, put]);
		expect((await stack.outputs())["client"]).toEqual(after);
		expect(stack.simulator.organization.clients()).toMatchObject([{ authorizedGrantType: "CODE" }]);
	});
});

describe("refresh", () => {
	test("finds what somebody changed; the next up puts it right with one GET and one PUT and keeps the secret", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp() });
		await stack.run("up");
		const before = (await stack.outputs())["app"]!;
		stack.simulator.organization.changeClient(before.id, { description: "Drifted", scope: ["users"] });
		const refreshed = await stack.run("refresh", "--diff");
		expect(refreshed.output).toContain("Drifted");
		// A second look finds nothing new, and leaves the drift standing.
		await stack.run("refresh", "--expect-no-changes");
		const up = await stack.run("up", "--diff");
		expect(up.output).toContain("description");
		expect(up.calls).toEqual([login, get, put]);
		expect((await stack.outputs())["app"]).toEqual(before);
		expect(stack.simulator.organization.clients()).toMatchObject([
			{ description: "", scope: expect.arrayContaining(["users:readonly", "routing:readonly"]) },
		]);
	});
});

describe("OAuthClient.get", () => {
	test("reads a client without managing it", async () => {
		const stack = await startStack();
		const { client } = stack.simulator.organization.addClient({
			name: "Somebody else's",
			authorizedGrantType: "CODE",
			scope: ["users"],
		});
		stack.declare({ theirs: { args: {}, opts: { get: client.id } } });
		expect((await stack.run("up")).calls).toEqual([login, get]);
		expect((await stack.resource("theirs"))?.outputs).toMatchObject({ name: "Somebody else's", clientId: client.id });
		expect((await stack.run("destroy")).calls).toEqual([]);
		expect(stack.simulator.organization.clients()).toHaveLength(1);
	});
});

import { expect, test } from "vitest";
import { addByHand, service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";

const startStack = eachStack();

const login = "POST /oauth/token";
const list = "GET /api/v2/oauth/clients";
const get = "GET /api/v2/oauth/clients/{clientId}";
const renew = "POST /api/v2/oauth/clients/{clientId}/secret";
const put = "PUT /api/v2/oauth/clients/{clientId}";

test("a client of another grant type isn't adopted: its old secret would get the new grant", async () => {
	const stack = await startStack();
	const { client } = addByHand(stack);
	stack.declare({ theirs: webApp({ adopt: { clientId: client.id } }) });
	expect(await stack.fails("up")).toContain("has the grant type CLIENT-CREDENTIALS, but the program declares CODE");
	expect(stack.simulator.organization.clients()).toMatchObject([{ authorizedGrantType: "CLIENT-CREDENTIALS" }]);
});

test("two resources can't adopt one client", async () => {
	const stack = await startStack();
	const { client } = addByHand(stack);
	const adopt = { clientId: client.id };
	stack.declare({ one: service({ adopt }), two: service({ adopt }) });
	expect(await stack.fails("up")).toContain("two resources of this stack would manage");
});

test("another adopt.clientId replaces the resource; the client adopted first is deleted", async () => {
	const stack = await startStack();
	const first = addByHand(stack).client;
	const second = addByHand(stack, { name: "Second" }).client;
	stack.declare({ theirs: service({ adopt: { clientId: first.id } }) });
	await stack.run("up");
	stack.declare({ theirs: service({ adopt: { clientId: second.id }, name: "Second" }) });
	await stack.run("up");
	expect(stack.simulator.organization.clients()).toMatchObject([{ id: second.id }]);
});

test("a forced replacement of an adopted client makes a new one; the old one goes with the next run when another resource failed in this one", async () => {
	const stack = await startStack();
	const { client, secret } = addByHand(stack);
	const theirs = service({ adopt: { clientId: client.id } });
	stack.declare({ theirs });
	await stack.run("up");
	// The replacement succeeds, then another resource fails: the old entry stays, to be deleted by the next run.
	const { urn } = (await stack.resource("theirs"))!;
	stack.declare({ theirs, failing: { ...webApp({ state: "inactive" }), opts: { dependsOn: ["theirs"] } } });
	stack.simulator.faults.add({ kind: "status", method: "PUT", path: "/api/v2/oauth/clients/{clientId}", status: 403 });
	await stack.fails("up", "--replace", urn);
	expect(await stack.canLogIn(client.id, secret!)).toBe(true);
	stack.declare({ theirs });
	await stack.run("up");
	const made = (await stack.outputs())["theirs"]!;
	expect(made.id).not.toBe(client.id);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id: made.id, state: "active" }]);
	expect(await stack.canLogIn(made.id, made.secret)).toBe(true);
	await stack.run("up", "--expect-no-changes");
	await stack.run("destroy");
	expect(stack.simulator.organization.clients()).toEqual([]);
});

test("adopting by name changes only what differs, with one PUT, as the preview says", async () => {
	const stack = await startStack();
	const { client, secret } = addByHand(stack, { description: "By hand" });
	stack.declare({ theirs: service({ adopt: { name: "Service" }, description: "As code" }) });
	expect((await stack.run("preview")).output).toMatch(
		/changes description;.*\n\s+description: "By hand" => "As code"\n/,
	);
	expect((await stack.run("up")).calls).toEqual([login, list, get, put]);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id: client.id, description: "As code" }]);
	// Whoever uses it goes on undisturbed.
	expect(await stack.canLogIn(client.id, secret!)).toBe(true);
});

test("retainOnDelete releases a client without deleting it", async () => {
	const stack = await startStack();
	stack.declare({ app: { ...webApp(), opts: { retainOnDelete: true } } });
	await stack.run("up");
	const { id, secret } = (await stack.outputs())["app"]!;
	expect((await stack.run("destroy")).calls).toEqual([]);
	expect(stack.simulator.organization.clients()).toMatchObject([{ id, state: "active" }]);
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
});

test("a name that two clients have is an error that lists both, in preview and in up; so is one that none has", async () => {
	const stack = await startStack();
	const one = addByHand(stack).client;
	const two = addByHand(stack).client;
	stack.declare({ theirs: service({ adopt: { name: "Service" } }) });
	for (const command of ["preview", "up"] as const) {
		const output = await stack.fails(command);
		expect(output).toContain(one.id);
		expect(output).toContain(two.id);
		expect(output).toContain("adopt.clientId");
	}
	stack.declare({ theirs: service({ adopt: { name: "Nobody" } }) });
	expect(await stack.fails("up")).toContain('no OAuth client named "Nobody" to adopt');
});

test("adopt.rotateSecret gives the client a secret that the stack knows, and proves it by a login", async () => {
	const stack = await startStack();
	const { client, secret } = addByHand(stack);
	stack.declare({ theirs: service({ adopt: { clientId: client.id, rotateSecret: true } }) });
	expect((await stack.run("up")).calls).toEqual([login, get, renew, login]);
	const known = (await stack.outputs())["theirs"]!;
	expect(await stack.canLogIn(known.id, known.secret)).toBe(true);
	expect(await stack.canLogIn(client.id, secret!)).toBe(false);
});

/** Adopts clients with the secrets in the environment, given plainly, in an output as a whole, and of a pair. */
const bringing = (args: object) => `const pulumi = require("@pulumi/pulumi");
const { OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
const [plain, whole, a] = JSON.parse(process.env.ADOPTED);
const args = ${JSON.stringify(args)};
const own = ({ props, opts: { parent, provider } }) => ({ props, opts: { parent, provider } });
exports.plain = new OAuthClient("plain", { ...args, adopt: plain }, { transforms: [own] }).clientSecret;
exports.whole = new OAuthClient("whole", { ...args, adopt: pulumi.output(whole) }).clientSecret;
exports.pair = new RotatingOAuthClient("pair", { ...args, rotation: { periodDays: 30 }, adopt: { a } }).clientSecret;
`;

test("a secret that is brought along is encrypted, however the program gives it, and the first one of the client", async () => {
	const stack = await startStack();
	const clients = [0, 1, 2].map(() => addByHand(stack));
	stack.environment["ADOPTED"] = JSON.stringify(
		clients.map(({ client, secret }) => ({ clientId: client.id, clientSecret: secret })),
	);
	stack.write("index.js", bringing(service().args));
	const preview = await stack.run("preview");
	expect(preview.output).toContain("keeps its secret, which is taken from adopt.clientSecret once login accepts it");
	const { output } = await stack.run("up");
	expect(output).not.toContain("clientSecret is empty");
	const [plain, whole, pair] = clients.map(({ secret }) => secret);
	expect(await stack.outputs()).toEqual({ plain, whole, pair });
	const state = JSON.stringify(await stack.state());
	for (const secret of [plain, whole, pair]) expect(state).not.toContain(secret);
	await stack.run("refresh");
	await stack.run("up", "--expect-no-changes");
});

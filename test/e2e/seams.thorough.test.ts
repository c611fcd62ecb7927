import { describe, expect, test } from "vitest";
import { ROLE_IDS } from "../../simulator";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { killDuring } from "./support/killed-run";
import { clientsPath, idsIn, urnOf, withAdopted, works } from "./support/seam-stacks";

const startStack = eachStack();

describe("Pulumi's own ways", () => {
	test("--target changes one client and leaves the others as they are", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp(), other: service() });
		await stack.run("up");
		stack.declare({ app: webApp({ description: "new" }), other: service({ description: "new" }), third: webApp() });
		const { calls } = await stack.run("up", "--target", await urnOf(stack));
		expect(calls.filter((call) => !call.includes("token"))).toEqual([
			`GET ${clientsPath}/{clientId}`,
			`PUT ${clientsPath}/{clientId}`,
		]);
		expect(stack.simulator.organization.clients().map(({ description }) => description)).toEqual(
			expect.arrayContaining(["new", ""]),
		);
	});

	test("a component that becomes the parent, with aliases, keeps the client", async () => {
		const stack = await startStack();
		stack.declare({ app: service() });
		await stack.run("up");
		stack.write(
			"index.js",
			`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const parent = new pulumi.ComponentResource("example:index:Apps", "apps");
const { app } = require("./clients.json");
new OAuthClient("app", app.args, { parent, aliases: [{ parent: pulumi.rootStackResource }] });
`,
		);
		const { calls } = await stack.run("up");
		expect(calls).toEqual([]);
		expect(idsIn(stack)).toEqual([(await stack.resource("app"))?.id]);
		await stack.run("destroy");
		expect(idsIn(stack)).toEqual([]);
	});

	test("a stack that is renamed goes on with its clients", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp() });
		await stack.run("up");
		await stack.pulumi("stack", "rename", "renamed");
		stack.environment["PULUMI_STACK"] = "renamed";
		const { calls } = await stack.run("up", "--expect-no-changes");
		expect(calls).toEqual([]);
		await stack.run("refresh");
		await stack.run("destroy");
		expect(idsIn(stack)).toEqual([]);
	});

	test("a client that is moved to another stack's state is managed there, and no longer here", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp() });
		await stack.run("up");
		await stack.pulumi("stack", "init", "second", "--non-interactive");
		const moved = await stack.pulumi(
			"state",
			"move",
			"--source",
			"test",
			"--dest",
			"second",
			await urnOf(stack),
			"--yes",
		);
		expect(moved.output).toContain("Successfully moved resources");
		stack.environment["PULUMI_STACK"] = "second";
		const { calls } = await stack.run("up", "--expect-no-changes");
		expect(calls).toEqual([]);
		expect(await works(stack)).toBe(true);
		stack.environment["PULUMI_STACK"] = "test";
		stack.declare({});
		await stack.run("up");
		expect(idsIn(stack)).toHaveLength(1);
	});

	test("two stacks may declare one name in one organization: the second asks, unless its program says allowSameName", async () => {
		const stack = await startStack();
		stack.declare({ app: webApp() });
		await stack.run("up");
		const [first = ""] = idsIn(stack);
		await stack.pulumi("stack", "init", "second", "--non-interactive");
		stack.environment["PULUMI_STACK"] = "second";
		expect(await stack.fails("up")).toContain(`GENESYSCLOUD_ALLOW_SAME_NAME=${first}`);
		stack.declare({ app: webApp({ allowSameName: true }) });
		await stack.run("up");
		expect(idsIn(stack)).toHaveLength(2);
		await stack.run("destroy");
		expect(idsIn(stack)).toEqual([first]);
	});
});

test("a client that was adopted and then deleted outside is told to be taken out of adopt, and then made anew", async () => {
	const { stack, id } = await withAdopted(startStack);
	stack.simulator.organization.removeClient(id);
	expect(await stack.fails("up", "--refresh")).toContain("or remove adopt to create a new client");
	stack.declare({ app: service() });
	await stack.run("up");
	expect(await works(stack)).toBe(true);
});

test("a replacement that deletes first makes the new client when the old one is gone", async () => {
	const stack = await startStack();
	stack.declare({ app: { ...webApp(), opts: { deleteBeforeReplace: true } } });
	await stack.run("up");
	const [old] = idsIn(stack);
	stack.declare({ app: { ...service(), opts: { deleteBeforeReplace: true } } });
	const { calls } = await stack.run("up");
	expect(calls.indexOf(`DELETE ${clientsPath}/{clientId}`)).toBeLessThan(calls.indexOf(`POST ${clientsPath}`));
	expect(idsIn(stack)).toEqual([(await stack.resource("app"))?.id]);
	expect(idsIn(stack)).not.toContain(old);
});

test("a replacement of a guarded client in use is refused in the preview of up --refresh after a drift; the refresh itself isn't", async () => {
	const stack = await startStack({ seed: { usageQueries: { runningPolls: 0 } } });
	const guard = { deletionGuard: { inUseWithinDays: 7 } };
	stack.declare({ app: webApp(guard) });
	await stack.run("up");
	const [clientId = ""] = idsIn(stack);
	const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
	const use = { date, templateUri: "/api/v2/users", httpMethod: "GET" as const, status200: 5 };
	stack.simulator.organization.addUsage({ clientId, ...use });
	stack.simulator.organization.changeClient(clientId, { authorizedGrantType: "SAML2-BEARER" });
	expect(await stack.fails("preview", "--refresh")).toContain("the client is in use, so it wasn't deleted");
	await stack.run("refresh");
	expect(await stack.fails("preview")).toContain("the client is in use, so it wasn't deleted");
	expect(idsIn(stack)).toEqual([clientId]);
});

test("a replacement for another grant with adopt left in the program makes a new client, and isn't refused in preview", async () => {
	const { stack, id, adopting } = await withAdopted(startStack);
	stack.declare({ app: webApp({ adopt: adopting.args["adopt"] }) });
	const { output } = await stack.run("preview");
	expect(output).not.toContain("adopts OAuth client");
	await stack.run("up");
	expect(idsIn(stack)).toEqual([(await stack.resource("app"))?.id]);
	expect(idsIn(stack)).not.toContain(id);
	await stack.run("up", "--expect-no-changes");
});

test("a run that is killed before the engine saves is followed by a question, on any machine, and by one client in the end", async () => {
	const stack = await startStack();
	const { simulator } = stack;
	stack.declare({ app: service(), last: webApp() });
	// The engine saves at the end only, as if it were killed between an answer and the save of it.
	Object.assign(stack.environment, { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" });
	const web = { method: "POST", template: clientsPath };
	simulator.faults.add({ kind: "hang", method: "POST", path: clientsPath, skip: 1 });
	await killDuring(stack, "all of Pulumi", async () => simulator.requests.whenReceived(web, 2));
	simulator.faults.clear();
	await stack.pulumi("cancel", "--yes");
	expect(await stack.resource("app")).toBeUndefined();
	const left = idsIn(stack);
	expect(left.length).toBeGreaterThan(0);

	// Another machine: a Pulumi home that knows nothing.
	delete stack.environment["PULUMI_SKIP_CHECKPOINTS"];
	stack.environment["PULUMI_HOME"] = `${stack.directory}/other-home`;
	const refused = await stack.fails("up");
	expect(refused).toContain("an interrupted run may already have created this client");
	expect(idsIn(stack).filter((id) => !left.includes(id)).length).toBeLessThan(2);
	stack.environment["GENESYSCLOUD_TAKE_OVER"] = left.join(",");
	await stack.run("up", "--refresh");
	delete stack.environment["GENESYSCLOUD_TAKE_OVER"];
	expect(idsIn(stack)).toHaveLength(2);
	expect([await works(stack), await works(stack, "last")]).toEqual([true, true]);
	await stack.run("up", "--expect-no-changes");
});

test("a replacement that is forced, of a program that has dropped adopt, deletes the client that was adopted", async () => {
	const { stack, id } = await withAdopted(startStack);
	stack.declare({ app: service() });
	await stack.run("up", "--replace", await urnOf(stack));
	expect(idsIn(stack)).toEqual([(await stack.resource("app"))?.id]);
	expect(idsIn(stack)).not.toContain(id);
	expect(await works(stack)).toBe(true);
});

test("a client that has lost a role outside is destroyed all the same", async () => {
	const stack = await startStack();
	const roleDivisions = [ROLE_IDS.employee, ROLE_IDS.communicateUser].map((roleId) => ({ roleId, divisionId: "*" }));
	stack.declare({ app: service({ roleDivisions }) });
	await stack.run("up");
	const [id = ""] = idsIn(stack);
	stack.simulator.organization.changeClient(id, { roleDivisions: roleDivisions.slice(0, 1) });
	stack.simulator.organization.removeRole(ROLE_IDS.communicateUser);
	await stack.run("destroy");
	expect(idsIn(stack)).toEqual([]);
});

test("a refresh with another organization's credentials forgets no client, and names both logins", async () => {
	const stack = await startStack();
	stack.declare({ app: webApp() });
	await stack.run("up");
	const other = await startStack();
	const names = ["OAUTHCLIENT_ID", "OAUTHCLIENT_SECRET", "GATEWAY_PORT"].map((name) => `GENESYSCLOUD_${name}`);
	const own = Object.fromEntries(names.map((name) => [name, stack.environment[name]]));
	Object.assign(stack.environment, Object.fromEntries(names.map((name) => [name, other.environment[name]])));
	const output = await stack.fails("refresh");
	for (const { simulator } of [stack, other]) expect(output).toContain(simulator.administrator.clientId);
	Object.assign(stack.environment, own);
	await stack.run("refresh");
	expect(await works(stack)).toBe(true);
});

test("a name that the program gives as a secret is shown in no error and no notice", async () => {
	const stack = await startStack();
	const name = "hidden-name-of-the-client";
	stack.declare({ app: webApp({ name }) });
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { OAuthClient } = require("pulumi-genesyscloud-oauth");
const { app } = require("./clients.json");
const secret = pulumi.secret(app.args.name);
const adopt = pulumi.runtime.isDryRun() ? { adopt: { name: secret } } : {};
new OAuthClient("app", { ...app.args, name: secret, ...adopt });
`,
	);
	const previewed = await stack.fails("preview");
	expect(previewed).toContain('no OAuth client named "[secret]" to adopt');
	const refusal = { kind: "status", method: "POST", path: clientsPath, status: 400, code: "bad.request" } as const;
	stack.simulator.faults.add({ ...refusal, message: `the name ${name} isn't allowed` });
	const failed = await stack.fails("up");
	expect(failed).toContain("post_oauth_clients failed: 400 bad.request");
	const made = await stack.run("up");
	const [id = ""] = idsIn(stack);
	stack.simulator.organization.removeClient(id);
	const gone = await stack.run("refresh");
	expect(gone.output).toContain(`OAuth client (${id}) was deleted outside Pulumi`);
	for (const output of [previewed, failed, made.output, gone.output]) expect(output).not.toContain(name);
});

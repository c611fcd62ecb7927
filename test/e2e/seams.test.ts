import { expect, test } from "vitest";
import { ROLE_IDS } from "../../simulator";
import { service, webApp } from "./support/clients";
import { eachStack } from "./support/each-stack";
import { killDuring } from "./support/killed-run";
import { clientsPath, idsIn, urnOf, withAdopted, works } from "./support/seam-stacks";

const startStack = eachStack();

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

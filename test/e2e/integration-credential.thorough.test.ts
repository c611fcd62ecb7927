import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const credentials = "/api/v2/integrations/credentials";
const apiCalls = (calls: string[]) => calls.filter((call) => !call.includes("/oauth/token"));

/** A program around the package's names. */
const write = (stack: TestStack, body: string) =>
	stack.write(
		"index.js",
		`const pulumi = require("@pulumi/pulumi");
const { IntegrationCredential, OAuthClient, RotatingOAuthClient } = require("pulumi-genesyscloud-oauth");
${body}
`,
	);
const pair = (rotation: number) =>
	`const pair = new RotatingOAuthClient("pair", ${JSON.stringify({ ...service().args, rotation: { rotateWhenChanged: { rotation } } })});
new IntegrationCredential("pair", { name: "Pair", client: pair.current });
exports.current = pair.current;`;

test("a pair's rotation moves the credential to the other client in one PUT", async () => {
	const stack = await startStack();
	write(stack, pair(1));
	await stack.run("up");
	expect((await stack.run("up")).calls).toEqual([]);
	write(stack, pair(2));
	// Without a guard there is none, whatever else isn't known yet.
	expect((await stack.run("preview", "--diff")).output).not.toContain("clientDeletionGuard");
	const calls = apiCalls((await stack.run("up")).calls);
	expect(calls.filter((call) => call.includes(credentials))).toEqual([
		`GET ${credentials}/{credentialId}`,
		`PUT ${credentials}/{credentialId}`,
	]);
	const { clientId = "", clientSecret = "" } = (await stack.outputs())["current"] as unknown as Record<string, string>;
	const [{ id } = { id: "" }] = stack.simulator.organization.credentials();
	expect(stack.simulator.organization.checkCredential(id, { clientId, clientSecret })).toBe(true);
	expect((await stack.run("up")).calls).toEqual([]);
});

test("a replaced client is in the credential before the old one goes", async () => {
	const stack = await startStack();
	const declare = (args: object) =>
		write(
			stack,
			`new IntegrationCredential("c", { name: "C", client: new OAuthClient("crm", ${JSON.stringify(args)}) });`,
		);
	declare(service().args);
	await stack.run("up");
	declare({
		name: "Service",
		authorizedGrantType: "CODE",
		scope: ["users"],
		registeredRedirectUri: ["https://a.example.com/"],
	});
	const calls = apiCalls((await stack.run("up")).calls).filter((call) => !call.startsWith("GET"));
	expect(calls).toEqual([
		"POST /api/v2/oauth/clients",
		`PUT ${credentials}/{credentialId}`,
		"PUT /api/v2/oauth/clients/{clientId}",
		"DELETE /api/v2/oauth/clients/{clientId}",
	]);
});

test("passwords are nowhere in clear, adopted ones either; a plain one breaks the policy", async () => {
	const stack = await startStack();
	for (const password of ["hunter2-of-the-tests", "hunter3-of-the-tests"]) stack.leaks.noteText(password);
	const { id } = stack.simulator.organization.addCredential({ name: "By hand", type: "basicAuth" });
	const declare = (password: string) =>
		write(
			stack,
			`const fields = { userName: "ticketing-user", password: pulumi.secret(process.env.TICKETING_PASSWORD) };
new IntegrationCredential("mine", { name: "Mine", type: "basicAuth", fields, checkType: true, ${password} });
new IntegrationCredential("theirs", { name: "Theirs", type: "basicAuth", fields: pulumi.output(fields), adopt: { name: "By hand" } });`,
		);
	stack.environment["TICKETING_PASSWORD"] = "hunter2-of-the-tests";
	declare("");
	const { output: foretold } = await stack.run("preview");
	expect(foretold).toContain(`will adopt integration credential "By hand" (${id}) instead of creating one`);
	await stack.run("up");
	expect(
		stack.simulator.organization.checkCredential(id, { userName: "ticketing-user", password: "hunter2-of-the-tests" }),
	).toBe(true);
	expect(
		(await stack.run("preview", "--policy-pack", "node_modules/pulumi-genesyscloud-oauth/policy")).output,
	).not.toContain("❌");
	stack.environment["TICKETING_PASSWORD"] = "hunter3-of-the-tests";
	const { output } = await stack.run("preview", "--diff");
	expect(output).toMatch(/pulumi up sends the fields of integration credential "Mine" .*: password changed/);
	await stack.run("up");
	declare(`fields: { userName: "ticketing-user", password: process.env.TICKETING_PASSWORD }`);
	const refused = await stack.fails("preview", "--policy-pack", "node_modules/pulumi-genesyscloud-oauth/policy");
	expect(refused).toContain("no-plain-credential-fields");
	expect(refused).toContain("password is a plain value");
	await stack.run("destroy");
	expect(stack.simulator.organization.credentials()).toEqual([]);
});

test("an adopted client without a known secret is refused in the preview; a lost create asks, and is taken over", async () => {
	const stack = await startStack();
	const { client } = stack.simulator.organization.addClient({ ...service().args, name: "Theirs" });
	const adopt = (more: string) =>
		write(
			stack,
			`const theirs = new OAuthClient("theirs", { ...${JSON.stringify({ ...service().args, name: "Theirs" })}, adopt: { clientId: "${client.id}"${more} } });
new IntegrationCredential("theirs", { name: "Theirs", client: theirs });`,
		);
	adopt("");
	expect(await stack.fails("up")).toContain(
		"empty secret is never sent: if the stack adopted the client, set adopt.clientSecret to the secret there, or adopt.rotateSecret to true",
	);
	expect(stack.simulator.organization.credentials()).toEqual([]);
	adopt(", rotateSecret: true");
	stack.simulator.faults.add({ kind: "cut", method: "POST", path: credentials, when: "after" });
	stack.simulator.faults.add({ kind: "cut", method: "GET", path: `${credentials}/listing`, times: "always", skip: 1 });
	expect(await stack.fails("up")).toContain("It is unknown whether the credential was created");
	stack.simulator.faults.clear();
	const [{ id } = { id: "" }] = stack.simulator.organization.credentials();
	expect(await stack.fails("up")).toContain(`GENESYSCLOUD_TAKE_OVER=${id}`);
	stack.environment["GENESYSCLOUD_TAKE_OVER"] = id;
	await stack.run("up");
	expect(stack.simulator.organization.credentials().map((credential) => credential.id)).toEqual([id]);
	delete stack.environment["GENESYSCLOUD_TAKE_OVER"];
	expect((await stack.run("up")).calls).toEqual([]);
});

test.each([
	["", 'IntegrationCredential "c": set either client or fields'],
	[
		"fields: {}, client: { clientId: 'a', clientSecret: 'b' }",
		'IntegrationCredential "c": set either client or fields',
	],
	["type: 'basicAuth', client: { clientId: 'a', clientSecret: 'b' }", 'IntegrationCredential "c": remove type'],
])("a credential with { %s } fails the preview in one line", async (args, reason) => {
	const stack = await startStack();
	write(stack, `new IntegrationCredential("c", { name: "C", ${args} });`);
	const output = await stack.fails("preview");
	expect(output).toContain(reason);
	expect(output).not.toMatch(/^\s+at /m);
});

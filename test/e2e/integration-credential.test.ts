import { expect, test } from "vitest";
import { service } from "./support/clients";
import { eachStack } from "./support/each-stack";
import type { TestStack } from "./support/test-stack";

const startStack = eachStack();

const credentials = "/api/v2/integrations/credentials";
const clients = "/api/v2/oauth/clients";

/** Declares a client and the credential that holds it. */
function declare(stack: TestStack, { client = {}, credential = {} }: Record<string, object> = {}): void {
	stack.write(
		"index.js",
		`const { IntegrationCredential, OAuthClient } = require("pulumi-genesyscloud-oauth");
const crm = new OAuthClient("crm", ${JSON.stringify({ ...service().args, ...client })});
const credential = new IntegrationCredential("crm", { ...${JSON.stringify({ name: "CRM sync", ...credential })}, client: crm });
exports.crm = { id: crm.clientId, secret: crm.clientSecret };
exports.credential = { id: credential.credentialId };
`,
	);
}

/** Whether the organization's credential holds the client that the stack knows. */
async function holdsClient(stack: TestStack): Promise<boolean> {
	const { crm, credential } = await stack.outputs();
	const fields = { clientId: crm?.id ?? "", clientSecret: crm?.secret ?? "" };
	return stack.simulator.organization.checkCredential(credential?.id ?? "", fields);
}

test("a credential follows its client: made after it, 0 calls unchanged, one GET and one PUT for a new secret, gone before it", async () => {
	const stack = await startStack();
	declare(stack, { client: { secretRotation: { rotateWhenChanged: { key: 1 } } } });
	const { calls: created, output } = await stack.run("up");
	expect(created.filter((call) => call.startsWith("POST /api")).slice(-2)).toEqual([
		`POST ${clients}`,
		`POST ${credentials}`,
	]);
	expect(created.filter((call) => call === `GET ${credentials}/listing`)).toHaveLength(1);
	expect(output).toContain("+  pulumi-nodejs:dynamic/genesyscloud:IntegrationCredential crm created");
	expect(await holdsClient(stack)).toBe(true);
	expect((await stack.run("up")).calls).toEqual([]);

	declare(stack, { client: { secretRotation: { rotateWhenChanged: { key: 2 } } } });
	const rotated = (await stack.run("up")).calls.filter((call) => !call.includes("/oauth/token"));
	expect(rotated).toEqual([
		`POST ${clients}/{clientId}/secret`,
		`GET ${credentials}/{credentialId}`,
		`PUT ${credentials}/{credentialId}`,
	]);
	expect(await holdsClient(stack)).toBe(true);

	const [{ id } = { id: "" }] = stack.simulator.organization.credentials();
	stack.simulator.organization.changeCredential(id, { name: "Renamed" });
	expect((await stack.run("refresh")).output).toMatch(
		/~ +pulumi-nodejs:dynamic\/genesyscloud:IntegrationCredential +crm/,
	);
	const repaired = (await stack.run("up")).calls.filter((call) => !call.includes("/oauth/token"));
	expect(repaired).toEqual([`GET ${credentials}/{credentialId}`, `PUT ${credentials}/{credentialId}`]);
	expect(await holdsClient(stack)).toBe(true);

	stack.write("index.js", "");
	const removed = (await stack.run("up")).calls.filter((call) => !call.includes("/oauth/token"));
	expect(removed).toEqual([
		"GET /api/v2/integrations",
		`DELETE ${credentials}/{credentialId}`,
		`PUT ${clients}/{clientId}`,
		`DELETE ${clients}/{clientId}`,
	]);
});

test("while the client's guard refuses, neither the credential nor the client goes", async () => {
	const stack = await startStack();
	declare(stack, { client: { deletionGuard: { inUseWithinDays: 7 } } });
	await stack.run("up");
	const { crm } = await stack.outputs();
	stack.simulator.organization.addUsage({
		clientId: crm?.id ?? "",
		date: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
		templateUri: "/api/v2/users",
		httpMethod: "GET",
		status200: 7,
	});
	const output = await stack.fails("destroy");
	expect(output).toContain("the credential wasn't deleted, since the deletion guard of its OAuth client");
	expect(stack.simulator.organization.credentials()).toHaveLength(1);
	expect(stack.simulator.organization.client(crm?.id ?? "")).toMatchObject({ state: "active" });
	stack.environment["GENESYSCLOUD_ALLOW_DELETION"] = crm?.id;
	await stack.run("destroy");
	expect(stack.simulator.organization.credentials()).toEqual([]);
});

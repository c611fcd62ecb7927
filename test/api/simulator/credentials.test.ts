import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, startSimulator } from "../../../simulator/index";
import type { IntegrationCredentialSeed, ManualClock, Simulator } from "../../../simulator/index";
import { call, callAsAdministrator } from "./api-caller";

const path = "/api/v2/integrations/credentials";
const fields = { clientId: "1d0c0000-0000-4000-8000-000000000001", clientSecret: "not-a-real-secret" };
const body = { name: "CRM", type: { name: "pureCloudOAuthClient" }, credentialFields: fields };

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = createManualClock({ now: Date.parse("2026-01-15T12:00:00Z") });
	simulator = await startSimulator({ clock });
});
afterEach(async () => {
	await simulator.close();
});

const ask = async (method: string, rest = "", json?: unknown) =>
	callAsAdministrator(simulator, method, `${path}${rest}`, json === undefined ? {} : { json });

async function created(json: unknown = body): Promise<string> {
	return (await ask("POST", "", json)).body.id as string;
}

test("a credential is made, and answered with its name, type and dates, never with its fields", async () => {
	const answer = await ask("POST", "", body);
	expect(answer.status).toBe(200);
	expect(answer.body).toEqual({
		id: expect.any(String),
		name: "CRM",
		createdDate: "2026-01-15T12:00:00.000Z",
		modifiedDate: "2026-01-15T12:00:00.000Z",
		type: { id: "pureCloudOAuthClient", name: "pureCloudOAuthClient" },
		selfUri: `${path}/${answer.body.id}`,
	});
	expect(simulator.organization.checkCredential(answer.body.id, fields)).toBe(true);
	expect(simulator.organization.checkCredential(answer.body.id, { ...fields, clientSecret: "another" })).toBe(false);
});

test("no answer, record or log ever has a sensitive value", async () => {
	const id = await created();
	const basic = await created({
		name: "b",
		type: { name: "basicAuth" },
		credentialFields: { userName: "u", password: "not-a-real-password" },
	});
	const own = await created({
		name: "o",
		type: { name: "userDefinedOAuth" },
		credentialFields: { anything: "not-a-real-value" },
	});
	const answers = await Promise.all(
		[`/${id}`, `/${basic}`, `/${own}`, "/listing", ""].map(async (rest) => ask("GET", rest)),
	);
	const seen = JSON.stringify([
		answers,
		simulator.organization.credentials(),
		simulator.requests.all(),
		simulator.snapshot(),
	]);
	expect(seen).not.toMatch(/not-a-real/);
	expect(answers[0]?.body.credentialFields).toEqual({ clientId: fields.clientId, clientSecret: "**********" });
	expect(answers[1]?.body.credentialFields).toEqual({ userName: "u", password: "**********" });
	expect(answers[2]?.body.credentialFields).toEqual({ anything: "**********" });
});

test.each<[IntegrationCredentialSeed, object]>([
	[{ redaction: "omitted" }, { clientId: fields.clientId }],
	[{ redaction: "empty" }, { clientId: fields.clientId, clientSecret: "" }],
	[{ showsClientId: false }, { clientSecret: "**********" }],
])("what a read has in place of a value is a choice: %j", async (integrationCredentials, shown) => {
	simulator.organization.changeSettings({ integrationCredentials });
	expect((await ask("GET", `/${await created()}`)).body.credentialFields).toEqual(shown);
});

test("a PUT replaces name and fields, and moves the date", async () => {
	const id = await created();
	clock.advance(60_000);
	const next = { ...body, name: "CRM 2", credentialFields: { ...fields, clientSecret: "another" } };
	const { status, body: answer } = await ask("PUT", `/${id}`, next);
	expect([status, answer.name, answer.modifiedDate]).toEqual([200, "CRM 2", "2026-01-15T12:01:00.000Z"]);
	expect(answer).not.toHaveProperty("credentialFields");
	expect(simulator.organization.checkCredential(id, next.credentialFields)).toBe(true);
});

test.each([
	["clear", { clientId: fields.clientId }, { clientId: fields.clientId }],
	["clear", { clientId: fields.clientId, clientSecret: "" }, { clientId: fields.clientId, clientSecret: "" }],
	["keep", { clientId: fields.clientId }, fields],
	["keep", { clientId: fields.clientId, clientSecret: "" }, fields],
] as const)("what a PUT does to a secret that it omits is a choice: %s", async (omittedFields, sent, stored) => {
	simulator.organization.changeSettings({ integrationCredentials: { omittedFields } });
	const id = await created();
	await ask("PUT", `/${id}`, { ...body, credentialFields: sent });
	expect(simulator.organization.checkCredential(id, stored)).toBe(true);
});

test.each([
	[{ ...body, name: " " }, "constraint.validation"],
	[{ ...body, name: 7 }, "invalid.value"],
	[{ name: "CRM", credentialFields: fields }, "constraint.validation"],
	[{ ...body, type: { name: "pureCloudOauthClient" } }, "invalid.value"],
	[{ ...body, credentialFields: { clientId: fields.clientId } }, "constraint.validation"],
	[{ ...body, credentialFields: { ...fields, clientSecret: "" } }, "constraint.validation"],
	[{ ...body, credentialFields: { ...fields, clientSecret: 7 } }, "invalid.value"],
	[{ ...body, secret: "x" }, "invalid.property"],
])("a create with %j is refused", async (json, code) => {
	const answer = await ask("POST", "", json);
	expect([answer.status, answer.body.code]).toEqual([400, code]);
	expect(simulator.organization.credentials()).toEqual([]);
});

test("a credential of a seed may have no name, and is read and listed without one", async () => {
	const { id } = simulator.organization.addCredential({ fields });
	simulator.organization.addIntegration({ id: "i1", name: "I", credentialIds: [id] });
	for (const rest of [`/${id}`, "/listing", ""]) {
		const { status, body: answer } = await ask("GET", rest);
		expect(status).toBe(200);
		const found = (answer.entities as object[] | undefined)?.[0] ?? answer;
		expect(found).toMatchObject({ id, type: { name: "pureCloudOAuthClient" } });
		expect(found).not.toHaveProperty("name");
	}
	const configuration = await callAsAdministrator(simulator, "GET", "/api/v2/integrations/i1/config/current");
	expect(configuration.body.credentials).toEqual({
		pureCloudOAuthClient: expect.not.objectContaining({ name: expect.anything() }),
	});
});

test("a PUT can't change the type", async () => {
	const id = await created();
	const answer = await ask("PUT", `/${id}`, {
		name: "CRM",
		type: { name: "basicAuth" },
		credentialFields: { userName: "u", password: "p" },
	});
	expect([answer.status, answer.body.code]).toEqual([400, "constraint.validation"]);
});

test("a credential that isn't there is 404 for all", async () => {
	const answers = [await ask("GET", "/none"), await ask("PUT", "/none", body), await ask("DELETE", "/none")];
	for (const { status, body: answer } of answers) expect([status, answer.code]).toEqual([404, "not.found"]);
});

test("a credential in use can be deleted, and is then in no integration; or is refused, by choice", async () => {
	const id = await created();
	simulator.organization.addIntegration({ name: "Data actions", credentialIds: [id] });
	simulator.organization.changeSettings({ integrationCredentials: { usedOnesCanBeDeleted: false } });
	const refused = await ask("DELETE", `/${id}`);
	expect([refused.status, refused.body.code]).toEqual([409, "request.conflict"]);
	simulator.organization.changeSettings({ integrationCredentials: { usedOnesCanBeDeleted: true } });
	expect((await ask("DELETE", `/${id}`)).status).toBe(204);
	expect(simulator.organization.credentials()).toEqual([]);
	expect(simulator.organization.integrations()).toMatchObject([{ name: "Data actions", credentialIds: [] }]);
});

test("integrations are listed by the credential that they use, their type and their ids", async () => {
	const id = await created();
	simulator.organization.addIntegration({ id: "i1", name: "Data actions", credentialIds: [id] });
	simulator.organization.addIntegration({ id: "i2", name: "Bot", integrationType: "bot" });
	const namesFor = async (query: string) =>
		(await callAsAdministrator(simulator, "GET", `/api/v2/integrations${query}`)).body.entities.map(
			({ name }: { name: string }) => name,
		);
	expect(await namesFor("")).toEqual(["Data actions", "Bot"]);
	expect(await namesFor(`?credentialId=${id}`)).toEqual(["Data actions"]);
	expect(await namesFor("?credentialId=none")).toEqual([]);
	expect(await namesFor("?integrationType=bot")).toEqual(["Bot"]);
	expect(await namesFor("?ids=i2,i1&pageSize=1&pageNumber=2")).toEqual(["Bot"]);
});

test("the types tell which fields they need", async () => {
	const { body: types } = await ask("GET", "/types");
	expect(types).toContainEqual(
		expect.objectContaining({ name: "pureCloudOAuthClient", required: ["clientId", "clientSecret"] }),
	);
	expect(types).toContainEqual(
		expect.objectContaining({ name: "basicAuth", required: ["userName"], displayOrder: ["userName", "password"] }),
	);
	expect((types as { name: string }[]).map(({ name }) => name)).toEqual([
		"pureCloudOAuthClient",
		"basicAuth",
		"userDefinedOAuth",
		"callJourney",
	]);
});

test("the deprecated list has pages by number", async () => {
	for (const name of ["a", "b", "c"]) simulator.organization.addCredential({ name, fields });
	const { body: page } = await ask("GET", "?pageSize=2&pageNumber=2");
	expect(page).toMatchObject({ total: 3, pageCount: 2, entities: [{ name: "c" }] });
});

test.each([
	["GET", "", "view"],
	["GET", "/listing", "view"],
	["GET", "/types", "view"],
	["GET", "/ID", "view"],
	["POST", "", "add"],
	["PUT", "/ID", "edit"],
	["DELETE", "/ID", "delete"],
])("%s %s needs integrations:integration:%s", async (method, rest, permission) => {
	const { id } = simulator.organization.addCredential({ name: "CRM", fields });
	const as = async (permissions: string[], tokenScopes: string[]) => {
		const { client } = simulator.organization.addClient({ name: "c", permissions, tokenScopes });
		const token = simulator.organization.issueToken(client.id);
		const json = method === "POST" || method === "PUT" ? { json: body } : {};
		return (await call(simulator, method, path + rest.replace("ID", id), { token, ...json })).status;
	};
	const all = ["view", "add", "edit", "delete"].map((each) => `integrations:integration:${each}`);
	const own = `integrations:integration:${permission}`;
	expect(
		await as(
			all.filter((other) => other !== own),
			["all"],
		),
	).toBe(403);
	simulator.organization.changeSettings({ scopeEnforcement: true });
	expect(await as([own], ["oauth"])).toBe(403);
	expect(await as([own], ["integrations:readonly"])).toBe(permission === "view" ? 200 : 403);
	expect(await as([own], ["integrations"])).toBe(method === "DELETE" ? 204 : 200);
});

test("credentials are seeded, changed and removed from outside, in process and over HTTP", async () => {
	const seed = {
		credentials: [{ id: "c1", name: "CRM", fields }],
		integrations: [{ name: "i", credentialIds: ["c1"] }],
	};
	const other = await startSimulator({ seed });
	const control = async (method: string, rest: string, json?: unknown) =>
		call(other, method, `/simulator${rest}`, json === undefined ? {} : { json });
	expect((await control("GET", "/credentials")).body.credentials).toMatchObject([
		{
			id: "c1",
			type: "pureCloudOAuthClient",
			values: { clientId: fields.clientId },
			sensitiveFields: ["clientSecret"],
		},
	]);
	expect((await control("POST", "/credentials/c1/check", { fields })).body).toEqual({ correct: true });
	await control("PATCH", "/credentials/c1", { name: "Renamed", fields: { clientId: "x", clientSecret: "y" } });
	expect((await control("GET", "/credentials/c1")).body.credential).toMatchObject({
		name: "Renamed",
		values: { clientId: "x" },
	});
	expect((await control("POST", "/credentials", { name: "More" })).body.credential).toMatchObject({ name: "More" });
	expect((await control("POST", "/integrations", { name: "j" })).body.integration).toMatchObject({ name: "j" });
	expect((await control("GET", "/integrations")).body.integrations).toHaveLength(2);
	expect((await control("DELETE", "/credentials/c1")).status).toBe(204);
	expect((await control("GET", "/credentials/c1")).status).toBe(404);
	expect((await control("DELETE", "/credentials/c1")).status).toBe(400);
	other.reset();
	expect(other.organization.credentials()).toMatchObject([{ id: "c1", name: "CRM" }]);
	await other.close();
});

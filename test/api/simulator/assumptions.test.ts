import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createManualClock, DIVISION_IDS, ROLE_IDS, startSimulator } from "../../../simulator/index";
import type { AssumptionSeed, ClientSeed, ManualClock, Simulator } from "../../../simulator/index";
import { administratorToken, call, requestToken } from "./api-caller";

const path = "/api/v2/oauth/clients";
const credentialsPath = "/api/v2/integrations/credentials";
const service = { name: "c", authorizedGrantType: "CLIENT-CREDENTIALS", roleIds: [ROLE_IDS.employee] };

let clock: ManualClock;
let simulator: Simulator;
let token: string;

beforeEach(async () => {
	clock = createManualClock();
	simulator = await startSimulator({ clock });
	token = await administratorToken(simulator);
});
afterEach(async () => {
	await simulator.close();
});

const assume = (assumptions: AssumptionSeed) => simulator.organization.changeSettings({ assumptions });
const ask = async (method: string, at: string, json?: unknown) =>
	call(simulator, method, at, json === undefined ? { token } : { token, json });
const create = async (more: object = {}) => ask("POST", path, { ...service, ...more });

const logIn = async (seed: Partial<ClientSeed>) => {
	const { client, secret = "" } = simulator.organization.addClient({ name: "c", ...seed });
	return requestToken(simulator, client.id, secret);
};
const aheadOfNow = (date: string) => Date.parse(date) - clock.now();
const rowsOf = async (started: Promise<{ status: number; body: any }>) =>
	(await ask("GET", (await started).body.resultsUri)).body.results as Record<string, unknown>[];
const listed = async () => ((await ask("GET", path)).body.entities as { id: string }[]).map(({ id }) => id);

/** Puts a client that is returned with another property. */
const putToExtended = async (property: object) => {
	const { client } = simulator.organization.addClient({
		name: "c",
		roleIds: [ROLE_IDS.employee],
		extra: { region: "eu" },
	});
	const { body } = await ask("PUT", `${path}/${client.id}`, { ...service, ...property });
	return body.code ?? [body.region, body.other];
};

test("the seed and the settings take assumptions, and refuse an unknown one", async () => {
	const assumptions = { listHasLogin: false };
	const seeded = await startSimulator({ seed: { assumptions } });
	expect(seeded.organization.settings().assumptions).toMatchObject({ listHasLogin: false, referencesHaveNames: true });
	expect(seeded.organization.changeSettings({ assumptions: { referencesHaveNames: false } }).assumptions).toMatchObject(
		{
			listHasLogin: false,
			referencesHaveNames: false,
		},
	);
	await seeded.close();
	expect(() => assume({ A9: "other" } as AssumptionSeed)).toThrow(/assumptions\.A9/);
});

describe("a login", () => {
	const said = { error: "temporarily_unavailable", description: "said by the test" };
	const loginOf = {
		refusalOfInactiveClient: async () => logIn({ state: "inactive" }),
		refusalOfDisabledClient: async () => logIn({ state: "disabled" }),
		refusalOfDeniedAddress: async () => logIn({ addressIsDenied: true }),
		refusalOfUnknownClient: async () => requestToken(simulator, "nobody", "x"),
		refusalOfThrottling: async () => {
			simulator.organization.changeSettings({ limits: { tokenRequestsPerMinute: 1 } });
			const { clientId, clientSecret } = simulator.administrator;
			await requestToken(simulator, clientId, clientSecret);
			return requestToken(simulator, clientId, clientSecret);
		},
	};

	test.each(Object.entries(loginOf))("is refused as %s says", async (refusal, refused) => {
		expect(await refused()).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^invalid_/) } });
		assume({ [refusal]: said });
		expect(await refused()).toMatchObject({
			status: 400,
			body: { ...said, error_description: said.description },
		});
	});

	test("of a client whose address is denied is refused only while it is", async () => {
		const { client, secret = "" } = simulator.organization.addClient({ name: "c", addressIsDenied: true });
		const ended = async () => (await requestToken(simulator, client.id, secret)).body;
		expect(await ended()).toMatchObject({ error: "invalid_client", description: "address is not allowed" });
		simulator.organization.changeClient(client.id, { addressIsDenied: false });
		expect(await ended()).toHaveProperty("access_token");
	});

	test("of another grant tells whether the secret is right, unless the grant is checked first", async () => {
		const { client, secret = "" } = simulator.organization.addClient({
			name: "web",
			authorizedGrantType: "CODE",
			scope: ["users"],
		});
		const errors = async () => [
			(await requestToken(simulator, client.id, secret)).body.error,
			(await requestToken(simulator, client.id, "wrong")).body.error,
		];
		expect(await errors()).toEqual(["unauthorized_client", "invalid_client"]);
		assume({ loginChecksGrantFirst: true });
		expect(await errors()).toEqual(["unauthorized_client", "unauthorized_client"]);
	});

	test.each([false, true])("has tokens that end with its secret if they do (%s)", async (tokensEndWithSecret) => {
		assume({ tokensEndWithSecret });
		const { client } = simulator.organization.addClient({ name: "c" });
		const issued = simulator.organization.issueToken(client.id);
		simulator.organization.regenerateSecret(client.id);
		const { status } = await call(simulator, "GET", "/api/v2/oauth/scopes", { token: issued });
		expect(status).toBe(tokensEndWithSecret ? 401 : 200);
	});
});

describe("a client", () => {
	const pair = { roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support };

	test("is returned with both forms of its roles, whichever was sent", async () => {
		assume({ clientsHaveBothRoleForms: true });
		const roleIds = [ROLE_IDS.employee];
		expect((await create({ roleIds, roleDivisions: [] })).body).toMatchObject({
			roleIds,
			roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
		});
		const { body } = await create({ roleIds: undefined, roleDivisions: [pair] });
		expect(body).toMatchObject({ roleIds, roleDivisions: [pair] });
		expect((await ask("PUT", `${path}/${body.id}`, body)).body).toMatchObject({ roleIds, roleDivisions: [pair] });
		assume({ clientsHaveBothRoleForms: false });
		expect((await create({ roleIds: undefined, roleDivisions: [pair] })).body).toMatchObject({ roleIds: [] });
	});

	test("is made by the login, by a user of its own for each login, or by nobody", async () => {
		const { clientId } = simulator.administrator;
		expect((await create()).body.createdBy).toMatchObject({ id: clientId, name: "Administrator" });
		assume({ createdBy: "user" });
		const [first, second] = [(await create()).body, (await create()).body];
		expect(first.createdBy.id).not.toBe(clientId);
		expect(second.modifiedBy).toEqual(first.createdBy);
		const other = simulator.organization.addClient({ name: "other", roleIds: [ROLE_IDS.masterAdmin] });
		const its = await call(simulator, "POST", path, {
			token: simulator.organization.issueToken(other.client.id),
			json: { ...service, roleIds: [ROLE_IDS.masterAdmin] },
		});
		expect(its.status).toBe(200);
		expect([clientId, other.client.id, first.createdBy.id]).not.toContain(its.body.createdBy.id);
		assume({ createdBy: "absent" });
		expect(Object.keys((await create()).body)).not.toContain("createdBy");
	});

	test("of the seed has the author that the seed's assumption gives the administrator", async () => {
		const seeded = await startSimulator({
			seed: { clients: [{ id: "c1", name: "c" }], assumptions: { createdBy: "user" } },
		});
		const options = { token: await administratorToken(seeded) };
		const made = await call(seeded, "POST", path, { ...options, json: service });
		const { createdBy } = (await call(seeded, "GET", `${path}/c1`, options)).body;
		expect(createdBy).toEqual(made.body.createdBy);
		await seeded.close();
	});

	test("names its authors unless references have no names", async () => {
		expect((await create()).body.createdBy).toHaveProperty("name");
		assume({ referencesHaveNames: false });
		const { createdBy, modifiedBy } = (await create()).body;
		expect([Object.keys(createdBy), Object.keys(modifiedBy)]).toEqual([
			["id", "selfUri"],
			["id", "selfUri"],
		]);
	});

	test("of a refused grant can't be made, and one that has it keeps it", async () => {
		const implicit = { name: "web", authorizedGrantType: "TOKEN", scope: ["users"] };
		const { id } = (await ask("POST", path, implicit)).body;
		assume({ refusedGrants: ["TOKEN"] });
		expect((await ask("POST", path, implicit)).body.code).toBe("bad.grant.type");
		expect((await ask("PUT", `${path}/${id}`, { ...implicit, name: "renamed" })).body.name).toBe("renamed");
		const { id: codeId } = (await ask("POST", path, { ...implicit, authorizedGrantType: "CODE" })).body;
		expect((await ask("PUT", `${path}/${codeId}`, implicit)).body.code).toBe("bad.grant.type");
	});

	test("of the grant CLIENT-CREDENTIALS needs what the API requires of it, and stores it", async () => {
		expect((await create({ allowedAddresses: ["192.0.2.1"] })).body.code).toBe("invalid.property");
		assume({ requiredProperties: ["allowedAddresses"] });
		expect((await create()).body).toMatchObject({
			code: "constraint.validation",
			message: "allowedAddresses may not be empty",
		});
		const { body } = await create({ allowedAddresses: ["192.0.2.1"] });
		expect(body.allowedAddresses).toEqual(["192.0.2.1"]);
		// Those that exist stay as they are.
		expect((await ask("PUT", `${path}/${body.id}`, service)).status).toBe(200);
		const web = { name: "web", authorizedGrantType: "CODE", scope: ["users"] };
		expect((await ask("POST", path, web)).status).toBe(200);
	});

	test.each(["CODE", "TOKEN"])("of the grant %s needs a redirect URI where the API requires one", async (grant) => {
		const web = { name: "web", authorizedGrantType: grant, scope: ["users"] };
		expect((await ask("POST", path, web)).status).toBe(200);
		assume({ redirectUriIsRequired: true });
		expect((await ask("POST", path, web)).body.message).toBe("registeredRedirectUri may not be empty");
		const uri = "https://example.com";
		expect((await ask("POST", path, { ...web, registeredRedirectUri: [uri] })).status).toBe(200);
		expect((await create()).status).toBe(200);
	});

	test("that is young is kept or deleted when it becomes inactive", async () => {
		const inactive = { ...service, state: "inactive" };
		const { id } = (await create()).body;
		await ask("PUT", `${path}/${id}`, inactive);
		expect((await ask("GET", `${path}/${id}`)).status).toBe(200);
		assume({ youngInactiveClients: "deleted" });
		const { id: doomed } = (await create()).body;
		await ask("PUT", `${path}/${doomed}`, inactive);
		expect((await ask("GET", `${path}/${doomed}`)).status).toBe(404);
	});

	test("is missing from its own list where that leaves out the login", async () => {
		expect(await listed()).toContain(simulator.administrator.clientId);
		assume({ listHasLogin: false });
		const { id } = (await create()).body;
		expect(await listed()).toEqual([id]);
	});
});

describe("a property that the vendor's model doesn't have", () => {
	test.each([
		["refusedUnlessRead", { region: "us" }, ["us", undefined]],
		["refusedUnlessRead", {}, [undefined, undefined]],
		["refusedUnlessRead", { other: 1 }, "invalid.property"],
		["refused", { region: "us" }, "invalid.property"],
		["refused", {}, ["eu", undefined]],
		["ignored", { region: "us", other: 1 }, ["eu", undefined]],
	] as const)("%s: a PUT of %j", async (unknownProperties, property, expected) => {
		assume({ unknownProperties });
		expect(await putToExtended(property)).toEqual(expected);
	});

	test("is stored in any case if the seed's extraProperties has it", async () => {
		simulator.organization.changeSettings({ extraProperties: ["region"] });
		for (const unknownProperties of ["refused", "ignored"] as const) {
			assume({ unknownProperties });
			expect(await putToExtended({ region: "us" })).toEqual(["us", undefined]);
		}
	});
});

describe("dates", () => {
	test("are the server's time unless they are ahead or behind", async () => {
		const credential = { name: "c", type: { name: "userDefinedOAuth" }, credentialFields: {} };
		const { dateCreated, dateModified } = (await create()).body;
		expect([dateCreated, dateModified].map(aheadOfNow)).toEqual([0, 0]);
		assume({ creationDateIsAheadMs: -300_000, modificationDateIsAheadMs: 90_000 });
		const { body } = await create();
		expect([body.dateCreated, body.dateModified].map(aheadOfNow)).toEqual([-300_000, 90_000]);
		const changed = (await ask("PUT", `${path}/${body.id}`, service)).body;
		expect([changed.dateCreated, changed.dateModified].map(aheadOfNow)).toEqual([-300_000, 90_000]);
		const info = (await ask("POST", credentialsPath, credential)).body;
		expect([info.createdDate, info.modifiedDate].map(aheadOfNow)).toEqual([-300_000, 90_000]);
	});

	test("a new secret sets the date of the last change, or leaves it", async () => {
		const { id, dateModified } = (await create()).body;
		const renew = async () => (await ask("POST", `${path}/${id}/secret`)).body;
		assume({ newSecretSetsDateModified: false });
		clock.advance(1000);
		expect((await renew()).dateModified).toBe(dateModified);
		assume({ newSecretSetsDateModified: true });
		expect(aheadOfNow((await renew()).dateModified)).toBe(0);
	});
});

describe("integrations", () => {
	const integrationsPath = "/api/v2/integrations";

	test("are filtered by a credential unless the API ignores that, and their configurations tell in any case", async () => {
		const { organization } = simulator;
		const [first, second] = ["one", "two"].map((name) => organization.addCredential({ name }).id) as [string, string];
		const basic = organization.addCredential({ name: "basic", type: "basicAuth" }).id;
		organization.addIntegration({ id: "i1", name: "I1", credentialIds: [first, second, basic] });
		organization.addIntegration({ id: "i2", name: "I2" });
		const users = async () =>
			((await ask("GET", `${integrationsPath}?credentialId=${first}`)).body.entities as { id: string }[]).map(
				({ id }) => id,
			);
		expect(await users()).toEqual(["i1"]);
		assume({ integrationsFilterByCredential: false });
		expect(await users()).toEqual(["i1", "i2"]);
		const credentialsOf = async (id: string) =>
			(await ask("GET", `${integrationsPath}/${id}/config/current`)).body.credentials;
		expect(await credentialsOf("i2")).toEqual({});
		expect(await credentialsOf("i1")).toMatchObject({
			pureCloudOAuthClient: { id: first, name: "one" },
			pureCloudOAuthClient2: { id: second },
			basicAuth: { id: basic },
		});
		expect((await ask("GET", `${integrationsPath}/i3/config/current`)).status).toBe(404);
	});

	test("have credentials of the types that the seed gives, with optional fields", async () => {
		const basic = { name: "b", type: { name: "basicAuth" }, credentialFields: { userName: "u" } };
		const recorder = { name: "a", type: { name: "audioHook" }, credentialFields: { apiKey: "k" } };
		expect((await ask("POST", credentialsPath, basic)).status).toBe(200);
		expect((await ask("POST", credentialsPath, recorder)).body.code).toBe("invalid.value");
		assume({
			credentialTypes: [
				{ name: "basicAuth", required: ["userName", "password"], shown: ["userName"] },
				{ name: "audioHook", optional: ["apiKey"] },
			],
		});
		expect((await ask("GET", `${credentialsPath}/types`)).body).toMatchObject([
			{ name: "basicAuth", required: ["userName", "password"], displayOrder: ["userName", "password"] },
			{ name: "audioHook", required: [], properties: { apiKey: { type: "string" } } },
		]);
		expect((await ask("POST", credentialsPath, basic)).body.code).toBe("constraint.validation");
		const { id } = (await ask("POST", credentialsPath, recorder)).body;
		expect((await ask("GET", `${credentialsPath}/${id}`)).body.credentialFields).toEqual({ apiKey: "**********" });
	});
});

describe("usage", () => {
	let clientId: string;
	beforeEach(() => {
		clientId = simulator.organization.addClient({ name: "c" }).client.id;
		simulator.organization.changeSettings({ usageQueries: { runningPolls: 0 } });
		for (const date of ["2026-01-13", "2026-01-14"])
			simulator.organization.addUsage({ clientId, date, templateUri: "/users", httpMethod: "GET", status200: 1 });
	});
	const query = async (body: object) => rowsOf(ask("POST", `${path}/${clientId}/usage/query`, body));
	const summary = async (days: number) => ask("GET", `${path}/${clientId}/usage/summary?days=${days}`);

	test("rows have empty texts and zeros for what they aren't grouped by, or nothing", async () => {
		const question = { interval: "2026-01-01/2026-02-01", metrics: ["Requests"], groupBy: ["HttpMethod"] };
		const row = { httpMethod: "GET", date: "2026-01-01T00:00:00.000Z", requests: 2 };
		expect(await query(question)).toEqual([row]);
		assume({ ungroupedUsageFields: "empty" });
		const texts = { clientId: "", clientName: "", organizationId: "", userId: "", templateUri: "" };
		const counts = { status200: 0, status300: 0, status400: 0, status500: 0, status429: 0 };
		expect(await query(question)).toEqual([{ ...texts, ...counts, ...row }]);
	});

	test("of the latest days may not be there yet", async () => {
		expect(await rowsOf(summary(2))).toHaveLength(2);
		assume({ daysWithoutUsage: 1 });
		expect(await rowsOf(summary(2))).toMatchObject([{ date: "2026-01-13T00:00:00.000Z" }]);
	});

	test("is queried for as many days as the API allows", async () => {
		expect((await summary(365)).status).toBe(200);
		assume({ maximumUsageDays: 30 });
		expect((await summary(30)).status).toBe(200);
		expect((await summary(31)).body.code).toBe("invalid.query.param.value");
	});

	test("of an interval's end counts where the API includes it", async () => {
		const interval = "2026-01-13/2026-01-14";
		expect(await query({ interval })).toMatchObject([{ requests: 1 }]);
		assume({ usageIntervalIncludesEnd: true });
		expect(await query({ interval })).toMatchObject([{ requests: 2 }]);
	});

	test("is queried by months, as the vendor's blueprint does", async () => {
		expect(await query({ interval: "2026-01/2026-02" })).toMatchObject([{ requests: 2 }]);
	});
});

describe("the rate limit", () => {
	beforeEach(() => {
		simulator.organization.changeSettings({ limits: { requestsPerMinute: 1 } });
	});

	test("is refused with either code", async () => {
		await ask("GET", path);
		expect((await ask("GET", path)).body.code).toBe("too.many.requests");
		assume({ rateLimitCode: "too.many.requests.retry.after" });
		expect(await ask("GET", path)).toMatchObject({
			status: 429,
			body: {
				code: "too.many.requests.retry.after",
				message: "Rate limit exceeded the maximum. Retry the request in [60] seconds",
			},
		});
	});

	test("says that its minute ends later, as a log of the vendor has it", async () => {
		assume({ rateLimitResetIsLaterSeconds: 1 });
		expect((await ask("GET", path)).headers.get("inin-ratelimit-reset")).toBe("61");
	});
});

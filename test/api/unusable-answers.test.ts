import { describe, expect, test } from "vitest";
import { anyAnswer } from "../../provider/api/answer-fields";
import type { ConnectionError } from "../../provider/api/errors";
import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import { clientWithId } from "../../provider/api/oauth-answers";
import { usableAnswer } from "../../provider/api/usable-answer";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { absentId, paths, webAppRequest } from "./support/client-requests";
import { startCredentialRun } from "./support/credential-run";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "./support/lifecycle-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const otherId = "11111111-0000-4000-8000-000000000000";
const client = { id: absentId, name: "CRM sync", authorizedGrantType: "CODE" };
const ok = { kind: "status", status: 200 } as const;
const credentials = "/api/v2/integrations/credentials";
const credential = `${credentials}/{credentialId}`;

/** Objects in each other. */
const nested = (levels: number): object => (levels === 0 ? {} : { inner: nested(levels - 1) });

type Call = (api: GenesysCloudApi) => Promise<unknown>;
const getClient: Call = async (api) => api.getOauthClient(absentId);
const request = { name: "CRM", type: { name: "basicAuth" }, credentialFields: { userName: "u" } };

describe("an answer about another id than the one asked for is unusable:", () => {
	test.each<[operation: string, method: string, path: string, call: Call, body: object]>([
		["get_oauth_client", "GET", paths.client, getClient, client],
		["put_oauth_client", "PUT", paths.client, async (api) => api.putOauthClient(absentId, webAppRequest()), client],
		[
			"post_oauth_client_secret",
			"POST",
			paths.secret,
			async (api) => api.postOauthClientSecret(absentId),
			{ ...client, secret: "the-other-secret" },
		],
		[
			"get_oauth_authorization",
			"GET",
			"/api/v2/oauth/authorizations/{clientId}",
			async (api) => api.getOauthAuthorization(absentId),
			{ client },
		],
		[
			"get_oauth_scope",
			"GET",
			"/api/v2/oauth/scopes/{scopeId}",
			async (api) => api.getOauthScope(absentId),
			{ id: absentId },
		],
		[
			"get_authorization_role",
			"GET",
			paths.role,
			async (api) => api.getAuthorizationRole(absentId),
			{ id: absentId, name: "a" },
		],
		[
			"get_integrations_credential",
			"GET",
			credential,
			async (api) => api.getIntegrationsCredential(absentId),
			{ id: absentId },
		],
		[
			"put_integrations_credential",
			"PUT",
			credential,
			async (api) => api.putIntegrationsCredential(absentId, request),
			{ id: absentId },
		],
	])("%s", async (operation, method, path, call, body) => {
		const { api, fault } = await startSimulatedApi();
		fault(method, path, { ...ok, body });
		await call(api);
		fault(method, path, { ...ok, body: JSON.parse(JSON.stringify(body).replaceAll(absentId, otherId)) });
		const error = await failureOf<ConnectionError>(call(api));
		expect(error).toMatchObject({ name: "ConnectionError", operation, code: "UNREADABLE", mayHaveActed: true });
		expect(error.message).toMatch(
			/failed: 200, but the response isn't the expected JSON: (client\.)?id is a text, not the id that was asked for \(correlation id [\da-f-]{36}\)\. Check proxies/,
		);
	});

	test("an id in other letters is the same", async () => {
		const { api, fault } = await startSimulatedApi();
		fault("GET", paths.client, { ...ok, body: { ...client, id: "ABCDEF00-0000-4000-8000-00000000000F" } });
		expect(await api.getOauthClient("abcdef00-0000-4000-8000-00000000000f")).toMatchObject({ name: "CRM sync" });
	});

	test("the client of an adoption isn't changed, and neither is the one that the answer was about", async () => {
		const run = await startLifecycle();
		const [wanted, other] = ["CRM sync", "Payroll"].map((name) => run.simulator.organization.addClient({ name }));
		if (wanted === undefined || other === undefined) throw new Error("no clients");
		const body = await run.api.getOauthClient(other.client.id);
		run.fault("GET", paths.client, { ...ok, body });
		const adopt = { clientId: wanted.client.id, rotateSecret: true };
		const { message } = await failureOf(run.create({ ...service, adopt }));
		expect(message).toContain("id is a text, not the id that was asked for");
		for (const { client: each, secret } of [wanted, other]) {
			expect(run.simulator.organization.checkSecret(each.id, secret ?? "")).toBe(true);
			expect(run.simulator.organization.client(each.id)).toMatchObject({ name: each.name });
		}
		expect(run.calls().filter((call) => !call.startsWith("GET"))).toEqual([]);
	});
});

describe("an answer with an unusable part is an error that names the part and what came, not its value:", () => {
	const marker = "marker-of-the-answer";
	test.each<[fault: string, body: unknown]>([
		["id is a text, not the id that was asked for", { ...client, id: marker }],
		["id is a number, not the id that was asked for", { ...client, id: 5 }],
		["id is missing", { name: "n", authorizedGrantType: "CODE" }],
		["name is null, not a text", { ...client, name: null }],
		["name is a text, not a text of at most 1000000 characters", { ...client, name: marker.repeat(100_000) }],
		["authorizedGrantType is an object, not a text", { ...client, authorizedGrantType: { marker } }],
		["scope is a text, not a list", { ...client, scope: marker }],
		["scope.1 is null, not a text", { ...client, scope: ["users", null] }],
		["roleDivisions.0 is null, not an object", { ...client, roleDivisions: [null] }],
		["roleDivisions.0.divisionId is missing", { ...client, roleDivisions: [{ roleId: absentId }] }],
		["roleIds.0 is a text, not an id", { ...client, roleIds: [`${marker}\n`] }],
		["createdBy.id is true or false, not an id", { ...client, createdBy: { id: true } }],
		["dateCreated is a number, not a text", { ...client, dateCreated: 5 }],
		["dateCreated is a text, not a short text", { ...client, dateCreated: marker.repeat(10) }],
		[
			"scope is a list, not a list of at most 10000",
			{ ...client, scope: Array.from({ length: 10_001 }, () => marker) },
		],
		["accessTokenValiditySeconds is a list, not a number", { ...client, accessTokenValiditySeconds: [marker] }],
		["accessTokenValiditySeconds is a number, not a whole number", { ...client, accessTokenValiditySeconds: 86_400.5 }],
		["accessTokenValiditySeconds is a number, not a whole number", { ...client, accessTokenValiditySeconds: 1e308 }],
		["accessTokenValiditySeconds is a number, not a number from 0 up", { ...client, accessTokenValiditySeconds: -1 }],
		["it is nested deeper than 32 levels", { ...client, newField: nested(32) }],
		["it is a list, not an object", [client]],
		["it is an empty text, not an object", ""],
	])("%s", async (part, body) => {
		const { api, fault } = await startSimulatedApi();
		fault("GET", paths.client, { ...ok, body });
		const { message } = await failureOf(getClient(api));
		expect(message).toContain(`but the response isn't the expected JSON: ${part} (correlation id `);
		expect(message).not.toContain(marker);
		expect(message).not.toMatch(/[\p{Cc}]/u);
	});

	test.each<[fault: string, body: unknown]>([
		["entities is missing", {}],
		["entities is an object, not a list", { entities: {} }],
		["entities.0 is null, not an object", { entities: [null] }],
		["entities.1.id is a text, not a UUID", { entities: [client, { ...client, id: "c1" }] }],
		["nextUri is a text, not a path", { entities: [], nextUri: "http://[" }],
		["nextUri is a number, not a path", { entities: [], nextUri: 5 }],
		["nextUri is a text, not a path", { entities: [], nextUri: `/${"x".repeat(10_000)}` }],
	])("of the list of clients: %s", async (part, body) => {
		const { api, fault } = await startSimulatedApi();
		fault("GET", paths.clients, { ...ok, body });
		expect((await failureOf(api.getOauthClients())).message).toContain(`expected JSON: ${part} (correlation id `);
	});

	test.each<[string, unknown]>([
		["empty", ""],
		["two dots", ".."],
		["two words", "two words"],
		["two lines", "two\nlines"],
		["long", "x".repeat(301)],
		["a number", 5],
	])("of a query: an id that is %s can't be in a path", async (_, executionId) => {
		const { api, fault } = await startSimulatedApi();
		fault("GET", `${paths.client}/usage/summary`, { ...ok, body: { executionId } });
		const { message } = await failureOf(api.getOauthClientUsageSummary(absentId));
		expect(message).toMatch(
			/expected JSON: executionId is (an empty text|a text|a number), not an id \(correlation id /,
		);
	});

	test("a field that nobody knows passes through, and null is no value", async () => {
		const { api, fault } = await startSimulatedApi();
		const newField = nested(30);
		fault("GET", paths.client, { ...ok, body: { ...client, description: null, createdBy: null, newField } });
		expect(await api.getOauthClient(absentId)).toEqual({ ...client, newField });
	});

	test("a number that no computer has is none", () => {
		const body = JSON.stringify({ ...client, accessTokenValiditySeconds: 0 }).replace(":0", ":1e999");
		expect(() => usableAnswer("get_oauth_client", { status: 200, headers: {}, body }, clientWithId(absentId))).toThrow(
			"accessTokenValiditySeconds is a number, not a whole number",
		);
	});

	test("half of a character is read as the replacement character, also in a field's name: no message to Pulumi can carry it", () => {
		const body = String.raw`{"\ud83dx":["\\\uD83D","\\ud83d","\ud83d\ude00\ude00","😀","\u00e9\n"]}`;
		expect(usableAnswer("get_oauth_client", { status: 200, headers: {}, body }, anyAnswer)).toEqual({
			"\uFFFDx": ["\\\uFFFD", String.raw`\ud83d`, "😀\uFFFD", "😀", "é\n"],
		});
	});

	test("a token that can't go into a header is none", async () => {
		const { api, fault } = await startSimulatedApi();
		fault("POST", paths.login, { ...ok, body: { access_token: "two\nlines" } });
		const { message } = await failureOf(api.getOauthScopes());
		expect(message).toContain("access_token is a text, not a token");
	});

	test("a message of 200 kB is cut, on one line", async () => {
		const { api, fault } = await startSimulatedApi();
		const body = { code: "bad.client.role", message: "line \u0007\n".repeat(30_000), contextId: "c".repeat(200_000) };
		fault("GET", paths.client, { kind: "status", status: 400, body });
		const { message } = await failureOf(getClient(api));
		expect(message.length).toBeLessThan(1000);
		expect(message).not.toMatch(/\p{Cc}/u);
	});

	test("an error about thousands of namesakes names a few, and what to do", async () => {
		const run = await startLifecycle();
		const entities = Array.from({ length: 3000 }, (_, n) => ({
			...client,
			id: `${String(n).padStart(8, "0")}-0000-4000-8000-000000000000`,
		}));
		run.fault("GET", paths.clients, { ...ok, body: { entities }, times: "always" });
		const { message } = await failureOf(run.create({ ...service, adopt: { name: client.name } }));
		expect(message).toContain("3000 OAuth clients are named");
		expect(message).toMatch(/choose one with adopt\.clientId: .* and 2995 more$/);
		expect(message.length).toBeLessThan(500);
	});
});

/** A run whose POST makes the client, and whose answer is changed on the way. */
async function withChangedPost(change: (body: Record<string, unknown>) => unknown) {
	const run = await startLifecycle();
	const { client: made, secret } = run.simulator.organization.addClient({
		name: "Agent desktop",
		authorizedGrantType: "CODE",
		scope: ["users:readonly", "routing"],
		registeredRedirectUri: ["https://b.example.com/cb", "https://a.example.com/cb"],
		dateCreated: new Date(run.clock.now() + 1).toISOString(),
	});
	const body = change({ ...(await run.api.getOauthClient(made.id)), secret });
	run.fault("POST", paths.clients, { ...ok, body });
	return { run, id: made.id, secret: secret ?? "" };
}

describe("after a POST that acted, what can be saved is saved:", () => {
	const program = { ...webApp, allowSameName: true };

	test.each<[string, (body: Record<string, unknown>) => object]>([
		["a number", (body) => ({ ...body, secret: 5 })],
		["an object", (body) => ({ ...body, secret: { value: "s" } })],
		["a text", (body) => ({ ...body, secret: "two\nlines" })],
		["a text", (body) => ({ ...body, secret: "s".repeat(5000) })],
		["a text", (body) => ({ ...body, secret: "not-what-was-sent-\uFFFD" })],
	])("the id, when the secret is %s; the next run makes a new secret", async (came, change) => {
		const { run, id } = await withChangedPost(change);
		const failure = await failureOf<PartialFailure>(run.create(program));
		expect(failure).toMatchObject({
			id,
			properties: { clientId: id, clientSecret: "", pendingSecretSteps: ["renew"] },
		});
		expect(failure.message).toContain(`secret is ${came}, not a secret`);
		const next = laterRun(run);
		expect(next.diff(failure.properties, program)).toMatchObject({ changes: true, replaces: [] });
		const outs = await next.update(id, failure.properties, program);
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
		expect(next.diff(outs, program).changes).toBe(false);
		expect(run.simulator.organization.clients()).toHaveLength(1);
	});

	test.each(["soon", "+099999-01-01T00:00:00.000Z", "1999-12-31T23:59:59.000Z"])(
		"the secret is as old as its answer, whatever is the date in it (%s): it falls due",
		async (dateCreated) => {
			const { run, id } = await withChangedPost((body) => ({ ...body, dateCreated }));
			const aging = { ...program, secretRotation: { maxAgeDays: 90 } };
			const { outs } = await run.create(aging);
			expect(run.diff({ ...outs }, aging).changes).toBe(false);
			run.clock.advance(90 * 86_400_000);
			const next = laterRun(run);
			expect(next.diff({ ...outs }, aging).changes).toBe(true);
			expect(outs.clientId).toBe(id);
		},
	);

	test.each(["CODE", "CLIENT-CREDENTIALS"])("a %s client whose answer has no secret gets one", async (grant) => {
		const run = await startLifecycle();
		const declared = grant === "CODE" ? webApp : service;
		const body = { id: otherId, name: declared["name"], authorizedGrantType: grant };
		run.simulator.organization.addClient({ id: otherId, name: "made" });
		run.fault("POST", paths.clients, { ...ok, body });
		const { id, outs } = await run.create({ ...declared, allowSameName: true });
		expect(hasWorkingSecret(run, id, outs)).toBe(true);
	});

	test.each<[string, object]>([
		["a name that is a number", { name: 5 }],
		["deep nesting", { newField: nested(40) }],
		["a person that is a list", { createdBy: [] }],
	])("id and secret, beside %s", async (_, odd) => {
		const { run, id, secret } = await withChangedPost((body) => ({ ...body, ...odd }));
		const failure = await failureOf<PartialFailure>(run.create(program));
		expect(failure).toMatchObject({ id, properties: { clientId: id, clientSecret: secret } });
		expect(failure.message).not.toContain(secret);
		expect(JSON.stringify(failure.properties).split(secret)).toHaveLength(2);
		run.simulator.organization.changeClient(id, { description: "by hand" });
		const outs = await laterRun(run).update(id, failure.properties, program);
		expect(outs).toMatchObject({ clientSecret: secret, name: "Agent desktop", description: "" });
	});

	test.each<[string, (body: Record<string, unknown>) => unknown]>([
		["an id that is none", (body) => ({ ...body, id: "c1" })],
		["no id", (body) => ({ ...body, id: undefined })],
		["a list", (body) => [body]],
		["a client that this run knows", (body) => ({ ...body, id: otherId })],
	])("the client, found in the list, when the answer has %s", async (_, change) => {
		const { run, id } = await withChangedPost(change);
		await failureOf(run.read(otherId, { clientId: otherId, name: "x", authorizedGrantType: "CODE" }));
		run.simulator.organization.addClient({ id: otherId, name: "of this stack" });
		await run.read(otherId, { clientId: otherId, name: "x", authorizedGrantType: "CODE" });
		const made = await run.create(program);
		expect(made.id).toBe(id);
		expect(hasWorkingSecret(run, id, made.outs)).toBe(true);
		expect(run.simulator.organization.clients()).toHaveLength(2);
		expect(run.simulator.requests.count({ method: "POST", template: paths.clients })).toBe(1);
	});

	test.each<[string, object]>([
		["a whole client", { ...client, name: "Agent desktop", secret: "the-secret-of-the-other" }],
		["an id alone", {}],
	])(
		"the client, found in the list, when the answer has %s that was there before: of another stack, say",
		async (_, body) => {
			const run = await startLifecycle();
			const { secret = "" } = run.simulator.organization.addClient({ id: otherId, name: "Of another stack" });
			run.fault("POST", paths.clients, { ...ok, when: "after", body: { ...body, id: otherId } });
			const { id, outs } = await run.create(webApp);
			expect(id).not.toBe(otherId);
			expect(hasWorkingSecret(run, id, outs)).toBe(true);
			expect(run.simulator.organization.checkSecret(otherId, secret)).toBe(true);
			expect(run.simulator.organization.clients()).toHaveLength(2);
		},
	);

	test("an integration credential, found in the list, when the answer is about one that was there before", async () => {
		const run = await startCredentialRun();
		const declared = { name: "CRM", type: "basicAuth", fields: { userName: "u", password: "the-password" } };
		run.simulator.organization.addCredential({ id: otherId, ...declared, name: "Of another stack" });
		run.fault("POST", credentials, { ...ok, when: "after", body: { id: otherId } });
		expect((await run.create(declared)).id).not.toBe(otherId);
		expect(run.simulator.organization.credentials()).toHaveLength(2);
	});

	test.each<[string, object]>([
		["a secret that is a number", { secret: 5 }],
		["another client's secret", { id: otherId, secret: "the-other-secret" }],
	])("the rotation, when the answer has %s: it is done again", async (_, odd) => {
		const run = await startLifecycle();
		const rotating = { ...service, secretRotation: { rotateWhenChanged: { key: "1" } } };
		const { id, outs } = await run.create(rotating);
		run.fault("POST", paths.secret, { ...ok, when: "after", body: { ...client, id, ...odd } });
		const changed = { ...rotating, secretRotation: { rotateWhenChanged: { key: "2" } } };
		const updated = await run.update(id, outs, changed);
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
		expect(run.simulator.requests.count({ template: paths.secret })).toBe(2);
	});

	test("an integration credential whose answer has an unusable name: it is in state, and the next run sends its fields", async () => {
		const run = await startCredentialRun();
		const credentialProgram = { name: "CRM", type: "basicAuth", fields: { userName: "u", password: "the-password" } };
		run.fault("POST", credentials, { ...ok, when: "after", body: { id: otherId, name: 5 } });
		const failure = await failureOf<PartialFailure>(run.create(credentialProgram));
		expect(failure).toMatchObject({ id: otherId, properties: { credentialId: otherId, fieldFingerprints: {} } });
		expect(failure.message).toContain("name is a number, not a text");
		expect((await run.diff(otherId, failure.properties, credentialProgram)).changes).toBe(true);
	});

	test("an integration credential whose answer has no usable id: it is found in the list", async () => {
		const run = await startCredentialRun();
		const credentialProgram = { name: "CRM", type: "basicAuth", fields: { userName: "u", password: "the-password" } };
		run.fault("POST", credentials, { ...ok, when: "after", body: { id: "c1", name: "CRM" } });
		const { id } = await run.create(credentialProgram);
		expect(run.simulator.organization.credentials().map((each) => each.id)).toEqual([id]);
	});
});

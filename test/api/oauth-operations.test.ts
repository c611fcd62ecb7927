import { describe, expect, test } from "vitest";
import { operations } from "../../provider/api/oauth-api";
import { ROLE_IDS } from "../../simulator";
import { absentId, paths, serviceRequest, webAppRequest } from "./support/client-requests";
import { startSimulatedApi } from "./support/simulated-api";

const authorized = "a0740000-0000-4000-8000-000000000003";

test("there are thirteen, by the vendor's names", () => {
	expect(
		Object.values(operations)
			.map(({ name }) => name)
			.toSorted(),
	).toEqual([
		"delete_oauth_client",
		"get_oauth_authorization",
		"get_oauth_authorizations",
		"get_oauth_client",
		"get_oauth_client_usage_query_result",
		"get_oauth_client_usage_summary",
		"get_oauth_clients",
		"get_oauth_scope",
		"get_oauth_scopes",
		"post_oauth_client_secret",
		"post_oauth_client_usage_query",
		"post_oauth_clients",
		"put_oauth_client",
	]);
});

describe("a client", () => {
	test("post_oauth_clients makes one, and hands out a secret that works", async () => {
		const { api, simulator, connect, calls } = await startSimulatedApi();
		const made = await api.postOauthClients(serviceRequest());
		expect(made).toMatchObject({ ...serviceRequest(), state: "active", accessTokenValiditySeconds: 86_400 });
		expect(simulator.organization.checkSecret(made.id, made.secret ?? "")).toBe(true);
		await connect({ clientId: made.id, clientSecret: made.secret ?? "", source: "s" }).getOauthScopes();
		expect(calls()[0]).toBe("POST /clients 200");
	});

	test("get_oauth_client reads one, without its secret", async () => {
		const { api } = await startSimulatedApi();
		const { secret, ...made } = await api.postOauthClients(webAppRequest());
		expect(secret).toBeTypeOf("string");
		expect(await api.getOauthClient(made.id)).toEqual(made);
	});

	test("put_oauth_client replaces its settings, all of them", async () => {
		const { api, simulator } = await startSimulatedApi();
		const { id, secret = "" } = await api.postOauthClients(webAppRequest({ description: "text" }));
		const put = await api.putOauthClient(id, webAppRequest({ name: "Other", scope: ["routing"] }));
		expect(put).toMatchObject({ id, name: "Other", scope: ["routing"] });
		expect(put.description).toBeUndefined();
		expect(put.secret).toBeUndefined();
		expect(simulator.organization.checkSecret(id, secret)).toBe(true);
	});

	test("delete_oauth_client removes an inactive one, and answers nothing", async () => {
		const { api, simulator } = await startSimulatedApi();
		const { client } = simulator.organization.addClient({ name: "old", state: "inactive" });
		expect(await api.deleteOauthClient(client.id)).toBeUndefined();
		expect(simulator.organization.clients()).toEqual([]);
	});

	test("post_oauth_client_secret gives it another secret; the old one is dead", async () => {
		const { api, simulator } = await startSimulatedApi();
		const { id, secret = "" } = await api.postOauthClients(serviceRequest());
		const renewed = await api.postOauthClientSecret(id);
		expect(renewed.id).toBe(id);
		expect(simulator.organization.checkSecret(id, renewed.secret ?? "")).toBe(true);
		expect(simulator.organization.checkSecret(id, secret)).toBe(false);
	});

	test("fields that nobody knows yet survive a read and a write", async () => {
		const { api, simulator } = await startSimulatedApi();
		const extra = { allowedIps: ["10.0.0.0/8"], nested: { a: [1, { b: null }] } };
		const { client } = simulator.organization.addClient({ ...webAppRequest(), extra });
		const read = await api.getOauthClient(client.id);
		expect(read).toMatchObject(extra);
		expect(await api.putOauthClient(client.id, { ...read, name: "Other" })).toMatchObject(extra);
		expect(simulator.organization.client(client.id)?.extra).toEqual(extra);
	});
});

describe("lists of clients", () => {
	test("get_oauth_clients finds all", async () => {
		const { api, simulator } = await startSimulatedApi({ seed: { clients: [{ name: "a" }, { name: "b" }] } });
		const { entities, total } = await api.getOauthClients();
		expect(entities.map(({ name }) => name).toSorted()).toEqual(["Administrator", "a", "b"]);
		expect(total).toBe(3);
		expect(simulator.requests.count({ template: paths.clients })).toBe(1);
	});

	test.each([1, 2, 3, 7, 8, 100])("each once with %i on a page", async (clientsPerPage) => {
		const clients = Array.from({ length: 7 }, (_, index) => ({ name: `client ${index}` }));
		const { api, simulator } = await startSimulatedApi({ seed: { clients, clientsPerPage } });
		const { entities, total } = await api.getOauthClients();
		expect(new Set(entities.map(({ id }) => id)).size).toBe(8);
		expect([entities.length, total]).toEqual([8, 8]);
		expect(simulator.requests.count({ template: paths.clients })).toBe(Math.ceil(8 / clientsPerPage));
	});

	test("a page that comes again ends the list: a server can't send us in circles", async () => {
		const { api, fault, calls } = await startSimulatedApi();
		const client = { id: absentId, name: "there", authorizedGrantType: "CODE" };
		const body = { entities: [client, client], nextUri: `${paths.clients}?pageNumber=2` };
		fault("GET", paths.clients, { kind: "status", status: 200, body, times: "always" });
		expect(await api.getOauthClients()).toEqual({ entities: [client], total: 1 });
		expect(calls().length).toBeLessThanOrEqual(2);
	});

	test("an address in nextUri gets no token: only its query is used", async () => {
		const { api, fault, simulator } = await startSimulatedApi();
		const other = await startSimulatedApi();
		const nextUri = `${other.simulator.url}/elsewhere?pageNumber=2`;
		fault("GET", paths.clients, { kind: "status", status: 200, body: { entities: [], nextUri } });
		await api.getOauthClients();
		expect(other.simulator.requests.count()).toBe(0);
		expect(simulator.requests.count({ template: paths.clients })).toBe(2);
	});
});

describe("scopes and authorizations", () => {
	test("get_oauth_scopes and get_oauth_scope describe them in the language asked for", async () => {
		const { api } = await startSimulatedApi();
		const { entities } = await api.getOauthScopes();
		expect(entities.length).toBeGreaterThan(100);
		const english = await api.getOauthScope("users:readonly");
		expect(entities).toContainEqual(english);
		expect(await api.getOauthScope("users:readonly", { acceptLanguage: "en-us" })).toEqual(english);
		const german = await api.getOauthScope("users:readonly", { acceptLanguage: "de" });
		expect(german.id).toBe("users:readonly");
		expect(german.description).not.toBe(english.description);
		expect((await api.getOauthScopes({ acceptLanguage: "de" })).entities).toContainEqual(german);
	});

	test("get_oauth_authorizations and get_oauth_authorization tell what clients may do", async () => {
		const { api } = await startSimulatedApi();
		const { entities } = await api.getOauthAuthorizations();
		expect(entities.map(({ state }) => state)).toEqual(["Unauthorized", "Requested", "Authorized", "Revoked"]);
		const one = await api.getOauthAuthorization(authorized);
		expect(one).toMatchObject({ state: "Authorized", scope: ["analytics:readonly", "routing:readonly"] });
		expect(one.client?.id).toBe(authorized);
		const german = await api.getOauthAuthorization(authorized, { acceptLanguage: "de" });
		expect(german.client?.description).not.toBe(one.client?.description);
		const all = await api.getOauthAuthorizations({ acceptLanguage: "de" });
		expect(all.entities.find(({ client }) => client?.id === authorized)).toEqual(german);
	});
});

describe("usage", () => {
	const row = { date: "2026-01-10", httpMethod: "GET", templateUri: "/api/v2/users", status200: 5 };

	test("a summary of the last days, and a query, run until they are complete", async () => {
		const { api, simulator } = await startSimulatedApi({ seed: { usageQueries: { runningPolls: 1 } } });
		const { client } = simulator.organization.addClient({
			name: "busy",
			roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }],
		});
		simulator.organization.addUsage({ ...row, clientId: client.id });
		const started = [
			await api.getOauthClientUsageSummary(client.id),
			await api.getOauthClientUsageSummary(client.id, { days: "30" }),
			await api.postOauthClientUsageQuery(client.id, { interval: "2026-01-01/2026-01-14", granularity: "Day" }),
		];
		for (const { executionId } of started) {
			expect((await api.getOauthClientUsageQueryResult(executionId, client.id)).queryStatus).toBe("Running");
			const done = await api.getOauthClientUsageQueryResult(executionId, client.id);
			expect(done.queryStatus).toBe("Complete");
			expect(done.results?.reduce((sum, { requests = 0 }) => sum + requests, 0)).toBe(5);
		}
	});
});

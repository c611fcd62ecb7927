import { describe, expect, test } from "vitest";
import type { ApiError } from "../../provider/api/errors";
import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import { PERMISSIONS, ROLE_IDS, type Seed, type Simulator } from "../../simulator";
import { absentId, paths, serviceRequest, webAppRequest } from "./support/client-requests";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

type Call = (api: GenesysCloudApi, id: string) => Promise<unknown>;

const interval = { interval: "2026-01-01/2026-01-02" };
const put =
	(changes: object): Call =>
	async (api, id) =>
		api.putOauthClient(id, { ...serviceRequest(), ...changes });
const post =
	(changes: object): Call =>
	async (api) =>
		api.postOauthClients({ ...serviceRequest(), ...changes });
const postApp =
	(changes: object): Call =>
	async (api) =>
		api.postOauthClients({ ...webAppRequest(), ...changes });

describe("an organization's rules", () => {
	test.each<[string, number, string, Call, Seed?]>([
		["post_oauth_clients", 400, "grant.type.required", post({ authorizedGrantType: undefined })],
		["post_oauth_clients", 400, "bad.grant.type", post({ authorizedGrantType: "CLIENT_CREDENTIALS" })],
		["post_oauth_clients", 400, "missing.client.roles", post({ roleDivisions: [] })],
		["post_oauth_clients", 400, "bad.client.role", post({ roleIds: [absentId] })],
		["post_oauth_clients", 400, "bad.client.state", post({ state: "inactive" })],
		["post_oauth_clients", 400, "missing.client.scope", postApp({ scope: [] })],
		["post_oauth_clients", 400, "auth.invalid.scope", postApp({ scope: ["user:readonly"] })],
		["post_oauth_clients", 400, "auth.too.many.clients", post({}), { limits: { clients: 0 } }],
		["post_oauth_clients", 400, "constraint.validation", post({ accessTokenValiditySeconds: 172_801 })],
		["put_oauth_client", 400, "grant.type.required", put({ authorizedGrantType: undefined })],
		["put_oauth_client", 400, "bad.grant.type", put({ authorizedGrantType: "X" })],
		["put_oauth_client", 400, "missing.client.roles", put({ roleDivisions: [] })],
		["put_oauth_client", 400, "missing.client.scope", put({ authorizedGrantType: "CODE" })],
		["put_oauth_client", 400, "bad.client.role", put({ roleIds: [absentId] })],
		["delete_oauth_client", 400, "cannot.delete.client", async (api, id) => api.deleteOauthClient(id)],
		["delete_oauth_client", 404, "client.not.found", async (api) => api.deleteOauthClient(absentId)],
		["get_oauth_client", 404, "client.not.found", async (api) => api.getOauthClient(absentId)],
		["put_oauth_client", 404, "client.not.found", async (api) => api.putOauthClient(absentId, serviceRequest())],
		["post_oauth_client_secret", 404, "not.found", async (api) => api.postOauthClientSecret(absentId)],
		["get_oauth_scope", 404, "not.found", async (api) => api.getOauthScope("no-such-scope")],
		["get_oauth_authorization", 404, "not.found", async (api) => api.getOauthAuthorization(absentId)],
		["get_oauth_client_usage_summary", 404, "not.found", async (api) => api.getOauthClientUsageSummary(absentId)],
		[
			"get_oauth_client_usage_query_result",
			404,
			"not.found",
			async (api, id) => api.getOauthClientUsageQueryResult(absentId, id),
		],
		[
			"post_oauth_client_usage_query",
			404,
			"not.found",
			async (api) => api.postOauthClientUsageQuery(absentId, interval),
		],
		[
			"post_oauth_client_usage_query",
			400,
			"invalid.date",
			async (api, id) => api.postOauthClientUsageQuery(id, { interval: "yesterday" }),
		],
	])("%s: %i %s", async (operation, status, code, call, seed = {}) => {
		const { api, simulator } = await startSimulatedApi({ seed });
		const { client } = simulator.organization.addClient({
			name: "there",
			roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }],
		});
		const error = await failureOf<ApiError>(call(api, client.id));
		expect(error).toMatchObject({ operation, status, code, name: status === 404 ? "NotFoundError" : "ApiError" });
		expect(error.message).toContain(`${operation} failed: ${status} ${code}`);
		expect(error.message).toContain(error.correlationId);
	});

	test("put_oauth_client: 400 bad.client.state for a disabled client says who can help", async () => {
		const { api, simulator } = await startSimulatedApi();
		const { client } = simulator.organization.addClient({ name: "there" });
		simulator.organization.disableClient(client.id);
		const error = await failureOf<ApiError>(api.putOauthClient(client.id, serviceRequest()));
		expect(error.code).toBe("bad.client.state");
		expect(error.message).toContain("support has disabled");
	});

	test("post_oauth_client_secret: 400 bad.client.role when the caller lacks a role of the client", async () => {
		const { connect, simulator } = await startSimulatedApi();
		const { organization } = simulator;
		const role = organization.addRole({ name: "theirs alone" });
		const { client } = organization.addClient({ name: "a", roleDivisions: [{ roleId: role.id, divisionId: "*" }] });
		const caller = organization.addClient({ name: "b", permissions: "all" });
		const api = connect({ accessToken: organization.issueToken(caller.client.id), source: "s" });
		const error = await failureOf<ApiError>(api.postOauthClientSecret(client.id));
		expect(error.code).toBe("bad.client.role");
		expect(error.message).toContain("has every role it grants");
	});
});

describe("a caller without the permission", () => {
	const calls: [string, string, Call][] = [
		["delete_oauth_client", PERMISSIONS.deleteClients, async (api, id) => api.deleteOauthClient(id)],
		["get_oauth_client", PERMISSIONS.viewClients, async (api, id) => api.getOauthClient(id)],
		["get_oauth_clients", PERMISSIONS.viewClients, async (api) => api.getOauthClients()],
		["post_oauth_clients", PERMISSIONS.addClients, async (api) => api.postOauthClients(serviceRequest())],
		["post_oauth_client_secret", PERMISSIONS.editClients, async (api, id) => api.postOauthClientSecret(id)],
		["put_oauth_client", PERMISSIONS.editClients, put({})],
		["get_oauth_authorizations", PERMISSIONS.authorizeClients, async (api) => api.getOauthAuthorizations()],
		["get_oauth_authorization", PERMISSIONS.authorizeClients, async (api, id) => api.getOauthAuthorization(id)],
		["get_oauth_client_usage_summary", PERMISSIONS.viewUsage, async (api, id) => api.getOauthClientUsageSummary(id)],
		[
			"post_oauth_client_usage_query",
			PERMISSIONS.viewUsage,
			async (api, id) => api.postOauthClientUsageQuery(id, interval),
		],
		[
			"get_oauth_client_usage_query_result",
			PERMISSIONS.viewUsage,
			async (api, id) => api.getOauthClientUsageQueryResult(absentId, id),
		],
	];
	test.each(calls)("%s: 403 names %s", async (operation, permission, call) => {
		const { api, simulator } = await startSimulatedApi();
		withoutPermissions(simulator);
		const { client } = simulator.organization.addClient({ name: "there" });
		const error = await failureOf<ApiError>(call(api, client.id));
		expect(error).toMatchObject({ name: "PermissionError", operation, status: 403, code: "missing.any.permissions" });
		expect(error.message).toContain(permission);
	});

	test("scopes and the home division need none", async () => {
		const { api, simulator } = await startSimulatedApi();
		withoutPermissions(simulator);
		const answers = [api.getOauthScopes(), api.getOauthScope("users"), api.getAuthorizationDivisionsHome()];
		expect(await Promise.all(answers)).toHaveLength(3);
	});
});

function withoutPermissions({ organization, administrator }: Simulator): void {
	organization.setPermissions(administrator.clientId, []);
}

test.each<[string, Call]>([
	["get_oauth_clients", async (api) => api.getOauthClients()],
	["get_oauth_client", async (api, id) => api.getOauthClient(id)],
	["get_oauth_scopes", async (api) => api.getOauthScopes()],
	["get_oauth_authorizations", async (api) => api.getOauthAuthorizations()],
	["get_authorization_divisions_home", async (api) => api.getAuthorizationDivisionsHome()],
	["put_oauth_client", put({})],
])("%s: an answer without what was asked for is none", async (operation, call) => {
	const { api, fault, simulator } = await startSimulatedApi();
	const { client } = simulator.organization.addClient({ name: "there" });
	for (const body of [{}, [], { id: "" }, { id: 5 }, { entities: {} }]) {
		fault("*", "*", { kind: "status", status: 200, body, skip: simulator.requests.count() === 0 ? 1 : 0 });
		const error = await failureOf<ApiError>(call(api, client.id));
		expect(error).toMatchObject({ name: "ConnectionError", operation });
	}
});

test("a status that nobody expects is told as it is", async () => {
	const { api, fault } = await startSimulatedApi();
	fault("GET", paths.scopes, { kind: "html", status: 418 });
	const { message } = await failureOf<ApiError>(api.getOauthScopes());
	expect(message).toMatch(/^get_oauth_scopes failed: 418 \(correlation id [\da-f-]+\)$/);
});

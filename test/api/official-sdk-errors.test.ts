import { expect, test } from "vitest";
import type { ApiError, AuthenticationError } from "../../provider/api/errors";
import { ROLE_IDS, type Seed } from "../../simulator";
import { absentId, paths, serviceRequest, webAppRequest } from "./support/client-requests";
import { connectOfficialSdk, type ErrorBody, type ThirteenOperations } from "./support/official-sdk";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

type Call = (api: ThirteenOperations) => Promise<unknown>;

const activeId = "b0000000-0000-4000-8000-000000000001";
const disabledId = "b0000000-0000-4000-8000-000000000002";
const foreignId = "b0000000-0000-4000-8000-000000000003";
const callerId = "b0000000-0000-4000-8000-000000000004";

/** The caller may do everything, but holds the role `employee` only. */
const seed: Seed = {
	clients: [
		{ id: activeId, name: "active" },
		{ id: disabledId, name: "disabled", state: "disabled" },
		{ id: foreignId, name: "foreign", roleDivisions: [{ roleId: ROLE_IDS.masterAdmin, divisionId: "*" }] },
		{
			id: callerId,
			name: "caller",
			permissions: "all",
			roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "*" }],
		},
	],
};

async function start(more: Seed = {}) {
	const simulated = await startSimulatedApi({ seed: { ...seed, ...more } });
	const { organization, url } = simulated.simulator;
	const sdk = connectOfficialSdk(url);
	const accessToken = organization.issueToken(callerId);
	sdk.useToken(accessToken);
	return { ...simulated, sdk, ours: simulated.connect({ accessToken, source: "the tests" }) };
}

/** Both fail, and say the same of it. */
async function bothFail(call: Call, { sdk, ours }: Awaited<ReturnType<typeof start>>) {
	const theirs = (await failureOf(call(sdk.api))) as unknown as ErrorBody;
	const error = await failureOf<ApiError | AuthenticationError>(call(ours));
	expect({ status: error.status, code: error.code }).toEqual({ status: theirs.status, code: theirs.code });
	// Each call has an id of its own: both are the simulator's.
	expect([theirs.contextId, error.correlationId]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
	return { theirs, error };
}

const post =
	(changes: object): Call =>
	async (api) =>
		api.postOauthClients({ ...serviceRequest(), ...changes });
const put =
	(id: string, changes: object = {}): Call =>
	async (api) =>
		api.putOauthClient(id, { ...serviceRequest(), ...changes });
const query =
	(id: string, interval: string): Call =>
	async (api) =>
		api.postOauthClientUsageQuery(id, { interval });

test.each<[string, number, string, Call, Seed?]>([
	["postOauthClients", 400, "grant.type.required", post({ authorizedGrantType: "" })],
	["postOauthClients", 400, "bad.grant.type", post({ authorizedGrantType: "CLIENT_CREDENTIALS" })],
	["postOauthClients", 400, "missing.client.roles", post({ roleDivisions: [] })],
	["postOauthClients", 400, "missing.client.scope", post({ ...webAppRequest(), scope: [] })],
	["postOauthClients", 400, "bad.client.role", post({ roleIds: [ROLE_IDS.masterAdmin] })],
	["postOauthClients", 400, "bad.client.state", post({ state: "inactive" })],
	["postOauthClients", 400, "auth.invalid.scope", post({ ...webAppRequest(), scope: ["user:readonly"] })],
	["postOauthClients", 400, "auth.too.many.clients", post({}), { limits: { clients: 4 } }],
	["postOauthClients", 400, "constraint.validation", post({ accessTokenValiditySeconds: 299 })],
	["postOauthClients", 400, "invalid.property", post({ grantType: "CODE" })],
	["putOauthClient", 400, "grant.type.required", put(activeId, { authorizedGrantType: "" })],
	["putOauthClient", 400, "bad.grant.type", put(activeId, { authorizedGrantType: "X" })],
	["putOauthClient", 400, "missing.client.roles", put(activeId, { roleDivisions: [] })],
	["putOauthClient", 400, "missing.client.scope", put(activeId, { authorizedGrantType: "CODE" })],
	["putOauthClient", 400, "bad.client.role", put(foreignId)],
	["putOauthClient", 400, "bad.client.state", put(disabledId)],
	["putOauthClient", 400, "invalid.value", put(activeId, { state: "disabled" })],
	["putOauthClient", 404, "client.not.found", put(absentId)],
	["deleteOauthClient", 400, "cannot.delete.client", async (api) => api.deleteOauthClient(activeId)],
	["deleteOauthClient", 404, "client.not.found", async (api) => api.deleteOauthClient(absentId)],
	["getOauthClient", 404, "client.not.found", async (api) => api.getOauthClient(absentId)],
	["postOauthClientSecret", 400, "bad.client.role", async (api) => api.postOauthClientSecret(foreignId)],
	["postOauthClientSecret", 404, "not.found", async (api) => api.postOauthClientSecret(absentId)],
	["getOauthScope", 404, "not.found", async (api) => api.getOauthScope("user:readonly")],
	["getOauthAuthorization", 404, "not.found", async (api) => api.getOauthAuthorization(absentId)],
	["getOauthClientUsageSummary", 404, "not.found", async (api) => api.getOauthClientUsageSummary(absentId)],
	[
		"getOauthClientUsageSummary",
		400,
		"invalid.query.param.value",
		async (api) => api.getOauthClientUsageSummary(activeId, { days: "seven" }),
	],
	["postOauthClientUsageQuery", 404, "not.found", query(absentId, "2026-01-01/2026-01-02")],
	["postOauthClientUsageQuery", 400, "invalid.date", query(activeId, "yesterday")],
	[
		"getOauthClientUsageQueryResult",
		404,
		"not.found",
		async (api) => api.getOauthClientUsageQueryResult(absentId, activeId),
	],
])("%s: both are told %i %s", async (_operation, status, code, call, more) => {
	const { theirs, error } = await bothFail(call, await start(more));
	expect(theirs).toMatchObject({ status, code });
	expect(error.message).toContain(theirs.message.replace(/\.$/, ""));
});

test.each<[string, string, Call]>([
	["deleteOauthClient", "oauth:client:delete", async (api) => api.deleteOauthClient(activeId)],
	["getOauthAuthorization", "oauth:client:authorize", async (api) => api.getOauthAuthorization(activeId)],
	["getOauthAuthorizations", "oauth:client:authorize", async (api) => api.getOauthAuthorizations()],
	["getOauthClient", "oauth:client:view", async (api) => api.getOauthClient(activeId)],
	[
		"getOauthClientUsageQueryResult",
		"oauth:client:view, usage:client:view",
		async (api) => api.getOauthClientUsageQueryResult(absentId, activeId),
	],
	[
		"getOauthClientUsageSummary",
		"oauth:client:view, usage:client:view",
		async (api) => api.getOauthClientUsageSummary(activeId),
	],
	["getOauthClients", "oauth:client:view", async (api) => api.getOauthClients()],
	["postOauthClientSecret", "oauth:client:edit", async (api) => api.postOauthClientSecret(activeId)],
	["postOauthClientUsageQuery", "oauth:client:view, usage:client:view", query(activeId, "2026-01-01/2026-01-02")],
	["postOauthClients", "oauth:client:add", post({})],
	["putOauthClient", "oauth:client:edit", put(activeId)],
])("%s: both are told 403 and that %s is missing", async (_operation, permissions, call) => {
	const started = await start();
	started.simulator.organization.setPermissions(callerId, []);
	const { theirs, error } = await bothFail(call, started);
	expect(theirs).toMatchObject({ status: 403, code: "missing.any.permissions" });
	expect(theirs.message).toContain(permissions);
	expect(error.message).toContain(permissions);
});

const list: Call = async (api) => api.getOauthClients();

test("a token that was revoked is 401 bad.credentials for both", async () => {
	const started = await start();
	started.simulator.organization.revokeTokens(callerId);
	expect((await bothFail(list, started)).theirs).toMatchObject({ status: 401, code: "bad.credentials" });
});

test("a token without the scope is 403 app.not.authorized.for.scope for both", async () => {
	const started = await start({ scopeEnforcement: true });
	started.simulator.organization.changeClient(callerId, { tokenScopes: ["users"] });
	const accessToken = started.simulator.organization.issueToken(callerId);
	started.sdk.useToken(accessToken);
	const ours = started.connect({ accessToken });
	expect((await bothFail(list, { ...started, ours })).theirs.code).toBe("app.not.authorized.for.scope");
});

/** What the SDK's login fails with. */
interface Refusal extends Error {
	response: { status: number; data: { error: string; description: string; error_description: string } };
}

test("a secret that is wrong is refused by the login of both, alike", async () => {
	const { sdk, connect, simulator } = await start();
	const credentials = { clientId: simulator.administrator.clientId, clientSecret: "wrong" };
	const theirs = await failureOf<Refusal>(sdk.logIn(credentials));
	const error = await failureOf<AuthenticationError>(connect(credentials).getOauthScopes());
	expect({ status: error.status, code: error.code }).toEqual({
		status: theirs.response.status,
		code: theirs.response.data.error,
	});
	expect(theirs.response.data).toEqual({
		error: "invalid_client",
		description: "authentication failed",
		error_description: "authentication failed",
	});
});

test("at the rate limit the SDK fails with 429 too.many.requests; our API layer waits and goes on", async () => {
	const { sdk, ours, waits } = await start({ limits: { requestsPerMinute: 2 } });
	await ours.getOauthScopes();
	await sdk.api.getOauthScopes();
	expect(await failureOf(sdk.api.getOauthScopes())).toMatchObject({ status: 429, code: "too.many.requests" });
	expect((await ours.getOauthScopes()).total).toBe(135);
	expect(waits.length).toBeGreaterThan(0);
});

test("when the vendor is down the SDK fails at once; our API layer repeats what may be repeated", async () => {
	const started = await start();
	const down = { kind: "status", status: 503 } as const;
	started.fault("GET", paths.scopes, down);
	expect(await failureOf(started.sdk.api.getOauthScopes())).toMatchObject({ status: 503, code: "service.unavailable" });
	started.fault("GET", paths.scopes, down);
	expect((await started.ours.getOauthScopes()).total).toBe(135);
	started.simulator.faults.add({ ...down, method: "POST", path: paths.clients, times: 2 });
	expect((await bothFail(post({}), started)).theirs.status).toBe(503);
});

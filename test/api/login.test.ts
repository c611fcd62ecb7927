import { describe, expect, test } from "vitest";
import { AuthenticationError, type ConnectionError } from "../../provider/api/errors";
import { TokenSource } from "../../provider/api/token-source";
import { Transport } from "../../provider/api/transport";
import { absentId, paths, serviceRequest } from "./support/client-requests";
import { credentialSource, failureOf, startSimulatedApi } from "./support/simulated-api";

const hour = 3_600_000;

describe("the token", () => {
	test("is fetched on first need, once for all who ask at the same time", async () => {
		const { api, logins } = await startSimulatedApi();
		expect(logins()).toBe(0);
		await Promise.all(Array.from({ length: 40 }, async () => api.getOauthClients()));
		expect(logins()).toBe(1);
	});

	test("is renewed before it expires, once for all", async () => {
		const { api, clock, logins, calls } = await startSimulatedApi({
			seed: { administrator: { accessTokenValiditySeconds: 86_401 } },
		});
		await api.getOauthScopes();
		clock.advance(24 * hour - 61_000);
		await api.getOauthScopes();
		expect(logins()).toBe(1);
		clock.advance(1000);
		await Promise.all(Array.from({ length: 10 }, async () => api.getOauthScopes()));
		expect(logins()).toBe(2);
		expect(new Set(calls())).toEqual(new Set(["GET /scopes 200"]));
	});

	test("that lives shortly is used for half its life", async () => {
		// The login says a second less.
		const seed = { administrator: { accessTokenValiditySeconds: 101 } };
		const { api, clock, logins } = await startSimulatedApi({ seed });
		await api.getOauthScopes();
		clock.advance(49_999);
		await api.getOauthScopes();
		expect(logins()).toBe(1);
		clock.advance(1);
		await api.getOauthScopes();
		expect(logins()).toBe(2);
	});

	test("is renewed once when the API doesn't take it, and the call repeated: a POST too", async () => {
		const { api, simulator, logins, calls } = await startSimulatedApi();
		await api.getOauthScopes();
		simulator.organization.revokeTokens();
		const made = await api.postOauthClients(serviceRequest());
		expect(logins()).toBe(2);
		expect(calls()).toEqual(["GET /scopes 200", "POST /clients 401", "POST /clients 200"]);
		expect(simulator.organization.clients().map(({ id }) => id)).toEqual([made.id]);
	});

	test("is asked for with a new secret by the API that is given that, and by no other of the same credentials", async () => {
		const { connect, simulator } = await startSimulatedApi();
		const { client, secret = "" } = simulator.organization.addClient({ name: "Pipeline" });
		const credentials = { clientId: client.id, clientSecret: secret };
		const [one, other] = [connect(credentials), connect(credentials)];
		one.useSecret(simulator.organization.regenerateSecret(client.id));
		await one.getOauthScopes();
		expect(credentials.clientSecret).toBe(secret);
		expect(await failureOf(other.getOauthScopes())).toBeInstanceOf(AuthenticationError);
	});

	test("is renewed once for many calls that it failed for", async () => {
		const { api, simulator, logins } = await startSimulatedApi();
		await api.getOauthScopes();
		simulator.organization.revokeTokens();
		await Promise.all(Array.from({ length: 20 }, async () => api.getOauthScopes()));
		expect(logins()).toBe(2);
	});

	test("is used for four minutes when the login doesn't say how long it lives", async () => {
		const { api, clock, fault, logins, simulator } = await startSimulatedApi();
		const token = simulator.organization.issueToken(simulator.administrator.clientId);
		fault("POST", paths.login, { kind: "status", status: 200, body: { access_token: token } });
		await api.getOauthScopes();
		clock.advance(239_999);
		await api.getOauthScopes();
		expect(logins()).toBe(1);
		clock.advance(1);
		await api.getOauthScopes();
		expect(logins()).toBe(2);
	});

	test("is renewed once when two ask for it in the moment that it expires", async () => {
		const { clock, hosts, logins, simulator } = await startSimulatedApi();
		const transport = new Transport({ clock, timeouts: { connect: 10_000, request: 10_000 }, connections: 2 });
		const source = new TokenSource({ transport, loginUrl: hosts.login, credentials: simulator.administrator, clock });
		const first = await source.token();
		clock.advance(24 * hour);
		const [one, other] = await Promise.all([source.token(), source.token()]);
		expect(one).toBe(other);
		expect(one).not.toBe(first);
		expect(logins()).toBe(2);
	});

	test("is not renewed endlessly: the second refusal is told", async () => {
		const { api, fault, logins, calls } = await startSimulatedApi();
		fault("GET", paths.client, { kind: "status", status: 401, times: "always" });
		const error = await failureOf<AuthenticationError>(api.getOauthClient(absentId));
		expect(error.name).toBe("AuthenticationError");
		expect(error).toMatchObject({ status: 401, code: "bad.credentials" });
		expect(error.message).toContain(credentialSource);
		expect([logins(), calls().length]).toEqual([2, 2]);
	});
});

describe("a ready access token", () => {
	test("is used as it is, without a login", async () => {
		const { simulator, connect, logins } = await startSimulatedApi();
		const accessToken = simulator.organization.issueToken(simulator.administrator.clientId);
		await connect({ accessToken, source: "a vault" }).getOauthClients();
		expect(logins()).toBe(0);
	});

	test("is not renewed: the error names where it came from, and not the token", async () => {
		const { simulator, connect, logins, calls } = await startSimulatedApi();
		const accessToken = simulator.organization.issueToken(simulator.administrator.clientId);
		simulator.organization.revokeTokens();
		const api = connect({ accessToken, source: "a vault" });
		const error = await failureOf(api.postOauthClients(serviceRequest()));
		expect(error.name).toBe("AuthenticationError");
		expect(error.message).toContain("a vault");
		expect(error.message).not.toContain(accessToken);
		expect([logins(), calls()]).toEqual([0, ["POST /clients 401"]]);
	});

	test("that no header can hold is told as nothing sent", async () => {
		const { connect, calls } = await startSimulatedApi();
		const api = connect({ accessToken: "odd\nhidden", source: "a vault" });
		const error = await failureOf<ConnectionError>(api.postOauthClients(serviceRequest()));
		expect(error).toMatchObject({ name: "ConnectionError", mayHaveActed: false });
		expect(error.message).not.toMatch(/odd|hidden/);
		expect(calls()).toEqual([]);
	});
});

test("trySecret tells a right secret of any grant from a wrong one", async () => {
	const { api, simulator } = await startSimulatedApi();
	const { client, secret = "" } = simulator.organization.addClient({ name: "other" });
	expect(await api.trySecret(client.id, secret)).toBe("accepted");
	expect(await api.trySecret(client.id, "wrong-secret")).toBe("rejected");
	const web = simulator.organization.addClient({ name: "web", authorizedGrantType: "CODE" });
	expect(await api.trySecret(web.client.id, web.secret ?? "")).toBe("accepted for another grant");
	expect(await api.trySecret(web.client.id, "wrong-secret")).toBe("rejected");
	// That isn't about the secret.
	const refusalOfUnknownClient = { error: "invalid_client", description: "client not found" };
	simulator.organization.changeSettings({ assumptions: { refusalOfUnknownClient } });
	await expect(api.trySecret(absentId, "wrong-secret")).rejects.toThrow("client not found");
	simulator.organization.changeClient(client.id, { state: "inactive" });
	await expect(api.trySecret(client.id, secret)).rejects.toThrow("client is inactive");
});

describe("a login that is refused", () => {
	test.each([
		["a wrong secret", (id: string) => ({ clientId: id, clientSecret: "wrong-secret" }), "authentication failed"],
		["an unknown client", () => ({ clientId: absentId, clientSecret: "wrong-secret" }), "authentication failed"],
	])("for %s names the source and the client, not the secret, and is tried once", async (_, credentials, said) => {
		const { simulator, connect, logins, waits, calls } = await startSimulatedApi();
		const { clientId, clientSecret } = credentials(simulator.administrator.clientId);
		const error = await failureOf<AuthenticationError>(
			connect({ clientId, clientSecret, source: "the stack configuration" }).getOauthScopes(),
		);
		expect(error).toMatchObject({ name: "AuthenticationError", status: 400, code: "invalid_client" });
		for (const part of [said, clientId, "the stack configuration", "correlation id"])
			expect(error.message).toContain(part);
		expect(error.message).not.toContain("wrong-secret");
		expect([logins(), waits, calls()]).toEqual([1, [], []]);
	});

	test("for an inactive client says so", async () => {
		const { simulator, connect } = await startSimulatedApi();
		const { client, secret = "" } = simulator.organization.addClient({ name: "old", state: "inactive" });
		const api = connect({ clientId: client.id, clientSecret: secret, source: "s" });
		expect((await failureOf(api.getOauthScopes())).message).toContain("client is inactive");
	});

	test("for a client of another grant says that the secret is right and the client is the wrong one", async () => {
		const { simulator, connect, fault } = await startSimulatedApi();
		const message = "client is not authorized to use the client_credential grant type";
		fault("POST", paths.login, { kind: "status", status: 400, code: "unauthorized_client", message });
		const error = await failureOf(connect({ ...simulator.administrator, source: "s" }).getOauthScopes());
		expect(error.message).toContain(`unauthorized_client (${message})`);
		expect(error.message).toMatch(
			/The credentials came from s: the client has another grant type; use one with CLIENT-CREDENTIALS$/,
		);
	});

	test("isn't remembered: the next call tries again", async () => {
		const { api, fault, logins } = await startSimulatedApi();
		fault("POST", paths.login, { kind: "status", status: 400, code: "invalid_client", message: "client not found" });
		await failureOf(api.getOauthScopes());
		await api.getOauthScopes();
		expect(logins()).toBe(2);
	});

	test.each([
		["an HTML page", 404, "check the region"],
		["an HTML page", 403, "check the region"],
	])("by %s with %i says where to look", async (_, status, said) => {
		const { api, fault } = await startSimulatedApi();
		fault("POST", paths.login, { kind: "html", status });
		expect((await failureOf(api.getOauthScopes())).message).toContain(said);
	});

	test("with words that look like a credential keeps them to itself", async () => {
		const { api, fault, simulator } = await startSimulatedApi();
		const message = `the secret ${simulator.administrator.clientSecret} is wrong`;
		fault("POST", paths.login, { kind: "status", status: 400, code: "invalid_client", message });
		const error = await failureOf(api.getOauthScopes());
		expect(error.message).toContain("invalid_client");
		expect(error.message).not.toContain(simulator.administrator.clientSecret);
	});
});

describe("a login that meets trouble", () => {
	test("that stays throttled is to be tried later, not with other credentials", async () => {
		const { api, fault } = await startSimulatedApi();
		fault("POST", paths.login, { kind: "status", status: 400, times: "always" });
		const { message } = await failureOf(api.getOauthScopes());
		expect(message).toContain("rate limit exceeded");
		expect(message).toMatch(/\. Run again later$/);
	});

	test("is repeated when it is throttled, which the vendor says with a 400", async () => {
		const { api, fault, logins, waits } = await startSimulatedApi();
		fault("POST", paths.login, { kind: "status", status: 400, times: 3 });
		await api.getOauthScopes();
		expect(logins()).toBe(4);
		expect(waits).toHaveLength(3);
	});

	test("is repeated after cuts and 503s, though it is a POST", async () => {
		const { api, fault, logins } = await startSimulatedApi();
		fault("POST", paths.login, { kind: "cut" });
		fault("POST", paths.login, { kind: "status", status: 503 });
		fault("POST", paths.login, { kind: "cut", when: "after" });
		await api.getOauthScopes();
		expect(logins()).toBe(4);
	});

	test("gives up at last, and tells the login's name", async () => {
		const { api, fault, logins } = await startSimulatedApi();
		fault("POST", paths.login, { kind: "cut", times: "always" });
		const error = await failureOf<ConnectionError>(api.getOauthScopes());
		expect(error.operation).toContain("login");
		expect(logins()).toBe(5);
	});

	test("with an answer that can't be read fails, and shows nothing of it", async () => {
		const { api, fault } = await startSimulatedApi();
		fault("POST", paths.login, { kind: "malformed" });
		expect((await failureOf(api.getOauthScopes())).name).toBe("ConnectionError");
		fault("POST", paths.login, { kind: "status", status: 200, body: { access_token: "" } });
		expect((await failureOf(api.getOauthScopes())).name).toBe("ConnectionError");
	});
});

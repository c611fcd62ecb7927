import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, startSimulator } from "../../../simulator/index";
import type { ManualClock, Simulator } from "../../../simulator/index";
import { administratorToken, call, requestToken } from "./api-caller";

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = createManualClock();
	simulator = await startSimulator({ clock });
});
afterEach(async () => {
	await simulator.close();
});

function refusal(error: string, description: string) {
	return { status: 400, body: { error, description, error_description: description } };
}

test("a client-credentials client gets a bearer token that lives as long as the client says", async () => {
	const { client, secret } = simulator.organization.addClient({ name: "service", accessTokenValiditySeconds: 600 });
	const answer = await requestToken(simulator, client.id, secret ?? "");
	expect(answer).toMatchObject({
		status: 200,
		body: { access_token: expect.any(String), token_type: "bearer", expires_in: 599 },
	});
	expect(answer.headers.get("cache-control")).toBe("no-store");
	const scopes = () => call(simulator, "GET", "/api/v2/oauth/scopes", { token: answer.body.access_token });
	clock.advance(599_999);
	expect((await scopes()).status).toBe(200);
	clock.advance(1);
	expect((await scopes()).body).toMatchObject({ status: 401, code: "bad.credentials" });
});

test("the credentials may come in the form", async () => {
	const { clientId, clientSecret } = simulator.administrator;
	const answer = await call(simulator, "POST", "/oauth/token", {
		text: new URLSearchParams({
			grant_type: "client_credentials",
			client_id: clientId,
			client_secret: clientSecret,
		}).toString(),
		headers: { "content-type": "application/x-www-form-urlencoded" },
	});
	expect(answer).toMatchObject({ status: 200, body: { expires_in: 86_399 } });
});

test("an unknown client is refused like a wrong secret", async () => {
	expect(await requestToken(simulator, "nobody", "x")).toMatchObject(
		refusal("invalid_client", "authentication failed"),
	);
});

test("a wrong secret is refused with 400", async () => {
	expect(await requestToken(simulator, simulator.administrator.clientId, "x")).toMatchObject(
		refusal("invalid_client", "authentication failed"),
	);
});

test("a request without credentials is refused", async () => {
	const answer = await call(simulator, "POST", "/oauth/token", {
		text: "grant_type=client_credentials",
		headers: { "content-type": "application/x-www-form-urlencoded" },
	});
	expect(answer).toMatchObject(refusal("invalid_request", "client credentials are missing"));
});

test("a body that isn't a form has nothing to say", async () => {
	for (const type of ["multipart/form-data", "application/json"])
		expect(
			await call(simulator, "POST", "/oauth/token", { text: "{}", headers: { "content-type": type } }),
		).toMatchObject({ status: 400, body: { error: "invalid_request" } });
});

test("only the client-credentials grant is there", async () => {
	const { clientId, clientSecret } = simulator.administrator;
	const ask = (text: string) =>
		call(simulator, "POST", "/oauth/token", {
			text,
			headers: {
				authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
				"content-type": "application/x-www-form-urlencoded",
			},
		});
	expect((await ask("grant_type=authorization_code&code=1")).body.error).toBe("unsupported_grant_type");
	expect((await ask("other=1")).body.error).toBe("invalid_request");
});

test("a client of another grant gets no token, and hears of its grant only with the right secret", async () => {
	const { client, secret } = simulator.organization.addClient({
		name: "web",
		authorizedGrantType: "CODE",
		scope: ["users"],
	});
	expect(await requestToken(simulator, client.id, secret ?? "")).toMatchObject(
		refusal("unauthorized_client", "client is not authorized to use the client_credential grant type"),
	);
	expect(await requestToken(simulator, client.id, "wrong")).toMatchObject(
		refusal("invalid_client", "authentication failed"),
	);
});

test.each(["inactive", "disabled"] as const)("an %s client gets no token", async (state) => {
	const { client, secret } = simulator.organization.addClient({ name: "service", state });
	expect(await requestToken(simulator, client.id, secret ?? "")).toMatchObject(
		refusal("invalid_client", `client is ${state}`),
	);
});

test("the token endpoint throttles with 400, for each client and minute", async () => {
	simulator.organization.changeSettings({ limits: { tokenRequestsPerMinute: 2 } });
	const { clientId, clientSecret } = simulator.administrator;
	const ask = () => requestToken(simulator, clientId, clientSecret);
	expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
	const refused = await ask();
	expect(refused).toMatchObject({ status: 400, body: { error: "invalid_request" } });
	expect(refused.body.error_description).toMatch(/^rate limit exceeded;/);
	const other = simulator.organization.addClient({ name: "other" });
	expect((await requestToken(simulator, other.client.id, other.secret ?? "")).status).toBe(200);
	clock.advance(60_000);
	expect((await ask()).status).toBe(200);
});

test("the tokens of a client die when it is disabled, and stay dead", async () => {
	const { client } = simulator.organization.addClient({ name: "service" });
	const token = simulator.organization.issueToken(client.id);
	const scopes = () => call(simulator, "GET", "/api/v2/oauth/scopes", { token });
	expect((await scopes()).status).toBe(200);
	simulator.organization.disableClient(client.id);
	expect((await scopes()).body.code).toBe("bad.credentials");
	simulator.organization.enableClient(client.id);
	expect((await scopes()).body.code).toBe("bad.credentials");
});

test("the tokens of a client live on when it goes inactive, and die when it is removed", async () => {
	const { client } = simulator.organization.addClient({ name: "service" });
	const token = simulator.organization.issueToken(client.id);
	const scopes = () => call(simulator, "GET", "/api/v2/oauth/scopes", { token });
	simulator.organization.changeClient(client.id, { state: "inactive" });
	expect((await scopes()).status).toBe(200);
	simulator.organization.removeClient(client.id);
	expect((await scopes()).body.code).toBe("bad.credentials");
});

test("a token that is made for a disabled client is no good", async () => {
	const { client } = simulator.organization.addClient({ name: "service", state: "disabled" });
	const token = simulator.organization.issueToken(client.id);
	expect((await call(simulator, "GET", "/api/v2/oauth/scopes", { token })).body.code).toBe("bad.credentials");
});

test("a client that comes back under its old id doesn't get its old tokens back", async () => {
	const seed = { id: "c1", name: "service" };
	simulator.organization.addClient(seed);
	const token = simulator.organization.issueToken("c1");
	simulator.organization.removeClient("c1");
	simulator.organization.addClient(seed);
	expect((await call(simulator, "GET", "/api/v2/oauth/scopes", { token })).body.code).toBe("bad.credentials");
});

test("logging out ends the token", async () => {
	const token = await administratorToken(simulator);
	expect((await call(simulator, "DELETE", "/api/v2/tokens/me", { token })).status).toBe(204);
	expect((await call(simulator, "GET", "/api/v2/tokens/me", { token })).body.code).toBe("bad.credentials");
});

test("every start has a secret of its own", async () => {
	const other = await startSimulator();
	expect(other.administrator.clientSecret).not.toBe(simulator.administrator.clientSecret);
	await other.close();
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, startSimulator } from "../../../simulator/index";
import type { ManualClock, Simulator } from "../../../simulator/index";
import { administratorToken, call, callAsAdministrator } from "./api-caller";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = createManualClock();
	simulator = await startSimulator({ clock });
});
afterEach(async () => {
	await simulator.close();
});

function limits({ headers }: { headers: Headers }): (string | null)[] {
	return ["count", "allowed", "reset"].map((name) => headers.get(`inin-ratelimit-${name}`));
}

/** A good client whose JSON is so many bytes long. */
function clientOf(bytes: number): string {
	const json = JSON.stringify({ name: "", authorizedGrantType: "CODE", scope: ["users"] });
	return json.replace('""', `"${"x".repeat(bytes - json.length)}"`);
}

function postClientOf(bytes: number) {
	return callAsAdministrator(simulator, "POST", "/api/v2/oauth/clients", {
		text: clientOf(bytes),
		headers: { "content-type": "application/json" },
	});
}

test("an error has the vendor's body, and its contextId is the correlation id of the header", async () => {
	const answer = await callAsAdministrator(simulator, "GET", "/api/v2/oauth/clients/none");
	const contextId = answer.headers.get("ININ-Correlation-Id");
	expect(contextId).toMatch(UUID);
	expect(answer.status).toBe(404);
	expect(answer.body).toEqual({
		message: "Client was not found.",
		code: "client.not.found",
		status: 404,
		messageWithParams: "Client was not found.",
		messageParams: {},
		contextId,
		details: [],
		errors: [],
	});
});

test.each(["/api/v2/oauth/scopes", "/api/v2/nothing", "/oauth/token", "/simulator/requests"])(
	"%s answers with a correlation id of its own each time",
	async (path) => {
		const first = await call(simulator, "GET", path);
		const second = await call(simulator, "GET", path);
		expect(first.headers.get("ININ-Correlation-Id")).toMatch(UUID);
		expect(second.headers.get("ININ-Correlation-Id")).not.toBe(first.headers.get("ININ-Correlation-Id"));
	},
);

test("a call without a bearer token needs authentication", async () => {
	const expected = {
		status: 401,
		body: {
			code: "authentication.required",
			message: "No authentication bearer token specified in authorization header.",
		},
	};
	expect(await call(simulator, "GET", "/api/v2/oauth/clients")).toMatchObject(expected);
	const headers = { authorization: "Basic eDp5" };
	expect(await call(simulator, "GET", "/api/v2/oauth/clients", { headers })).toMatchObject(expected);
});

test("an unknown token is bad credentials", async () => {
	expect(await call(simulator, "GET", "/api/v2/oauth/clients", { token: "made-up" })).toMatchObject({
		status: 401,
		body: { code: "bad.credentials", message: "Invalid login credentials." },
	});
});

test("an expired token can have a code of its own", async () => {
	simulator.organization.changeSettings({ expiredTokenCode: "credentials.expired" });
	const token = await administratorToken(simulator);
	clock.advance(86_400_000);
	expect(await call(simulator, "GET", "/api/v2/oauth/clients", { token })).toMatchObject({
		status: 401,
		body: { code: "credentials.expired", message: "The supplied credentials are expired and cannot be used." },
	});
});

test.each([
	["GET", "/api/v2/oauth/clients", "oauth:client:view"],
	["POST", "/api/v2/oauth/clients", "oauth:client:add"],
	["GET", "/api/v2/oauth/clients/x", "oauth:client:view"],
	["PUT", "/api/v2/oauth/clients/x", "oauth:client:edit"],
	["DELETE", "/api/v2/oauth/clients/x", "oauth:client:delete"],
	["POST", "/api/v2/oauth/clients/x/secret", "oauth:client:edit"],
	["GET", "/api/v2/oauth/clients/x/usage/summary", "oauth:client:view, usage:client:view"],
	["POST", "/api/v2/oauth/clients/x/usage/query", "oauth:client:view, usage:client:view"],
	["GET", "/api/v2/oauth/clients/x/usage/query/results/y", "oauth:client:view, usage:client:view"],
	["GET", "/api/v2/oauth/authorizations", "oauth:client:authorize"],
	["GET", "/api/v2/oauth/authorizations/x", "oauth:client:authorize"],
])("%s %s without permission names %s", async (method, path, permissions) => {
	const { client } = simulator.organization.addClient({ name: "weak", permissions: [] });
	const token = simulator.organization.issueToken(client.id);
	const answer = await call(simulator, method, path, { token });
	expect(answer.status).toBe(403);
	expect(answer.body).toMatchObject({
		code: "missing.any.permissions",
		message: `Unable to perform the requested action. You must have at least one of the following permissions assigned: ${permissions}`,
		messageWithParams:
			"Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}",
		messageParams: { permissions },
	});
	for (const permission of permissions.split(", ")) {
		simulator.organization.setPermissions(client.id, [permission]);
		expect((await call(simulator, method, path, { token })).status).not.toBe(403);
	}
});

test.each([
	"/api/v2/oauth/scopes",
	"/api/v2/oauth/scopes/users",
	"/api/v2/authorization/divisions/home",
	"/api/v2/authorization/products",
	"/api/v2/organizations/me",
	"/api/v2/tokens/me",
])("%s needs a token and no permission", async (path) => {
	const { client } = simulator.organization.addClient({ name: "weak", permissions: [] });
	const token = simulator.organization.issueToken(client.id);
	expect((await call(simulator, "GET", path, { token })).status).toBe(200);
	expect((await call(simulator, "GET", path)).status).toBe(401);
});

test("a client may do what its roles allow", async () => {
	const { organization } = simulator;
	const viewer = organization.addRole({ name: "viewer", permissions: ["oauth:client:view"] });
	const { client } = organization.addClient({
		name: "service",
		roleDivisions: [{ roleId: viewer.id, divisionId: "*" }],
	});
	const token = organization.issueToken(client.id);
	expect((await call(simulator, "GET", "/api/v2/oauth/clients", { token })).status).toBe(200);
	expect((await call(simulator, "DELETE", `/api/v2/oauth/clients/${client.id}`, { token })).status).toBe(403);
});

test("a permission that is dropped is missing at once", async () => {
	const token = await administratorToken(simulator);
	const list = () => call(simulator, "GET", "/api/v2/oauth/clients", { token });
	expect((await list()).status).toBe(200);
	simulator.organization.dropPermissions(simulator.administrator.clientId, "oauth:client:view");
	expect((await list()).status).toBe(403);
	expect((await call(simulator, "GET", "/api/v2/oauth/authorizations", { token })).status).toBe(200);
});

test("scopes count only while they are enforced", async () => {
	const { organization } = simulator;
	const { client } = organization.addClient({
		name: "reader",
		permissions: "all",
		tokenScopes: ["oauth:readonly"],
	});
	const token = organization.issueToken(client.id);
	const secret = () => call(simulator, "POST", `/api/v2/oauth/clients/${client.id}/secret`, { token });
	expect((await secret()).status).toBe(200);
	organization.changeSettings({ scopeEnforcement: true });
	expect(await secret()).toMatchObject({
		status: 403,
		body: { code: "app.not.authorized.for.scope", message: "App not authorized to use scope [oauth]" },
	});
	expect((await call(simulator, "GET", "/api/v2/oauth/clients", { token })).status).toBe(200);
	organization.changeClient(client.id, { tokenScopes: ["users"] });
	const other = organization.issueToken(client.id);
	expect((await call(simulator, "GET", "/api/v2/oauth/clients", { token: other })).body.message).toBe(
		"App not authorized to use scope [oauth:readonly, oauth]",
	);
});

test("the rate limit is counted for each token and minute, and a refusal says when to come back", async () => {
	simulator.organization.changeSettings({ limits: { requestsPerMinute: 2 } });
	const token = await administratorToken(simulator);
	const ask = (as = token) => call(simulator, "GET", "/api/v2/oauth/scopes/users", { token: as });
	expect(limits(await ask())).toEqual(["1", "2", "60"]);
	clock.advance(20_500);
	expect(limits(await ask())).toEqual(["2", "2", "40"]);
	const refused = await ask();
	expect(refused.status).toBe(429);
	expect(refused.headers.get("retry-after")).toBe("40");
	expect(limits(refused)).toEqual(["3", "2", "40"]);
	expect(refused.body).toMatchObject({
		code: "too.many.requests",
		message: "Rate limit exceeded the maximum [2] requests within [60] seconds",
		limit: { key: "client.credentials.token.rate.per.minute", namespace: "platform.api", value: 2 },
	});
	expect((await ask(await administratorToken(simulator))).status).toBe(200);
	clock.advance(39_500);
	expect(limits(await ask())).toEqual(["1", "2", "60"]);
});

test("300 calls a minute are allowed unless the seed says otherwise", async () => {
	const answer = await callAsAdministrator(simulator, "GET", "/api/v2/oauth/scopes/users");
	expect(answer.headers.get("inin-ratelimit-allowed")).toBe("300");
});

test("a route the simulator doesn't have answers 501 and names it, with or without a token", async () => {
	const expected = { status: 501, body: { message: "The simulator does not have GET /api/v2/users/me." } };
	expect(await callAsAdministrator(simulator, "GET", "/api/v2/users/me")).toMatchObject(expected);
	expect(await call(simulator, "GET", "/api/v2/users/me")).toMatchObject(expected);
});

test("a known path with another method answers 405 and says what there is", async () => {
	const answer = await callAsAdministrator(simulator, "PATCH", "/api/v2/oauth/clients/x");
	expect(answer).toMatchObject({
		status: 405,
		body: {
			code: "method.not.allowed",
			message: "The simulator does not have PATCH /api/v2/oauth/clients/x. It has GET, PUT, DELETE there.",
		},
	});
	expect(answer.headers.get("allow")).toBe("GET, PUT, DELETE");
	expect((await call(simulator, "GET", "/oauth/token")).status).toBe(405);
});

test("a body that isn't a JSON object is a bad request", async () => {
	const headers = { "content-type": "application/json; charset=utf-8" };
	for (const text of ["{", "[]", "null", '"text"', ""])
		expect(await callAsAdministrator(simulator, "POST", "/api/v2/oauth/clients", { text, headers })).toMatchObject({
			status: 400,
			body: { code: "bad.request" },
		});
});

test("a body of another type is refused", async () => {
	const answer = await callAsAdministrator(simulator, "POST", "/api/v2/oauth/clients", {
		text: "{}",
		headers: { "content-type": "text/plain" },
	});
	expect(answer).toMatchObject({ status: 415, body: { code: "unsupported.media.type" } });
});

test("a body over 512000 bytes is refused", async () => {
	expect((await postClientOf(512_000)).status).toBe(200);
	for (const bytes of [512_001, 5_000_000])
		expect(await postClientOf(bytes)).toMatchObject({
			status: 413,
			body: {
				code: "request.entity.too.large",
				message: "The request is over the size limit. Maximum bytes: 512000",
			},
		});
});

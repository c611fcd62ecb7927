import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, DIVISION_IDS, ROLE_IDS, startSimulator } from "../../../simulator/index";
import type { Simulator } from "../../../simulator/index";
import { administratorToken, call, callAsAdministrator, requestToken } from "./api-caller";

const CODE = { name: "web", authorizedGrantType: "CODE", scope: ["users"] };
const SERVICE = {
	name: "service",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
};
const NOW = "2026-01-15T12:00:00.000Z";

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ clock: createManualClock({ now: Date.parse(NOW) }) });
});
afterEach(async () => {
	await simulator.close();
});

function post(json: unknown) {
	return callAsAdministrator(simulator, "POST", "/api/v2/oauth/clients", { json });
}

test("a client is created with status 200, its defaults and its secret", async () => {
	const { status, body } = await post(CODE);
	const by = {
		id: simulator.administrator.clientId,
		name: "Administrator",
		selfUri: `/api/v2/users/${simulator.administrator.clientId}`,
	};
	expect(status).toBe(200);
	expect(body).toEqual({
		id: expect.any(String),
		name: "web",
		accessTokenValiditySeconds: 86_400,
		registeredRedirectUri: [],
		secret: expect.any(String),
		roleIds: [],
		roleDivisions: [],
		authorizedGrantType: "CODE",
		scope: ["users"],
		state: "active",
		dateCreated: NOW,
		dateModified: NOW,
		createdBy: by,
		modifiedBy: by,
		selfUri: `/api/v2/oauth/clients/${body.id}`,
	});
	expect(simulator.organization.checkSecret(body.id, body.secret)).toBe(true);
	expect(simulator.organization.client(body.id)).toMatchObject({ name: "web", state: "active", hasSecret: true });
});

test("everything that was sent comes back", async () => {
	const sent = {
		...SERVICE,
		description: "syncs",
		accessTokenValiditySeconds: 300,
		registeredRedirectUri: ["https://example.com/callback"],
		roleIds: [ROLE_IDS.communicateUser],
		roleDivisions: [
			{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home },
			{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.support },
			{ roleId: ROLE_IDS.communicateUser, divisionId: "*" },
		],
		state: "active",
	};
	expect((await post(sent)).body).toMatchObject(sent);
});

test("the secret of a new service client logs in, and its token may do what its roles allow", async () => {
	const { body } = await post(SERVICE);
	const token = (await requestToken(simulator, body.id, body.secret)).body.access_token;
	expect((await call(simulator, "GET", "/api/v2/tokens/me", { token })).body.OAuthClient.id).toBe(body.id);
	expect((await call(simulator, "GET", "/api/v2/oauth/clients", { token })).status).toBe(403);
});

test("a TOKEN client has no secret", async () => {
	const { status, body } = await post({ ...CODE, authorizedGrantType: "TOKEN" });
	expect(status).toBe(200);
	expect(body).not.toHaveProperty("secret");
	expect(simulator.organization.client(body.id)?.hasSecret).toBe(false);
});

test("neither roles nor scopes stay with a grant that has no use for them", async () => {
	expect((await post({ ...CODE, roleDivisions: SERVICE.roleDivisions, roleIds: ["x"] })).body).toMatchObject({
		roleDivisions: [],
		roleIds: [],
	});
	expect((await post({ ...SERVICE, scope: ["users"] })).body).toMatchObject({ scope: [] });
});

test("names are not unique", async () => {
	await post(CODE);
	expect((await post(CODE)).status).toBe(200);
	expect(simulator.organization.clientsByName("web")).toHaveLength(2);
});

test("roles and scopes that are sent twice are kept once", async () => {
	const pair = SERVICE.roleDivisions[0];
	expect((await post({ ...SERVICE, roleDivisions: [pair, pair] })).body.roleDivisions).toEqual([pair]);
	expect((await post({ ...CODE, scope: ["users", "users"] })).body.scope).toEqual(["users"]);
});

test.each([
	["no grant", { name: "x", scope: ["users"] }, "grant.type.required", "Grant type is required."],
	["an unknown grant", { ...CODE, authorizedGrantType: "CLIENT_CREDENTIALS" }, "bad.grant.type", "Invalid grant type."],
	[
		"a service without roles",
		{ ...SERVICE, roleDivisions: [] },
		"missing.client.roles",
		"Client roles and divisions are missing.",
	],
	["another grant without scope", { ...CODE, scope: [] }, "missing.client.scope", "Client scope is missing."],
	["an unknown scope", { ...CODE, scope: ["user:readonly"] }, "auth.invalid.scope", "Client has invalid scope"],
	[
		"an unknown role",
		{ ...SERVICE, roleDivisions: [{ roleId: "x", divisionId: DIVISION_IDS.home }] },
		"bad.client.role",
		"Client role is invalid.",
	],
	["an unknown role id", { ...SERVICE, roleIds: ["x"] }, "bad.client.role", "Client role is invalid."],
	[
		"an unknown division",
		{ ...SERVICE, roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: "x" }] },
		"bad.client.role",
		"Client role is invalid.",
	],
	[
		"a state other than active",
		{ ...CODE, state: "inactive" },
		"bad.client.state",
		"New clients can only have an active state",
	],
	[
		"an unknown state",
		{ ...CODE, state: "paused" },
		"invalid.value",
		"Value [paused] is not valid for field type [state]. Allowable values are: active, disabled, inactive",
	],
	[
		"a name of another type",
		{ ...CODE, name: 5 },
		"invalid.value",
		"Value [5] is not valid for field type [name]. Allowable values are: a string",
	],
	[
		"a role without division",
		{ ...SERVICE, roleDivisions: [{ roleId: ROLE_IDS.employee }] },
		"invalid.value",
		"Value [null] is not valid for field type [roleDivisions.0.divisionId]. Allowable values are: objects with roleId and divisionId",
	],
	[
		"an unknown property",
		{ ...CODE, scopes: ["users"] },
		"invalid.property",
		"Value [scopes] is not a valid property for object [OAuthClientRequest]",
	],
	["no name", { ...CODE, name: undefined }, "constraint.validation", "name may not be empty"],
	["an empty name", { ...CODE, name: " " }, "constraint.validation", "name may not be empty"],
	[
		"a redirect URI that isn't absolute",
		{ ...CODE, registeredRedirectUri: ["/callback"] },
		"constraint.validation",
		"registeredRedirectUri: [/callback] is not an absolute URI",
	],
	[
		"fewer than 300 seconds",
		{ ...CODE, accessTokenValiditySeconds: 299 },
		"constraint.validation",
		"accessTokenValiditySeconds must be between 300 and 172800 (38880000 for a SCIM integration)",
	],
	[
		"more than 172800 seconds",
		{ ...SERVICE, accessTokenValiditySeconds: 172_801 },
		"constraint.validation",
		"accessTokenValiditySeconds must be between 300 and 172800 (38880000 for a SCIM integration)",
	],
])("%s is refused", async (_what, json, code, message) => {
	const answer = await post(json);
	expect(answer).toMatchObject({ status: 400, body: { status: 400, code, message } });
	expect(simulator.organization.clients()).toEqual([]);
});

test("172800 seconds are allowed", async () => {
	expect((await post({ ...CODE, accessTokenValiditySeconds: 172_800 })).status).toBe(200);
});

test.each([
	["a client with the role SCIM Integration", { ...SERVICE, roleIds: [ROLE_IDS.scimIntegration] }],
	["a client with the scope scim", { ...CODE, scope: ["scim"] }],
])("%s may have tokens of 38880000 seconds and no more", async (_what, client) => {
	expect((await post({ ...client, accessTokenValiditySeconds: 38_880_000 })).status).toBe(200);
	expect((await post({ ...client, accessTokenValiditySeconds: 38_880_001 })).body).toMatchObject({
		code: "constraint.validation",
		message: "accessTokenValiditySeconds must be between 300 and 38880000",
	});
});

test("nobody can give away a role they don't hold", async () => {
	const { client } = simulator.organization.addClient({
		name: "deputy",
		permissions: "all",
		roleIds: [ROLE_IDS.employee],
	});
	const token = simulator.organization.issueToken(client.id);
	const create = (roleId: string) =>
		call(simulator, "POST", "/api/v2/oauth/clients", {
			token,
			json: { ...SERVICE, roleDivisions: [{ roleId, divisionId: "*" }] },
		});
	expect((await create(ROLE_IDS.employee)).status).toBe(200);
	expect((await create(ROLE_IDS.masterAdmin)).body).toMatchObject({ status: 400, code: "bad.client.role" });
});

test("the administrator holds roles that were made after the start", async () => {
	const { id } = simulator.organization.addRole({ name: "new" });
	const json = { ...SERVICE, roleDivisions: [{ roleId: id, divisionId: "*" }] };
	expect((await post(json)).status).toBe(200);
	simulator.organization.removeRole(id);
	expect((await post(json)).body.code).toBe("bad.client.role");
});

test("an organization can be full", async () => {
	simulator.organization.changeSettings({ limits: { clients: 1 } });
	const { body } = await post(CODE);
	expect(await post(CODE)).toMatchObject({
		status: 400,
		body: { code: "auth.too.many.clients", message: "Too many clients exist in this organization." },
	});
	simulator.organization.removeClient(body.id);
	expect((await post(CODE)).status).toBe(200);
});

test("a field of a later API is taken where the seed knows it", async () => {
	simulator.organization.changeSettings({ extraProperties: ["allowedIpAddresses"] });
	const { body } = await post({ ...CODE, allowedIpAddresses: ["192.0.2.0/24"] });
	expect(body.allowedIpAddresses).toEqual(["192.0.2.0/24"]);
	const read = await call(simulator, "GET", body.selfUri, { token: await administratorToken(simulator) });
	expect(read.body.allowedIpAddresses).toEqual(["192.0.2.0/24"]);
});

import { createConnection } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, DIVISION_IDS, ROLE_IDS, startSimulator } from "../../../simulator/index";
import type { ManualClock, Seed, Simulator } from "../../../simulator/index";
import { administratorToken, call, callAsAdministrator, requestToken } from "./api-caller";

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = createManualClock({ now: Date.parse("2026-01-15T12:00:00Z") });
	simulator = await startSimulator({ clock });
});
afterEach(async () => {
	await simulator.close();
});

test("the default organization has four roles, two divisions and no client but the administrator", async () => {
	const { organization, administrator } = simulator;
	expect(organization.roles().map(({ id, name }) => [id, name])).toEqual([
		[ROLE_IDS.employee, "employee"],
		[ROLE_IDS.communicateUser, "Communicate - User"],
		[ROLE_IDS.scimIntegration, "SCIM Integration"],
		[ROLE_IDS.masterAdmin, "Master Admin"],
	]);
	expect(organization.divisions().map(({ id, home }) => [id, home])).toEqual([
		[DIVISION_IDS.home, true],
		[DIVISION_IDS.support, false],
	]);
	expect(organization.clients()).toEqual([]);
	expect(organization.client(administrator.clientId)).toMatchObject({ name: "Administrator", permissions: "all" });
});

test("a client of the seed is there as it was described", async () => {
	const seed: Seed = {
		clients: [
			{
				id: "c1",
				name: "old",
				secret: "a seeded secret",
				state: "inactive",
				dateCreated: "2020-01-01T00:00:00Z",
				dateToDelete: "2026-01-20T00:00:00Z",
				createdBy: { id: "u1", name: "Founder" },
				scope: ["a scope nobody knows"],
				extra: { allowedIpAddresses: [] },
			},
		],
	};
	const other = await startSimulator({ seed, clock });
	expect((await callAsAdministrator(other, "GET", "/api/v2/oauth/clients/c1")).body).toEqual({
		id: "c1",
		name: "old",
		accessTokenValiditySeconds: 86_400,
		registeredRedirectUri: [],
		roleIds: [],
		roleDivisions: [],
		authorizedGrantType: "CLIENT-CREDENTIALS",
		scope: ["a scope nobody knows"],
		state: "inactive",
		dateCreated: "2020-01-01T00:00:00.000Z",
		dateModified: "2020-01-01T00:00:00.000Z",
		createdBy: { id: "u1", name: "Founder", selfUri: "/api/v2/users/u1" },
		modifiedBy: { id: "u1", name: "Founder", selfUri: "/api/v2/users/u1" },
		dateToDelete: "2026-01-20T00:00:00.000Z",
		allowedIpAddresses: [],
		selfUri: "/api/v2/oauth/clients/c1",
	});
	expect(other.organization.checkSecret("c1", "a seeded secret")).toBe(true);
	expect(other.organization.checkSecret("c1", "another")).toBe(false);
	await other.close();
});

test.each([
	[{ roles: [{ nme: "x" }] }, /^seed: roles.0.(name|nme): /],
	[{ divisions: [{ name: "x" }] }, /^seed: divisions: exactly one division must be the home division/],
	[{ clients: [{ name: "x", authorizedGrantType: "code" }] }, /^seed: clients.0.authorizedGrantType: /],
	[{ latency: 5 }, /^seed: latency: /],
])("the seed %j is refused with the place where it is wrong", async (seed, message) => {
	await expect(startSimulator({ seed: seed as Seed })).rejects.toThrow(message);
});

test("a client can be put into the organization, changed and removed behind the API's back", async () => {
	const { organization } = simulator;
	const { client, secret } = organization.addClient({ name: "service" });
	expect((await requestToken(simulator, client.id, secret ?? "")).status).toBe(200);
	clock.advance(1000);
	expect(organization.changeClient(client.id, { name: "renamed", state: "inactive" })).toMatchObject({
		name: "renamed",
		state: "inactive",
		dateModified: "2026-01-15T12:00:01.000Z",
		authorizedGrantType: "CLIENT-CREDENTIALS",
	});
	expect((await callAsAdministrator(simulator, "GET", `/api/v2/oauth/clients/${client.id}`)).body.name).toBe("renamed");
	organization.removeClient(client.id);
	expect(organization.client(client.id)).toBeUndefined();
	expect(() => organization.removeClient(client.id)).toThrow(`The organization has no client ${client.id}.`);
});

test("a secret that is regenerated behind the API's back replaces the old one", () => {
	const { client, secret } = simulator.organization.addClient({ name: "service" });
	const fresh = simulator.organization.regenerateSecret(client.id);
	expect(simulator.organization.checkSecret(client.id, fresh)).toBe(true);
	expect(simulator.organization.checkSecret(client.id, secret ?? "")).toBe(false);
});

test("a token can be had for a client of any grant, and tokens can be ended", async () => {
	const { organization } = simulator;
	const { client } = organization.addClient({ name: "web", authorizedGrantType: "CODE", scope: ["users"] });
	const token = organization.issueToken(client.id);
	const me = () => call(simulator, "GET", "/api/v2/tokens/me", { token });
	expect((await me()).body).toMatchObject({ authorizedScope: ["users"], OAuthClient: { id: client.id } });
	organization.revokeTokens(client.id);
	expect((await me()).status).toBe(401);
});

test("divisions come and go, except the home division", async () => {
	const { organization } = simulator;
	const { id } = organization.addDivision({ name: "new" });
	const create = () =>
		callAsAdministrator(simulator, "POST", "/api/v2/oauth/clients", {
			json: {
				name: "service",
				authorizedGrantType: "CLIENT-CREDENTIALS",
				roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: id }],
			},
		});
	expect((await create()).status).toBe(200);
	organization.removeDivision(id);
	expect((await create()).body.code).toBe("bad.client.role");
	expect(() => organization.removeDivision(DIVISION_IDS.home)).toThrow("The home division can't be removed.");
});

test("what the organization hands out can't change it", () => {
	const { client } = simulator.organization.addClient({ name: "service", scope: ["users"] });
	client.scope.push("groups");
	expect(simulator.organization.client(client.id)?.scope).toEqual(["users"]);
});

test("no record of a client holds its secret", () => {
	const { client, secret } = simulator.organization.addClient({ name: "service" });
	expect(client).toMatchObject({ hasSecret: true });
	const text = JSON.stringify([client, simulator.organization.clients(), [...simulator.snapshot().state.clients]]);
	expect(text).not.toContain(secret);
	expect(JSON.stringify(simulator.organization.clients())).not.toContain("Digest");
});

test("a snapshot brings everything of the organization back, and leaves the log alone", async () => {
	const { organization } = simulator;
	const { client, secret } = organization.addClient({ name: "service" });
	const token = organization.issueToken(client.id);
	const before = organization.clients();
	const snapshot = simulator.snapshot();
	organization.regenerateSecret(client.id);
	organization.removeClient(client.id);
	organization.addClient({ name: "another" });
	organization.changeSettings({ clientsPerPage: 1 });
	await call(simulator, "GET", "/api/v2/oauth/scopes");
	for (let round = 0; round < 2; round += 1) {
		simulator.restore(snapshot);
		expect(organization.clients()).toEqual(before);
		expect(organization.checkSecret(client.id, secret ?? "")).toBe(true);
		expect(organization.settings().clientsPerPage).toBeNull();
		organization.removeClient(client.id);
	}
	simulator.restore(snapshot);
	expect((await call(simulator, "GET", "/api/v2/tokens/me", { token })).status).toBe(200);
	expect(simulator.requests.count({ path: "/api/v2/oauth/scopes" })).toBe(1);
});

test("a reset goes back to the seed: same ids and secrets, no tokens, no log, no faults", async () => {
	const seed: Seed = { clients: [{ name: "seeded" }] };
	const other = await startSimulator({ seed, clock });
	const before = other.organization.clients();
	const token = await administratorToken(other);
	other.organization.removeClient(before[0]?.id ?? "");
	other.organization.changeSettings({ scopeEnforcement: true });
	other.faults.add({ kind: "cut", method: "*", path: "*", times: "always" });
	other.reset();
	expect(other.organization.clients()).toEqual(before);
	expect(other.organization.settings().scopeEnforcement).toBe(false);
	expect(other.requests.all()).toEqual([]);
	expect((await call(other, "GET", "/api/v2/tokens/me", { token })).status).toBe(401);
	const { clientId, clientSecret } = other.administrator;
	expect((await requestToken(other, clientId, clientSecret)).status).toBe(200);
	await other.close();
});

test("closing ends connections that are kept alive", async () => {
	const other = await startSimulator();
	const { port } = new URL(other.url);
	const socket = createConnection(Number(port), "127.0.0.1");
	const ended = new Promise<void>((resolve) => {
		socket.once("close", () => {
			resolve();
		});
	});
	socket.on("error", () => undefined);
	await new Promise<void>((resolve) => {
		socket.once("connect", () => {
			resolve();
		});
	});
	await call(other, "GET", "/api/v2/oauth/scopes");
	await other.close();
	await ended;
	await expect(call(other, "GET", "/api/v2/oauth/scopes")).rejects.toThrow(/fetch failed/);
});

test("a simulator listens on 127.0.0.1 only, and on the port it is given", async () => {
	expect(new URL(simulator.url).hostname).toBe("127.0.0.1");
	const other = await startSimulator();
	const { port } = new URL(other.url);
	await expect(startSimulator({ port: Number(port) })).rejects.toThrow(/EADDRINUSE/);
	await other.close();
	const again = await startSimulator({ port: Number(port) });
	expect(new URL(again.url).port).toBe(port);
	await again.close();
});

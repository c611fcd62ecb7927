import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, DIVISION_IDS, startSimulator } from "../../../simulator/index";
import type { Simulator } from "../../../simulator/index";
import { callAsAdministrator } from "./api-caller";

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ clock: createManualClock() });
});
afterEach(async () => {
	await simulator.close();
});

function get(path: string, language?: string) {
	return callAsAdministrator(
		simulator,
		"GET",
		`/api/v2${path}`,
		language === undefined ? {} : { headers: { "accept-language": language } },
	);
}

test("there are 135 scopes, each once, each with a text", async () => {
	const { status, body } = await get("/oauth/scopes");
	expect(status).toBe(200);
	expect(body).toMatchObject({ total: 135, selfUri: "/api/v2/oauth/scopes" });
	expect(new Set(body.entities.map(({ id }: { id: string }) => id)).size).toBe(135);
	for (const scope of body.entities)
		expect(scope).toEqual({
			id: expect.any(String),
			description: expect.stringMatching(/\w+/),
			selfUri: `/api/v2/oauth/scopes/${scope.id}`,
		});
});

test.each([
	["all", true],
	["users", true],
	["users:readonly", true],
	["audits:readonly", true],
	["audits", false],
	["notifications", true],
	["notifications:readonly", false],
])("scope %s: %s", async (id, isThere) => {
	const answer = await get(`/oauth/scopes/${encodeURIComponent(id)}`);
	expect(answer.body).toMatchObject(isThere ? { id } : { status: 404, code: "not.found" });
});

test.each([
	[undefined, "Read users and their profiles."],
	["en-us", "Read users and their profiles."],
	["de", "Nur lesen: Benutzer und ihre Profile."],
	["de-AT", "Nur lesen: Benutzer und ihre Profile."],
	["ja, de;q=0.4, en;q=0.9", "Read users and their profiles."],
	["fr, de;q=0.5", "Nur lesen: Benutzer und ihre Profile."],
	["de;q=0", "Read users and their profiles."],
	["ja", "Read users and their profiles."],
])("Accept-Language %s gets %s", async (language, description) => {
	expect((await get("/oauth/scopes/users:readonly", language)).body.description).toBe(description);
	const { entities } = (await get("/oauth/scopes", language)).body;
	expect(entities.find(({ id }: { id: string }) => id === "users:readonly").description).toBe(description);
});

test("the default organization has an authorization in each state", async () => {
	const { body } = await get("/oauth/authorizations");
	expect(body).toMatchObject({ total: 4, selfUri: "/api/v2/oauth/authorizations" });
	expect(body.entities.map(({ state, pending }: { state: string; pending: boolean }) => [state, pending])).toEqual([
		["Unauthorized", false],
		["Requested", true],
		["Authorized", false],
		["Revoked", false],
	]);
});

test("an authorization says which client, which scopes and roles, and who owns it", async () => {
	simulator.organization.addAuthorization({
		clientId: "c1",
		clientName: "App",
		description: { "en-us": "English", de: "Deutsch" },
		scope: ["users"],
		roles: ["r1"],
		state: "Authorized",
		resourceOwner: { id: "o1", name: "Owner" },
		dateCreated: "2025-01-01T00:00:00.000Z",
	});
	const owner = { id: "o1", name: "Owner", selfUri: "/api/v2/users/o1" };
	const { status, body } = await get("/oauth/authorizations/c1", "de");
	expect(status).toBe(200);
	expect(body).toEqual({
		client: {
			id: "c1",
			name: "App",
			description: "Deutsch",
			authorizedGrantType: "CODE",
			scope: ["users"],
			state: "active",
			selfUri: "/api/v2/oauth/clients/c1",
		},
		scope: ["users"],
		roles: ["r1"],
		resourceOwner: owner,
		dateCreated: "2025-01-01T00:00:00.000Z",
		dateModified: "2025-01-01T00:00:00.000Z",
		createdBy: owner,
		modifiedBy: owner,
		pending: false,
		state: "Authorized",
		selfUri: "/api/v2/oauth/authorizations/c1",
	});
	expect((await get("/oauth/authorizations/c1", "fr")).body.client.description).toBe("English");
	const { entities } = (await get("/oauth/authorizations", "de")).body;
	expect(entities.at(-1).client.description).toBe("Deutsch");
});

test("an authorization that isn't there is not found", async () => {
	expect((await get("/oauth/authorizations/none")).body).toMatchObject({ status: 404, code: "not.found" });
});

test("the home division is the one the seed says", async () => {
	expect((await get("/authorization/divisions/home")).body).toMatchObject({
		id: DIVISION_IDS.home,
		name: "Home",
		homeDivision: true,
		selfUri: `/api/v2/authorization/divisions/${DIVISION_IDS.home}`,
	});
	const other = await startSimulator({
		seed: { divisions: [{ name: "first" }, { id: "second", name: "second", home: true }] },
	});
	const answer = await callAsAdministrator(other, "GET", "/api/v2/authorization/divisions/home");
	expect(answer.body.id).toBe("second");
	await other.close();
});

test("what Terraform asks before its first resource is answered", async () => {
	const organization = (await get("/organizations/me")).body;
	expect(organization).toMatchObject({ id: expect.any(String), name: expect.any(String), defaultCountryCode: "US" });
	expect((await get("/authorization/products")).body.entities).toEqual([{ id: expect.any(String) }]);
	expect((await get("/tokens/me")).body).toMatchObject({
		organization: { id: organization.id, name: organization.name },
		homeOrganization: { id: organization.id },
		authorizedScope: ["all"],
		OAuthClient: {
			id: simulator.administrator.clientId,
			name: "Administrator",
			organization: { id: organization.id },
			authorizedGrantType: "CLIENT-CREDENTIALS",
			state: "active",
		},
	});
});

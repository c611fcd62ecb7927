import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import type { OAuthApi } from "../../provider/api/oauth-api";
import { findAuthorization } from "../../provider/lookups/find/oauth-authorizations";
import { findClient } from "../../provider/lookups/find/oauth-client";
import { type GetOAuthClientsArgs, listClients } from "../../provider/lookups/find/oauth-clients";
import { findScope } from "../../provider/lookups/find/oauth-scopes";
import { isLookupError, type LookupError } from "../../provider/lookups/find/lookup-error";
import { type ClientSeed, DIVISION_IDS, ROLE_IDS, type Seed } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const id = (number: number) => `b0000000-0000-4000-8000-00000000000${number}`;

const service: ClientSeed = {
	id: id(1),
	name: "CRM sync",
	description: "Copies contacts",
	accessTokenValiditySeconds: 3600,
	roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
	dateCreated: "2025-01-15T12:00:00.000Z",
	createdBy: { id: "u1", name: "Ada" },
};
const webApp: ClientSeed = {
	id: id(2),
	name: "Agent desktop",
	authorizedGrantType: "CODE",
	scope: ["users:readonly"],
	registeredRedirectUri: ["https://desktop.example.com/callback"],
	dateCreated: "2026-01-14T12:00:00.001Z",
	createdBy: { id: "u2", name: "Grace" },
};

describe("getOAuthClient", () => {
	test("finds a client by its id, with one call", async () => {
		const { api, calls } = await startSimulatedApi({ seed: { clients: [service, webApp] } });
		expect(await findClient(() => api, { id: id(1) })).toMatchObject({
			id: id(1),
			name: "CRM sync",
			authorizedGrantType: "CLIENT-CREDENTIALS",
			description: "Copies contacts",
			accessTokenValiditySeconds: 3600,
			registeredRedirectUri: [],
			scope: [],
			roleDivisions: [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }],
			state: "active",
			dateCreated: "2025-01-15T12:00:00.000Z",
			createdBy: { id: "u1" },
		});
		expect(calls()).toEqual(["GET /clients/{clientId} 200"]);
	});

	test("finds a client by its exact name, on any page", async () => {
		const { api } = await startSimulatedApi({ seed: { clients: [service, webApp], clientsPerPage: 1 } });
		const found = await findClient(() => api, { name: "Agent desktop" });
		expect(found).toMatchObject({ id: id(2), scope: ["users:readonly"] });
	});

	test("lists the clients once for all lookups that ask at a time", async () => {
		const clients = Array.from({ length: 100 }, (_, index) => ({
			...service,
			id: randomUUID(),
			name: `Client ${index}`,
		}));
		const { api, calls } = await startSimulatedApi({ seed: { clients } });
		const found = await Promise.all(clients.map(async ({ name }) => findClient(() => api, { name })));
		expect(found.map((client) => client.id)).toEqual(clients.map((client) => client.id));
		expect(calls()).toEqual(["GET /clients 200"]);
	});

	test("gives no answer that is older than its question", async () => {
		const { api, calls, simulator } = await startSimulatedApi({ seed: { clients: [service] } });
		simulator.faults.add({ method: "GET", path: paths.clients, kind: "hang", when: "after" });
		const first = findClient(() => api, { name: "CRM sync" });
		await vi.waitFor(() => expect(simulator.faults.pending()).toEqual([]));
		simulator.organization.changeClient(id(1), { description: "Changed since" });
		const later = ["CRM sync", "CRM sync"].map(async (name) => findClient(() => api, { name }));
		const state = { isOver: false };
		const all = Promise.all([first, ...later]).finally(() => (state.isOver = true));
		while (!state.isOver) {
			simulator.faults.release();
			await setImmediate();
		}
		expect((await all).map(({ description }) => description)).toEqual([
			"Copies contacts",
			"Changed since",
			"Changed since",
		]);
		expect(calls()).toEqual(["GET /clients 200", "GET /clients 200"]);
	});

	test("asks again after a failure", async () => {
		const { api, simulator } = await startSimulatedApi({ seed: { clients: [service] } });
		simulator.faults.add({ method: "GET", path: paths.clients, kind: "status", status: 400 });
		const refused = ["CRM sync", "CRM sync"].map(async (name) => failureOf(findClient(() => api, { name })));
		for (const error of await Promise.all(refused)) expect(isLookupError(error)).toBe(true);
		expect(await findClient(() => api, { name: "CRM sync" })).toMatchObject({ id: id(1) });
	});

	test.each([
		[{ id: absentId }, `looking up OAuth client ${absentId}: no OAuth client has this id`],
		[
			{ name: "crm sync" },
			'looking up OAuth client "crm sync": none of the 3 OAuth clients has exactly this name; did you mean "CRM sync"?',
		],
		[{ name: "Dialer of the old site" }, "none of the 3 OAuth clients has exactly this name"],
	])("says what was looked for when %j isn't there", async (args, message) => {
		const { api } = await startSimulatedApi({ seed: { clients: [service, webApp] } });
		const error = await failureOf<LookupError>(findClient(() => api, args));
		expect(isLookupError(error)).toBe(true);
		expect(error.message).toContain(message);
		expect(error.message).not.toMatch(/\n/);
		expect(error.candidates).toEqual([]);
	});

	test("an id that isn't there says what the API answered, and keeps it as the cause", async () => {
		const { api } = await startSimulatedApi();
		const error = await failureOf<LookupError>(findClient(() => api, { id: absentId }));
		expect(error.cause).toMatchObject({ name: "NotFoundError", code: "client.not.found", status: 404 });
		expect(error.message).toContain(error.cause?.message);
	});

	test("two clients of one name are an error that lists both ids", async () => {
		const { api } = await startSimulatedApi({ seed: { clients: [{ ...service, id: id(9) }, service, webApp] } });
		const error = await failureOf<LookupError>(findClient(() => api, { name: "CRM sync" }));
		expect(error.message).toBe(
			`looking up OAuth client "CRM sync": 2 OAuth clients have this name: ${id(1)}, ${id(9)}. Look it up by id instead`,
		);
		expect(error.candidates).toEqual([id(1), id(9)]);
	});

	test("a deleted client isn't found by its name, and doesn't make it ambiguous", async () => {
		const { api, fault } = await startSimulatedApi();
		const listed = (...entities: object[]) =>
			fault("GET", paths.clients, { kind: "status", status: 200, body: { entities } });
		const gone = { id: id(3), name: "CRM sync", authorizedGrantType: "CODE", state: "deleted" };
		listed(gone, { ...gone, id: id(4), state: "active" });
		expect((await findClient(() => api, { name: "CRM sync" })).id).toBe(id(4));
		listed(gone);
		expect((await failureOf(findClient(() => api, { name: "CRM sync" }))).message).toContain("none of the 0");
	});

	test("a deleted client isn't found by its id", async () => {
		const { api, fault } = await startSimulatedApi();
		const body = { id: id(3), name: "a", authorizedGrantType: "CODE", state: "deleted" };
		fault("GET", paths.client, { kind: "status", status: 200, body });
		expect((await failureOf(findClient(() => api, { id: id(3) }))).message).toContain("this OAuth client was deleted");
	});

	test("takes neither a secret nor a field that nobody knows over into its result", async () => {
		const { api, fault } = await startSimulatedApi();
		const body = { id: id(3), name: "a", authorizedGrantType: "CODE", secret: "s3cret", otherSecret: "s3cret" };
		fault("GET", paths.client, { kind: "status", status: 200, body });
		fault("GET", paths.clients, { kind: "status", status: 200, body: { entities: [body] } });
		fault("GET", paths.clients, { kind: "status", status: 200, body: { entities: [body] } });
		const results = [
			await findClient(() => api, { id: id(3) }),
			await findClient(() => api, { name: "a" }),
			await listClients(() => api, {}, { now: Date.now, sleep: async () => undefined }),
		];
		expect(results[0]).toEqual({
			id: id(3),
			name: "a",
			authorizedGrantType: "CODE",
			description: "",
			registeredRedirectUri: [],
			scope: [],
			roleDivisions: [],
			roleIds: [],
			state: "active",
		});
		expect(JSON.stringify(results)).not.toContain("s3cret");
	});

	test.each([{}, { id: id(1), name: "CRM sync" }])(
		"%j isn't one way to look for a client: nothing is sent",
		async (args) => {
			const { api, calls } = await startSimulatedApi();
			const error = await failureOf(findClient(() => api, args as { id: string }));
			expect(error.message).toContain("set either id or name");
			expect(calls()).toEqual([]);
		},
	);
});

describe("getOAuthClients", () => {
	const inactive: ClientSeed = {
		...service,
		id: id(3),
		name: "a.b",
		state: "inactive",
		dateCreated: "2026-01-01T00:00:00Z",
	};
	const names = async (args: GetOAuthClientsArgs, seed: Seed = {}) => {
		const { api, clock } = await startSimulatedApi({
			seed: { clients: [service, webApp, inactive], clientsPerPage: 2, ...seed },
		});
		const { clients } = await listClients(() => api, args, clock);
		return clients.map(({ name }) => name).filter((name) => name !== "Administrator");
	};

	test.each<[string, GetOAuthClientsArgs, string[]]>([
		["all, by name", {}, ["Agent desktop", "CRM sync", "a.b"]],
		["those of a grant", { authorizedGrantType: "CODE" }, ["Agent desktop"]],
		[
			"those of several grants",
			{ authorizedGrantType: ["CODE", "CLIENT-CREDENTIALS"] },
			["Agent desktop", "CRM sync", "a.b"],
		],
		["those of a state", { state: "inactive" }, ["a.b"]],
		["those of several states", { state: ["inactive", "active"] }, ["Agent desktop", "CRM sync", "a.b"]],
		["those of no state", { state: [] }, []],
		["those whose name begins so", { namePattern: "A*" }, ["Agent desktop"]],
		["those whose name holds it", { namePattern: "*n*" }, ["Agent desktop", "CRM sync"]],
		["those whose name is so long", { namePattern: "???" }, ["a.b"]],
		["those of a name in which only * and ? stand for anything", { namePattern: "a.b" }, ["a.b"]],
		["none when the whole name doesn't match", { namePattern: "CRM" }, []],
		["none when upper and lower case differ", { namePattern: "crm*" }, []],
		["none for a name that only looks like a pattern of another kind", { namePattern: "[a].b|.*" }, []],
		["those older than a year", { olderThanDays: 365 }, ["CRM sync"]],
		["those a day old but for a millisecond", { olderThanDays: 1 }, ["CRM sync", "a.b"]],
		["those of any age", { olderThanDays: 0 }, ["Agent desktop", "CRM sync", "a.b"]],
		["those of a maker's id", { createdBy: "u2" }, ["Agent desktop"]],
		["those that meet all filters", { createdBy: "u1", state: "active", namePattern: "*" }, ["CRM sync"]],
	])("finds %s", async (_what, args, expected) => {
		expect(await names(args)).toEqual(expected);
	});

	describe("by the name of who created them", () => {
		const named = { assumptions: { referencesHaveNames: true } };
		const unnamed = { assumptions: { referencesHaveNames: false } };

		test("finds those of everybody with that name", async () => {
			expect(await names({ createdBy: "Ada" }, named)).toEqual(["CRM sync", "a.b"]);
			expect(await names({ createdBy: "Nobody" }, named)).toEqual([]);
		});

		test("finds those that an OAuth client of that name created, also if the API doesn't name it", async () => {
			const made = { ...webApp, createdBy: { id: id(1) } };
			expect(await names({ createdBy: "CRM sync" }, { ...unnamed, clients: [service, made] })).toEqual([
				"Agent desktop",
			]);
		});

		test("finds all of an author whom the API names only once", async () => {
			const clients = [service, { ...webApp, createdBy: { id: "u1" } }];
			expect(await names({ createdBy: "Ada" }, { ...named, clients })).toEqual(["Agent desktop", "CRM sync"]);
		});

		test("is an error with the ids where the API doesn't name everybody, and nobody whom it does has that name", async () => {
			const { message } = await failureOf(names({ createdBy: "Ada" }, unnamed));
			expect(message).toBe(
				"looking up OAuth clients: no author is named \"Ada\", but the API doesn't return the names of u1, u2: set createdBy to the author's id",
			);
		});

		test("finds by id in any case, and nothing for the id of somebody who created none", async () => {
			expect(await names({ createdBy: "u1" }, unnamed)).toEqual(["CRM sync", "a.b"]);
			expect(await names({ createdBy: absentId }, unnamed)).toEqual([]);
		});
	});

	test("orders clients of one name by id", async () => {
		const same = [id(5), id(1), id(3)].map((clientId): ClientSeed => ({ id: clientId, name: "CRM sync" }));
		const { api, clock } = await startSimulatedApi({ seed: { clients: same } });
		const { clients } = await listClients(() => api, { namePattern: "CRM sync" }, clock);
		expect(clients.map((client) => client.id)).toEqual([id(1), id(3), id(5)]);
	});

	test("leaves deleted clients out", async () => {
		const { api, clock, fault } = await startSimulatedApi();
		const client = { name: "a", authorizedGrantType: "CODE" };
		const entities = [
			{ ...client, id: id(1), state: "deleted" },
			{ ...client, id: id(2), state: "inactive" },
		];
		fault("GET", paths.clients, { kind: "status", status: 200, body: { entities } });
		const { clients } = await listClients(() => api, {}, clock);
		expect(clients.map((found) => found.id)).toEqual([id(2)]);
	});

	test.each([{}, { name: null, authorizedGrantType: null }])(
		"a client without name and grant (%j) hides no other one",
		async (nameless) => {
			const { api, clock, fault } = await startSimulatedApi();
			const entities = [
				{ id: id(1), createdBy: { id: "", name: "" }, ...nameless },
				{ id: id(2), name: "undefined", authorizedGrantType: "CODE" },
			];
			fault("GET", paths.clients, { kind: "status", status: 200, body: { entities }, times: 2 });
			expect((await listClients(() => api, {}, clock)).clients.map(({ name }) => name)).toEqual(["", "undefined"]);
			expect((await findClient(() => api, { name: "undefined" })).id).toBe(id(2));
		},
	);

	test("a client whose state isn't told is active", async () => {
		const { api, clock, fault } = await startSimulatedApi();
		const entities = [{ id: id(1), name: "a", authorizedGrantType: "CODE" }];
		fault("GET", paths.clients, { kind: "status", status: 200, body: { entities }, times: 2 });
		expect((await listClients(() => api, { state: "active" }, clock)).clients).toHaveLength(1);
		expect((await listClients(() => api, { state: "inactive" }, clock)).clients).toEqual([]);
	});

	test("a client whose age isn't told isn't old", async () => {
		const { api, clock, fault } = await startSimulatedApi();
		const entities = [{ id: id(1), name: "a", authorizedGrantType: "CODE" }];
		fault("GET", paths.clients, { kind: "status", status: 200, body: { entities }, times: 2 });
		expect((await listClients(() => api, {}, clock)).clients).toHaveLength(1);
		expect((await listClients(() => api, { olderThanDays: 0 }, clock)).clients).toEqual([]);
	});

	test.each([-1, Number.NaN])("an age of %d days is refused before anything is sent", async (olderThanDays) => {
		const { api, clock, calls } = await startSimulatedApi();
		const error = await failureOf<LookupError>(listClients(() => api, { olderThanDays }, clock));
		expect(error.message).toBe(
			`looking up OAuth clients: olderThanDays is ${olderThanDays}: use a number of at least 0`,
		);
		expect(calls()).toEqual([]);
	});

	test("says what was tried when the API refuses", async () => {
		const { api, clock, simulator } = await startSimulatedApi();
		simulator.organization.setPermissions(simulator.administrator.clientId, []);
		const error = await failureOf<LookupError>(listClients(() => api, {}, clock));
		expect(error.message).toMatch(/^looking up OAuth clients: get_oauth_clients failed: 403 missing\.any\.permissions/);
		expect(error.cause).toMatchObject({ name: "PermissionError" });
	});
});

describe("a lookup that fails for another reason than an absent thing", () => {
	test.each<[string, (api: OAuthApi) => Promise<unknown>, string]>([
		["getOAuthClient", async (api) => findClient(() => api, { id: id(1) }), "looking up OAuth client"],
		["getOAuthScope", async (api) => findScope(() => api, { id: "users" }), "looking up OAuth scope"],
		[
			"getOAuthAuthorization",
			async (api) => findAuthorization(() => api, { clientId: id(1) }),
			"looking up the authorization",
		],
	])("is told as what it is: %s", async (_, find, action) => {
		const { api, fault } = await startSimulatedApi();
		fault("GET", "*", { kind: "status", status: 403 });
		const error = await failureOf<LookupError>(find(api));
		expect(isLookupError(error)).toBe(true);
		expect(error.message.startsWith(action)).toBe(true);
		expect(error.cause).toMatchObject({ status: 403 });
		expect(error.message).not.toMatch(/no OAuth client has|no scope has|never requested/);
	});

	test("keeps an error that isn't this package's as it is", async () => {
		const fault = new TypeError("no API");
		const connect = () => {
			throw fault;
		};
		expect(await failureOf(findScope(connect, { id: "users" }))).toBe(fault);
	});
});

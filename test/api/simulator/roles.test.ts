import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ROLE_IDS, startSimulator } from "../../../simulator/index";
import type { Seed, Simulator } from "../../../simulator/index";
import { administratorToken, call, callAsAdministrator } from "./api-caller";

const path = "/api/v2/authorization/roles";

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
});
afterEach(async () => {
	await simulator.close();
});

async function get(query: string, on = simulator) {
	return callAsAdministrator(on, "GET", `${path}${query}`);
}

const namesIn = (body: { entities: { name: string }[] }) => body.entities.map(({ name }) => name);

/** The names that a query finds in an organization of its own. */
async function namesFound(seed: Seed, query: string): Promise<string[]> {
	const other = await startSimulator({ seed });
	const { body } = await get(query, other);
	await other.close();
	return namesIn(body);
}

test("a role is told with what it allows, and with how many users have it", async () => {
	const { id } = simulator.organization.addRole({
		name: "OAuth reader",
		description: "Reads clients",
		permissions: ["oauth:client:view", "oauth:client:authorize", "group_creation"],
		userCount: 3,
	});
	const told = {
		id,
		name: "OAuth reader",
		description: "Reads clients",
		permissions: ["group_creation"],
		permissionPolicies: [
			{ domain: "oauth", entityName: "client", actionSet: ["view", "authorize"], allowConditions: false },
		],
		userCount: 3,
		roleNeedsUpdate: false,
		default: false,
		base: false,
		selfUri: `${path}/${id}`,
	};
	expect((await get(`/${id}`)).body).toEqual(told);
	expect((await get(`?id=${id}`)).body.entities).toEqual([told]);
	expect((await get(`/${id}?expand=unusedPermissions`)).body.unusedPermissions).toEqual([]);
});

test("a built-in role has the vendor's own id, and everything is everything in each domain", async () => {
	const { body } = await get(`/${ROLE_IDS.masterAdmin}?userCount=false`);
	expect(body).toMatchObject({ name: "Master Admin", defaultRoleId: "admin", default: true, permissions: [] });
	expect(body.permissionPolicies).toContainEqual({
		domain: "oauth",
		entityName: "*",
		actionSet: ["*"],
		allowConditions: false,
	});
});

test.each([
	["absent", "", 5],
	["absent", "?userCount=true", 5],
	["absent", "?userCount=false", undefined],
	["zero", "?userCount=false", 0],
] as const)("with uncountedUsers %s and %j the count is %s", async (uncountedUsers, query, count) => {
	const seed: Seed = { roles: [{ id: "r", name: "a", userCount: 5 }], authorizationLists: { uncountedUsers } };
	const other = await startSimulator({ seed });
	expect((await get(query, other)).body.entities[0].userCount).toBe(count);
	expect((await get(`/r${query}`, other)).body.userCount).toBe(count);
	await other.close();
});

test("a role that isn't there is not found", async () => {
	expect((await get("/none")).body).toMatchObject({ status: 404, code: "not.found" });
});

describe("the list", () => {
	test("has 25 on a page, and leads from page to page", async () => {
		for (let index = 0; index < 26; index += 1) simulator.organization.addRole({ name: `role ${index}` });
		const first = (await get("?userCount=false")).body;
		expect(first).toMatchObject({ total: 30, pageSize: 25, pageNumber: 1, pageCount: 2 });
		expect(first.previousUri).toBeUndefined();
		const second = (await callAsAdministrator(simulator, "GET", first.nextUri)).body;
		expect(second).toMatchObject({ total: 30, pageNumber: 2, pageCount: 2 });
		expect(second.entities).toHaveLength(5);
		expect(second.nextUri).toBeUndefined();
		expect(second.entities[0]).not.toHaveProperty("userCount");
		expect(new Set([...first.entities, ...second.entities].map(({ id }) => id)).size).toBe(30);
		for (const uri of [first.firstUri, second.previousUri])
			expect((await callAsAdministrator(simulator, "GET", uri)).body).toEqual(first);
	});

	test("has no nextUri when the seed says so: pageCount tells", async () => {
		const other = await startSimulator({ seed: { authorizationLists: { nextUri: false } } });
		const { body } = await get("?pageSize=3", other);
		expect(body).toMatchObject({ pageNumber: 1, pageCount: 2 });
		expect(body).not.toHaveProperty("nextUri");
		await other.close();
	});

	test.each<[Seed["authorizationLists"], string, string[]]>([
		[{}, "?name=ADMIN", ["Sales Admin", "Admin", "admin"]],
		[{ nameFilter: "startsWith" }, "?name=ADMIN", ["Admin", "admin"]],
		[{ nameFilter: "equals" }, "?name=Admi", []],
		[{ nameFilter: "equals", nameFilterIsCaseSensitive: true }, "?name=admin", ["admin"]],
		[{ nameFilterIsCaseSensitive: true }, "?name=Admin", ["Sales Admin", "Admin"]],
		[{}, "?name=", ["Sales Admin", "Admin", "admin", "Sales"]],
		[{}, "?name=nobody", []],
	])("with %j %s finds %j", async (authorizationLists = {}, query, expected) => {
		const roles = ["Sales Admin", "Admin", "admin", "Sales"].map((name) => ({ name }));
		expect(await namesFound({ roles, authorizationLists }, query)).toEqual(expected);
	});

	test.each<[Seed["authorizationLists"], string, string[]]>([
		[{}, "?permission=oauth:client:view", ["viewer", "both", "all"]],
		[{}, "?permission=oauth:client:view&permission=oauth:client:add", ["viewer", "adder", "both", "all"]],
		[{ permissionFilter: "all" }, "?permission=oauth:client:view,oauth:client:add", ["both", "all"]],
	])("with %j %s finds %j", async (authorizationLists = {}, query, expected) => {
		const [view, add] = ["oauth:client:view", "oauth:client:add"] as const;
		const roles: Seed["roles"] = [
			{ name: "viewer", permissions: [view] },
			{ name: "adder", permissions: [add] },
			{ name: "both", permissions: [view, add] },
			{ name: "all", permissions: "all" },
			{ name: "none" },
		];
		expect(await namesFound({ roles, authorizationLists }, query)).toEqual(expected);
	});

	test("finds by ids and by the vendor's own ids, given again and again or with commas", async () => {
		const { employee, masterAdmin } = ROLE_IDS;
		expect(namesIn((await get(`?id=${employee}&id=${masterAdmin}`)).body)).toEqual(["employee", "Master Admin"]);
		expect(namesIn((await get(`?id=${employee},${masterAdmin}`)).body)).toEqual(["employee", "Master Admin"]);
		expect(namesIn((await get("?defaultRoleId=admin")).body)).toEqual(["Master Admin"]);
	});

	test("refuses more than 100 ids", async () => {
		const ids = Array.from({ length: 101 }, (_, index) => `id=${index}`);
		expect((await get(`?${ids.slice(1).join("&")}`)).status).toBe(200);
		expect((await get(`?${ids.join("&")}`)).body).toMatchObject({
			status: 400,
			code: "max.role.ids",
			message: "Only 100 roles can be requested at a time.",
		});
	});

	test.each(["pageSize=0", "pageSize=many", "pageNumber=0", "userCount=perhaps"])("refuses %s", async (parameter) => {
		const { body } = await get(`?${parameter}`);
		const [name, value] = parameter.split("=");
		expect(body).toMatchObject({
			status: 400,
			code: "invalid.query.param.value",
			messageParams: { parameter: name, value },
		});
	});

	test("refuses a page larger than the seed allows", async () => {
		const other = await startSimulator({ seed: { authorizationLists: { maxPageSize: 100 } } });
		expect((await get("?pageSize=100", other)).status).toBe(200);
		expect((await get("?pageSize=101", other)).body.code).toBe("invalid.query.param.value");
		await other.close();
	});
});

describe("without authorization:role:view", () => {
	test.each(["", `/${ROLE_IDS.employee}`, "/none"])("GET %s is refused, and the refusal names it", async (query) => {
		const { client } = simulator.organization.addClient({ name: "c", permissions: ["oauth:client:view"] });
		const { body } = await call(simulator, "GET", `${path}${query}`, {
			token: simulator.organization.issueToken(client.id),
		});
		expect(body).toMatchObject({
			status: 403,
			code: "missing.any.permissions",
			message: expect.stringContaining("authorization:role:view"),
		});
	});
});

test("when scopes are enforced, reading roles takes authorization or authorization:readonly", async () => {
	simulator.organization.changeSettings({ scopeEnforcement: true });
	const as = async (scope: string) => {
		const { client } = simulator.organization.addClient({ name: scope, permissions: "all", tokenScopes: [scope] });
		return (await call(simulator, "GET", path, { token: simulator.organization.issueToken(client.id) })).status;
	};
	expect(await Promise.all(["authorization", "authorization:readonly", "oauth"].map(as))).toEqual([200, 200, 403]);
});

describe("what Terraform's genesyscloud_auth_role asks, as the vendor's SDK for Go puts it", () => {
	test("the data source: one page by name, of which it takes the first of exactly this name", async () => {
		simulator.organization.addRole({ name: "employee (external)" });
		const token = await administratorToken(simulator);
		const { status, body } = await call(
			simulator,
			"GET",
			`${path}?userCount=false&pageNumber=1&name=employee&pageSize=100`,
			{ token, headers: { accept: "application/json" } },
		);
		expect(status).toBe(200);
		// It follows both pointers without a look.
		for (const role of body.entities) expect(role).toMatchObject({ id: expect.any(String), name: expect.any(String) });
		expect(body.entities.find(({ name }: { name: string }) => name === "employee").id).toBe(ROLE_IDS.employee);
		expect(body).toMatchObject({ pageCount: 1 });
	});

	test("a name that nobody has: an empty list, which it asks for again", async () => {
		const { status, body } = await get("?userCount=false&pageNumber=1&name=nobody&pageSize=100");
		expect([status, body.entities]).toEqual([200, []]);
	});

	test("the export: every page, by their count", async () => {
		for (let index = 0; index < 100; index += 1) simulator.organization.addRole({ name: `role ${index}` });
		const first = (await get("?pageNumber=1&pageSize=100&userCount=false")).body;
		expect([first.entities.length, first.pageCount]).toEqual([100, 2]);
		expect((await get("?pageNumber=2&pageSize=100&userCount=false")).body.entities).toHaveLength(4);
	});

	test("a built-in role: one by its defaultRoleId", async () => {
		const { body } = await get("?pageNumber=1&pageSize=1&defaultRoleId=employee&userCount=false");
		expect(body.entities).toMatchObject([{ id: ROLE_IDS.employee }]);
	});

	test("a role by its id", async () => {
		expect((await get(`/${ROLE_IDS.employee}?userCount=false`)).body).toMatchObject({
			name: "employee",
			defaultRoleId: "employee",
			permissions: [],
			permissionPolicies: [],
		});
	});
});

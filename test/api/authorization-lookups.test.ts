import { describe, expect, test } from "vitest";
import type { AuthorizationApi } from "../../provider/api";
import {
	findDivision,
	type GetAuthorizationDivisionArgs,
	listDivisions,
} from "../../provider/lookups/find/authorization-divisions";
import { findRole, type GetAuthorizationRoleArgs, listRoles } from "../../provider/lookups/find/authorization-roles";
import { isLookupError, type LookupError } from "../../provider/lookups/find/lookup-error";
import { DIVISION_IDS, type DivisionSeed, ROLE_IDS, type RoleSeed, type Seed } from "../../simulator";
import { paths } from "./support/client-requests";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const roles = (...names: string[]): RoleSeed[] => names.map((name, index) => ({ id: `r${index}`, name }));
const divisions = (...names: string[]): DivisionSeed[] =>
	names.map((name, index) => ({ id: `d${index}`, name, home: index === 0 }));

const listRolesCall = `GET ${paths.roles} 200`;
const listDivisionsCall = `GET ${paths.divisions} 200`;

describe("getAuthorizationRole", () => {
	test("finds a role by its exact name, with one call", async () => {
		const { api, calls } = await startSimulatedApi();
		expect(await findRole(() => api, { name: "Communicate - User" })).toEqual({
			id: ROLE_IDS.communicateUser,
			name: "Communicate - User",
			description: "",
			defaultRoleId: "communicateUser",
			selfUri: `${paths.roles}/${ROLE_IDS.communicateUser}`,
		});
		expect(calls()).toEqual([listRolesCall]);
	});

	test("finds a built-in role by its defaultRoleId, whatever it is called, with one call", async () => {
		const { api, calls } = await startSimulatedApi({
			seed: { roles: [{ name: "admin" }, { id: "r1", name: "Verwaltung", defaultRoleId: "admin" }] },
		});
		expect(await findRole(() => api, { defaultRoleId: "admin" })).toMatchObject({ id: "r1", name: "Verwaltung" });
		expect(calls()).toEqual([listRolesCall]);
	});

	test.each<[string, Seed["authorizationLists"]]>([
		["contains", { nameFilter: "contains" }],
		["contains, telling cases apart", { nameFilter: "contains", nameFilterIsCaseSensitive: true }],
		["startsWith", { nameFilter: "startsWith" }],
		["equals", { nameFilter: "equals" }],
	])("compares exactly, whatever the API's filter does: %s", async (_, authorizationLists = {}) => {
		const seed = { roles: roles("admin (sales)", "Sales Admin", "ADMIN", "Admin", "admin"), authorizationLists };
		const { api } = await startSimulatedApi({ seed });
		expect((await findRole(() => api, { name: "Admin" })).id).toBe("r3");
		expect((await findRole(() => api, { name: "admin" })).id).toBe("r4");
	});

	test("takes one call in an organization of many roles: the API's filter narrows them", async () => {
		const names = Array.from({ length: 250 }, (_, index) => `Role ${index}`);
		const seed = { roles: [...roles(...names, "Admin"), { id: "built-in", name: "Staff", defaultRoleId: "staff" }] };
		const { api, calls } = await startSimulatedApi({ seed });
		expect((await findRole(() => api, { name: "Admin" })).id).toBe("r250");
		expect((await findRole(() => api, { defaultRoleId: "staff" })).id).toBe("built-in");
		expect(calls()).toEqual([listRolesCall, listRolesCall]);
	});

	test("finds it on a later page of what the filter lets through", async () => {
		const names = Array.from({ length: 120 }, (_, index) => `Admin ${index}`);
		const { api, calls } = await startSimulatedApi({ seed: { roles: roles(...names, "Admin") } });
		expect((await findRole(() => api, { name: "Admin" })).id).toBe("r120");
		expect(calls()).toHaveLength(2);
	});

	test("finds it among all roles when the API's filter misses it", async () => {
		const { api, calls, fault } = await startSimulatedApi();
		fault("GET", paths.roles, { kind: "status", status: 200, body: { entities: [{ id: "x", name: "Employees" }] } });
		expect((await findRole(() => api, { name: "employee" })).id).toBe(ROLE_IDS.employee);
		expect(calls()).toHaveLength(2);
	});

	test.each<[GetAuthorizationRoleArgs, string]>([
		[
			{ name: "Comunicate - User" },
			'looking up role "Comunicate - User": none of the 4 roles has exactly this name; did you mean "Communicate - User"?',
		],
		[
			{ name: "EMPLOYEE" },
			'looking up role "EMPLOYEE": none of the 4 roles has exactly this name; did you mean "employee"?',
		],
		[
			{ defaultRoleId: "employe" },
			'looking up the role with defaultRoleId "employe": none of the 4 roles has exactly this defaultRoleId; did you mean "employee"?',
		],
		[{ name: "Dialer of old" }, 'looking up role "Dialer of old": none of the 4 roles has exactly this name'],
		[{ name: "" }, 'looking up role "": none of the 4 roles has exactly this name'],
	])("says that there is none, and names the nearest: %j", async (args, message) => {
		const { api, calls } = await startSimulatedApi();
		const error = await failureOf<LookupError>(findRole(() => api, args));
		expect(isLookupError(error)).toBe(true);
		expect(error.message).toBe(message);
		expect(error.candidates).toEqual([]);
		expect(calls()).toEqual([listRolesCall, listRolesCall]);
	});

	test("a role without a defaultRoleId is near none", async () => {
		const { api } = await startSimulatedApi({ seed: { roles: [{ name: "a" }] } });
		expect((await failureOf(findRole(() => api, { defaultRoleId: "a" }))).message).toMatch(
			/none of the 1 roles has exactly this defaultRoleId$/,
		);
	});

	test.each<[GetAuthorizationRoleArgs, string]>([
		[{ name: "Twin" }, "2 roles have this name: r1, r2. Use the id instead"],
		[{ defaultRoleId: "twin" }, "2 roles have this defaultRoleId: r1, r2. Use the id instead"],
	])("two of them are an error that lists both ids: %j", async (args, message) => {
		const twin = { name: "Twin", defaultRoleId: "twin" };
		const { api } = await startSimulatedApi({
			seed: { roles: [{ id: "r2", ...twin }, { name: "Twin (old)" }, { id: "r1", ...twin }] },
		});
		const error = await failureOf<LookupError>(findRole(() => api, args));
		expect(error.message).toContain(message);
		expect(error.candidates).toEqual(["r1", "r2"]);
	});

	test("two on different pages are two", async () => {
		const names = Array.from({ length: 120 }, (_, index) => `Twin ${index}`);
		const { api } = await startSimulatedApi({ seed: { roles: roles("Twin", ...names, "Twin") } });
		expect((await failureOf<LookupError>(findRole(() => api, { name: "Twin" }))).candidates).toEqual(["r0", "r121"]);
	});

	test.each([{}, { name: "a", defaultRoleId: "b" }])(
		"%j isn't one way to look for a role: nothing is sent",
		async (args) => {
			const { api, calls } = await startSimulatedApi();
			const error = await failureOf(findRole(() => api, args as GetAuthorizationRoleArgs));
			expect(error.message).toBe("looking up a role: set either name or defaultRoleId");
			expect(calls()).toEqual([]);
		},
	);

	test("takes no field over that nobody knows, and none that is null", async () => {
		const { api, fault } = await startSimulatedApi();
		const body = { entities: [{ id: "r", name: "a", description: null, defaultRoleId: null, otherSecret: "s3cret" }] };
		fault("GET", paths.roles, { kind: "status", status: 200, body, times: 2 });
		expect(await findRole(() => api, { name: "a" })).toEqual({ id: "r", name: "a", description: "" });
		expect((await listRoles(() => api, {})).roles).toEqual([{ id: "r", name: "a", description: "" }]);
	});
});

describe("getAuthorizationRoles", () => {
	test.each([
		[{}, ["Admin", "Sales", "Sales", "admin"]],
		[{ namePattern: "Sal??" }, ["Sales", "Sales"]],
		[{ namePattern: "*dmin" }, ["Admin", "admin"]],
		[{ namePattern: "sales" }, []],
	])("lists those that %j means, by name", async (args, expected) => {
		const { api, calls } = await startSimulatedApi({ seed: { roles: roles("Sales", "admin", "Sales", "Admin") } });
		const found = await listRoles(() => api, args);
		expect(found.roles.map(({ name }) => name)).toEqual(expected);
		expect(calls()).toEqual([listRolesCall]);
	});

	test("orders roles of one name by id", async () => {
		const seed = { roles: ["r3", "r1", "r2"].map((id) => ({ id, name: "Twin" })) };
		const { api } = await startSimulatedApi({ seed });
		expect((await listRoles(() => api, {})).roles.map(({ id }) => id)).toEqual(["r1", "r2", "r3"]);
	});
});

describe("a caller without authorization:role:view", () => {
	test.each<[string, (api: AuthorizationApi) => Promise<unknown>, string]>([
		["getAuthorizationRole", async (api) => findRole(() => api, { name: "employee" }), 'looking up role "employee": '],
		["getAuthorizationRoles", async (api) => listRoles(() => api, {}), "looking up roles: "],
	])("is told which permission it lacks: %s", async (_, look, action) => {
		const { api, simulator } = await startSimulatedApi();
		simulator.organization.setPermissions(simulator.administrator.clientId, ["oauth:client:view"]);
		const error = await failureOf<LookupError>(look(api));
		expect(error.message).toContain(`${action}get_authorization_roles failed: 403 missing.any.permissions`);
		expect(error.message).toMatch(/a role that has authorization:role:view, then run again$/);
		expect(error.message).not.toContain("\n");
		expect(error.cause).toMatchObject({ name: "PermissionError" });
	});

	test("finds divisions all the same", async () => {
		const { api, simulator } = await startSimulatedApi();
		simulator.organization.setPermissions(simulator.administrator.clientId, []);
		expect((await findDivision(() => api, { name: "Support" })).id).toBe(DIVISION_IDS.support);
		expect((await findDivision(() => api, { homeDivision: true })).id).toBe(DIVISION_IDS.home);
		expect((await listDivisions(() => api, {})).divisions).toHaveLength(2);
	});
});

describe("getAuthorizationDivision", () => {
	test("finds a division by its exact name, with one call", async () => {
		const { api, calls } = await startSimulatedApi();
		expect(await findDivision(() => api, { name: "Support" })).toEqual({
			id: DIVISION_IDS.support,
			name: "Support",
			description: "",
			homeDivision: false,
			selfUri: `${paths.divisions}/${DIVISION_IDS.support}`,
		});
		expect(calls()).toEqual([listDivisionsCall]);
	});

	test("takes one call in an organization of many divisions: the API's filter narrows them", async () => {
		const names = Array.from({ length: 250 }, (_, index) => `Division ${index}`);
		const { api, calls } = await startSimulatedApi({ seed: { divisions: divisions(...names, "Sales") } });
		expect((await findDivision(() => api, { name: "Sales" })).id).toBe("d250");
		expect(calls()).toEqual([listDivisionsCall]);
	});

	test("finds the home division, with one call", async () => {
		const { api, calls } = await startSimulatedApi({ seed: { divisions: divisions("Zentrale", "Home") } });
		expect(await findDivision(() => api, { homeDivision: true })).toMatchObject({
			id: "d0",
			name: "Zentrale",
			homeDivision: true,
		});
		expect(calls()).toEqual([`GET ${paths.home} 200`]);
	});

	test.each(["contains", "startsWith", "equals"] as const)(
		"compares exactly, whatever the API's filter does: %s",
		async (nameFilter) => {
			const seed = { divisions: divisions("Sales EMEA", "SALES", "Sales"), authorizationLists: { nameFilter } };
			const { api } = await startSimulatedApi({ seed });
			expect((await findDivision(() => api, { name: "Sales" })).id).toBe("d2");
		},
	);

	test("says that there is none, and names the nearest", async () => {
		const { api, calls } = await startSimulatedApi();
		const error = await failureOf<LookupError>(findDivision(() => api, { name: "support" }));
		expect(error.message).toBe(
			'looking up division "support": none of the 2 divisions has exactly this name; did you mean "Support"?',
		);
		expect(calls()).toEqual([listDivisionsCall, listDivisionsCall]);
	});

	test("two of one name are an error that lists both ids", async () => {
		const { api } = await startSimulatedApi({ seed: { divisions: divisions("Home", "Twin", "Twin") } });
		const error = await failureOf<LookupError>(findDivision(() => api, { name: "Twin" }));
		expect(error.message).toContain("2 divisions have this name: d1, d2. Use the id instead");
		expect(error.candidates).toEqual(["d1", "d2"]);
	});

	test.each([{}, { name: "a", homeDivision: true }, { homeDivision: false }])(
		"%j isn't one way to look for a division: nothing is sent",
		async (args) => {
			const { api, calls } = await startSimulatedApi();
			const error = await failureOf(findDivision(() => api, args as GetAuthorizationDivisionArgs));
			expect(error.message).toBe("looking up a division: set either name or homeDivision: true");
			expect(calls()).toEqual([]);
		},
	);

	test("says what was tried when the API fails", async () => {
		const { api, fault } = await startSimulatedApi();
		fault("GET", paths.home, { kind: "status", status: 403 });
		const error = await failureOf<LookupError>(findDivision(() => api, { homeDivision: true }));
		expect(error.message).toMatch(/^looking up the home division: get_authorization_divisions_home failed: 403/);
		expect(error.message).toMatch(/a role that has the missing permission, then run again$/);
	});
});

test("getAuthorizationDivisions lists those that a pattern means, by name", async () => {
	const { api, calls } = await startSimulatedApi({ seed: { divisions: divisions("Support", "Sales EMEA", "Sales") } });
	const names = async (args: { namePattern?: string }) =>
		(await listDivisions(() => api, args)).divisions.map(({ name }) => name);
	expect(await names({})).toEqual(["Sales", "Sales EMEA", "Support"]);
	expect(await names({ namePattern: "Sales*" })).toEqual(["Sales", "Sales EMEA"]);
	expect(calls()).toEqual([listDivisionsCall, listDivisionsCall]);
});

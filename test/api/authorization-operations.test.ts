import { describe, expect, test } from "vitest";
import type { GenesysCloudApi } from "../../provider/api";
import type { ApiError } from "../../provider/api/errors";
import { DIVISION_IDS, ROLE_IDS, type Seed } from "../../simulator";
import { absentId, paths } from "./support/client-requests";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const many: Seed = {
	roles: Array.from({ length: 250 }, (_, index) => ({ name: `Role ${index}` })),
	divisions: Array.from({ length: 250 }, (_, index) => ({ name: `Division ${index}`, home: index === 0 })),
};

describe.each([
	["get_authorization_roles", async (api: GenesysCloudApi) => api.getAuthorizationRoles()],
	["get_authorization_divisions", async (api: GenesysCloudApi) => api.getAuthorizationDivisions()],
] as const)("%s", (_, list) => {
	test.each([true, false])("follows pages of 100, with a nextUri (%s) or by their count", async (nextUri) => {
		const { api, calls } = await startSimulatedApi({ seed: { ...many, authorizationLists: { nextUri } } });
		const { entities, total } = await list(api);
		expect(new Set(entities.map(({ id }) => id)).size).toBe(250);
		expect([entities.length, total]).toEqual([250, 250]);
		expect(calls()).toHaveLength(3);
	});

	test("takes one call where there is one page", async () => {
		const { api, calls } = await startSimulatedApi();
		await list(api);
		expect(calls()).toHaveLength(1);
	});
});

test.each([true, false])("a filter goes along from page to page, with a nextUri (%s)", async (nextUri) => {
	const other = { name: "another", defaultRoleId: "employee" };
	const seed = { ...many, roles: [...(many.roles ?? []), other], authorizationLists: { nextUri } };
	const { api } = await startSimulatedApi({ seed });
	expect((await api.getAuthorizationRoles({ name: "role" })).total).toBe(250);
	expect((await api.getAuthorizationRoles({ defaultRoleId: "employee" })).entities).toMatchObject([other]);
	expect((await api.getAuthorizationDivisions({ name: "division 24" })).total).toBe(11);
});

test("how many users have a role isn't asked, on any page", async () => {
	const { api } = await startSimulatedApi({ seed: many });
	const { entities } = await api.getAuthorizationRoles();
	for (const role of [...entities, await api.getAuthorizationRole(entities[0]?.id ?? "")])
		expect(role).not.toHaveProperty("userCount");
});

test.each([
	["a page that comes again", { entities: [{ id: "1" }], pageNumber: 1, pageCount: 5 }, 2],
	["a page whose number isn't told", { entities: [{ id: "1" }], pageCount: 5 }, 1],
	[
		"a page that leads to itself",
		{ entities: [{ id: "1" }], nextUri: `${paths.roles}?pageSize=100&userCount=false` },
		1,
	],
])("%s ends the list", async (_, body, expected) => {
	const { api, fault, calls } = await startSimulatedApi();
	fault("GET", paths.roles, { kind: "status", status: 200, body, times: "always" });
	expect((await api.getAuthorizationRoles()).entities).toEqual([{ id: "1" }]);
	expect(calls()).toHaveLength(expected);
});

test("get_authorization_role reads one", async () => {
	const { api, calls } = await startSimulatedApi();
	expect(await api.getAuthorizationRole(ROLE_IDS.employee)).toMatchObject({
		name: "employee",
		defaultRoleId: "employee",
	});
	expect(calls()).toHaveLength(1);
});

test("get_authorization_divisions_home finds the home division", async () => {
	const { api } = await startSimulatedApi();
	expect(await api.getAuthorizationDivisionsHome()).toMatchObject({ id: DIVISION_IDS.home, homeDivision: true });
});

describe("a failure", () => {
	test.each([
		["get_authorization_roles", async (api: GenesysCloudApi) => api.getAuthorizationRoles()],
		["get_authorization_role", async (api: GenesysCloudApi) => api.getAuthorizationRole(absentId)],
	])("for want of a permission says which: %s", async (operation, call) => {
		const { api, simulator } = await startSimulatedApi();
		simulator.organization.dropPermissions(simulator.administrator.clientId, "authorization:role:view");
		const error = await failureOf<ApiError>(call(api));
		expect(error.name).toBe("PermissionError");
		expect(error.message).toMatch(
			new RegExp(
				`^${operation} failed: 403 missing.any.permissions: .*with a role that has authorization:role:view, then run again$`,
			),
		);
	});

	test("of a role that isn't there is a NotFoundError", async () => {
		const { api } = await startSimulatedApi();
		expect(await failureOf(api.getAuthorizationRole(absentId))).toMatchObject({
			name: "NotFoundError",
			code: "not.found",
		});
	});

	test.each([
		["roles", paths.roles, async (api: GenesysCloudApi) => api.getAuthorizationRoles()],
		["a role", paths.role, async (api: GenesysCloudApi) => api.getAuthorizationRole(ROLE_IDS.employee)],
		["divisions", paths.divisions, async (api: GenesysCloudApi) => api.getAuthorizationDivisions()],
		["the home division", paths.home, async (api: GenesysCloudApi) => api.getAuthorizationDivisionsHome()],
	])("is told for an answer of which nothing can be made: %s", async (_, path, call) => {
		const { api, fault } = await startSimulatedApi();
		fault("GET", path, { kind: "status", status: 200, body: { id: "", entities: "none" } });
		expect(await failureOf(call(api))).toMatchObject({ name: "ConnectionError", code: "UNREADABLE" });
	});
});

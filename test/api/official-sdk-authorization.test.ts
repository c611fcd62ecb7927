import { expect, test } from "vitest";
import type { GenesysCloudApi } from "../../provider/api";
import { ROLE_IDS, type Seed } from "../../simulator";
import { connectOfficialSdk, type ErrorBody, type OfficialSdk } from "./support/official-sdk";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

/** 130 of each: more than one page, however many the SDK asks for. */
const seed: Seed = {
	roles: Array.from({ length: 130 }, (_, index) => ({
		id: `r${index}`,
		name: `Role ${index}`,
		description: "Does what it says",
		permissions: ["oauth:client:view"],
		userCount: index,
		...(index === 7 ? { defaultRoleId: "employee" } : {}),
	})),
	divisions: Array.from({ length: 130 }, (_, index) => ({
		id: `d${index}`,
		name: `Division ${index}`,
		home: index === 3,
	})),
};

type Theirs = OfficialSdk["authorization"];

async function start(more: Seed = seed) {
	const simulated = await startSimulatedApi({ seed: more });
	const sdk = connectOfficialSdk(simulated.simulator.url);
	await sdk.logIn(simulated.simulator.administrator);
	return { ...simulated, theirs: sdk.authorization };
}

/** Every page of a list, as a user of the SDK gets it. */
async function pagesOf<Entity>(
	ask: (pageNumber: number) => Promise<{ entities?: Entity[]; pageCount?: number }>,
): Promise<Entity[]> {
	const { entities = [], pageCount = 1 } = await ask(1);
	for (let page = 2; page <= pageCount; page += 1) entities.push(...((await ask(page)).entities ?? []));
	return entities;
}

const calls: Record<
	string,
	[theirs: (api: Theirs) => Promise<unknown>, ours: (api: GenesysCloudApi) => Promise<unknown>]
> = {
	getAuthorizationRoles: [
		async (api) => pagesOf(async (pageNumber) => api.getAuthorizationRoles({ pageNumber, userCount: false })),
		async (api) => (await api.getAuthorizationRoles()).entities,
	],
	"getAuthorizationRoles by name": [
		async (api) =>
			pagesOf(async (pageNumber) => api.getAuthorizationRoles({ pageNumber, name: "role 1", userCount: false })),
		async (api) => (await api.getAuthorizationRoles({ name: "role 1" })).entities,
	],
	"getAuthorizationRoles by defaultRoleId": [
		async (api) => (await api.getAuthorizationRoles({ defaultRoleId: ["employee"], userCount: false })).entities,
		async (api) => (await api.getAuthorizationRoles({ defaultRoleId: "employee" })).entities,
	],
	getAuthorizationRole: [
		async (api) => api.getAuthorizationRole("r7", { userCount: false }),
		async (api) => api.getAuthorizationRole("r7"),
	],
	getAuthorizationDivisions: [
		async (api) => pagesOf(async (pageNumber) => api.getAuthorizationDivisions({ pageNumber })),
		async (api) => (await api.getAuthorizationDivisions()).entities,
	],
	"getAuthorizationDivisions by name": [
		async (api) => pagesOf(async (pageNumber) => api.getAuthorizationDivisions({ pageNumber, name: "sion 9" })),
		async (api) => (await api.getAuthorizationDivisions({ name: "sion 9" })).entities,
	],
	getAuthorizationDivisionsHome: [
		async (api) => api.getAuthorizationDivisionsHome(),
		async (api) => api.getAuthorizationDivisionsHome(),
	],
};

test.each(Object.entries(calls))("%s: the vendor's SDK and our API layer get the same", async (_, [theirs, ours]) => {
	const started = await start();
	const expected = await theirs(started.theirs);
	expect(await ours(started.api)).toEqual(expected);
	expect(JSON.stringify(expected).length).toBeGreaterThan(100);
});

test("the SDK goes from cursor to cursor through the divisions", async () => {
	const { theirs } = await start();
	const found: (string | undefined)[] = [];
	let after: string | undefined;
	do {
		const page = await theirs.getAuthorizationDivisionsQuery({
			pageSize: "50",
			...(after === undefined ? {} : { after }),
		});
		found.push(...(page.entities ?? []).map(({ id }) => id));
		after = new URL(page.nextUri ?? "", "https://unused").searchParams.get("after") ?? undefined;
	} while (after !== undefined);
	expect(found).toEqual(Array.from({ length: 130 }, (_, index) => `d${index}`));
});

test("the SDK is told how many users have a role unless it asks for that not to be counted", async () => {
	const { theirs } = await start();
	expect((await theirs.getAuthorizationRole("r5")).userCount).toBe(5);
	expect(
		(await theirs.getAuthorizationRoles({ id: ["r5", "r6"] })).entities?.map(({ userCount }) => userCount),
	).toEqual([5, 6]);
	expect(await theirs.getAuthorizationRole("r5", { userCount: false })).not.toHaveProperty("userCount");
	expect((await theirs.getAuthorizationRoles({ permission: ["oauth:client:view"] })).total).toBe(130);
});

const codeOf = async (call: Promise<unknown>) => (await failureOf<Error & ErrorBody>(call)).code;

test("the SDK gets the vendor's refusals", async () => {
	const { theirs } = await start();
	expect(await codeOf(theirs.getAuthorizationRole("none"))).toBe("not.found");
	const ids = Array.from({ length: 101 }, (_, index) => `r${index}`);
	expect(await codeOf(theirs.getAuthorizationRoles({ id: ids }))).toBe("max.role.ids");
	expect(await codeOf(theirs.getAuthorizationDivisionsQuery({ after: "a", before: "b" }))).toBe(
		"both.after.and.before.provided",
	);
});

test("the SDK without authorization:role:view reads divisions, and no roles", async () => {
	const { simulator } = await start({});
	const { client } = simulator.organization.addClient({ name: "c", permissions: [] });
	const sdk = connectOfficialSdk(simulator.url);
	sdk.useToken(simulator.organization.issueToken(client.id));
	expect((await sdk.authorization.getAuthorizationDivisions()).total).toBe(2);
	expect((await sdk.authorization.getAuthorizationDivisionsQuery()).entities).toHaveLength(2);
	for (const call of [
		sdk.authorization.getAuthorizationRoles(),
		sdk.authorization.getAuthorizationRole(ROLE_IDS.employee),
	])
		expect(await codeOf(call)).toBe("missing.any.permissions");
});

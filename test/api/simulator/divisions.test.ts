import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIVISION_IDS, startSimulator } from "../../../simulator/index";
import type { Seed, Simulator } from "../../../simulator/index";
import { call, callAsAdministrator } from "./api-caller";

const path = "/api/v2/authorization/divisions";
const seed: Seed = {
	divisions: ["Home", "Sales", "Sales EMEA", "Support", "Old sales"].map((name, index) => ({
		id: `d${index}`,
		name,
		home: index === 0,
	})),
};

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ seed });
});
afterEach(async () => {
	await simulator.close();
});

const get = async (query: string, on = simulator) => callAsAdministrator(on, "GET", `${path}${query}`);
const idsIn = (body: { entities: { id: string }[] }) => body.entities.map(({ id }) => id);

test("divisions are told with the home division among them, to whoever has no permission", async () => {
	const other = await startSimulator();
	const { client } = other.organization.addClient({ name: "c", permissions: [] });
	const token = other.organization.issueToken(client.id);
	const expected = [
		{
			id: DIVISION_IDS.home,
			name: "Home",
			description: "The home division",
			homeDivision: true,
			selfUri: `${path}/${DIVISION_IDS.home}`,
		},
		{
			id: DIVISION_IDS.support,
			name: "Support",
			description: "",
			homeDivision: false,
			selfUri: `${path}/${DIVISION_IDS.support}`,
		},
	];
	for (const list of [path, `${path}/query`]) {
		const { status, body } = await call(other, "GET", list, { token });
		expect([status, body.entities]).toEqual([200, expected]);
	}
	await other.close();
});

test("how many objects a division has is told to whoever asks", async () => {
	expect((await get("?objectCount=true")).body.entities[0].objectCounts).toEqual({});
	expect((await get("?objectCount=false")).body.entities[0]).not.toHaveProperty("objectCounts");
});

describe.each(["", "/query"])("GET /divisions%s", (list) => {
	test("finds by name, as the seed says", async () => {
		expect(idsIn((await get(`${list}?name=sales`)).body)).toEqual(["d1", "d2", "d4"]);
		simulator.organization.changeSettings({ authorizationLists: { nameFilter: "startsWith" } });
		expect(idsIn((await get(`${list}?name=sales`)).body)).toEqual(["d1", "d2"]);
		simulator.organization.changeSettings({ authorizationLists: { nameFilterIsCaseSensitive: true } });
		expect(idsIn((await get(`${list}?name=sales`)).body)).toEqual([]);
	});

	test("finds by ids", async () => {
		expect(idsIn((await get(`${list}?id=d1&id=d3`)).body)).toEqual(["d1", "d3"]);
	});
});

describe("the list with page numbers", () => {
	test("has pages", async () => {
		const { body } = await get("?pageSize=2&pageNumber=3");
		expect(body).toMatchObject({ total: 5, pageSize: 2, pageNumber: 3, pageCount: 3 });
		expect(idsIn(body)).toEqual(["d4"]);
		expect((await get("?pageSize=2&pageNumber=4")).body.entities).toEqual([]);
	});

	test("refuses a page larger than the seed allows", async () => {
		simulator.organization.changeSettings({ authorizationLists: { maxPageSize: 2 } });
		expect((await get("?pageSize=3")).body.code).toBe("invalid.query.param.value");
	});
});

describe("the list with cursors", () => {
	test("leads forward and back again", async () => {
		const first = (await get("/query?pageSize=2&name=s")).body;
		expect(idsIn(first)).toEqual(["d1", "d2"]);
		expect(first.previousUri).toBeUndefined();
		const second = (await callAsAdministrator(simulator, "GET", first.nextUri)).body;
		expect(idsIn(second)).toEqual(["d3", "d4"]);
		expect(second.nextUri).toBeUndefined();
		const back = (await callAsAdministrator(simulator, "GET", second.previousUri)).body;
		expect(idsIn(back)).toEqual(["d1", "d2"]);
		expect(back.nextUri).toBe(first.nextUri);
	});

	test("has no totals", async () => {
		expect(Object.keys((await get("/query")).body).toSorted()).toEqual(["entities", "selfUri"]);
	});

	test("refuses both cursors at once", async () => {
		expect((await get("/query?after=a&before=b")).body).toMatchObject({
			status: 400,
			code: "both.after.and.before.provided",
			message: "Can not provide both after and before key in the same request.",
		});
	});

	test.each(["after=nobody", "before=nobody", "pageSize=201", "pageSize=-1"])("refuses %s", async (parameter) => {
		expect((await get(`/query?${parameter}`)).body.code).toBe("invalid.query.param.value");
	});
});

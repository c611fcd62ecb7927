import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createManualClock, startSimulator } from "../../../simulator/index";
import type { ManualClock, Simulator, UsageSeed } from "../../../simulator/index";
import { call, callAsAdministrator } from "./api-caller";

const ORGANIZATION = "/api/v2/usage/aggregates/query/jobs";
const JANUARY = "2026-01-01T00:00:00/2026-01-31T23:59:59";
const CALL = { templateUri: "/api/v2/users", httpMethod: "GET" };

let clock: ManualClock;
let simulator: Simulator;
let clientId: string;

beforeEach(async () => {
	// A Thursday.
	clock = createManualClock({ now: Date.parse("2026-01-15T12:00:00Z") });
	simulator = await startSimulator({ clock, seed: { usageQueries: { runningPolls: 0 } } });
	clientId = simulator.organization.addClient({ name: "busy" }).client.id;
});
afterEach(async () => {
	await simulator.close();
});

const ofClient = () => `/api/v2/usage/client/${clientId}/aggregates/query/jobs`;
const get = async (path: string) => callAsAdministrator(simulator, "GET", path);
const post = async (path: string, json: unknown) => callAsAdministrator(simulator, "POST", path, { json });

/** The rows of a job. */
async function rowsOf(path: string, json: object) {
	const { body } = await post(path, { interval: JANUARY, ...json });
	return (await get(body.resultsUri)).body.entities as Record<string, unknown>[];
}
function seen(...rows: (Omit<UsageSeed, "clientId" | "templateUri" | "httpMethod"> & Partial<UsageSeed>)[]) {
	for (const row of rows) simulator.organization.addUsage({ clientId, ...CALL, ...row });
}

test("a job is Queued, then Running, then has Succeeded: 202 until then, 200 after that", async () => {
	simulator.organization.changeSettings({ usageQueries: { runningPolls: 2 } });
	seen({ date: "2026-01-14", status200: 4, status400: 2, status429: 1 });
	const started = await post(ofClient(), { interval: JANUARY, granularity: "Day" });
	const resultsUri = `${ofClient()}/${started.body.id}`;
	expect(started).toMatchObject({ status: 202, body: { id: expect.any(String), resultsUri, selfUri: resultsUri } });
	const polled = [await get(resultsUri), await get(resultsUri), await get(resultsUri)];
	expect(polled.map(({ status, body }) => [status, body.queryStatus])).toEqual([
		[202, "Queued"],
		[202, "Running"],
		[200, "Succeeded"],
	]);
	expect(polled[2]?.body).toEqual({
		queryStatus: "Succeeded",
		entities: [
			{
				date: "2026-01-14",
				requestCount: 6,
				status200: 4,
				status300: 0,
				status400: 2,
				status500: 0,
				status429: 1,
			},
		],
		selfUri: resultsUri,
	});
});

test("a job that is done at once is answered with 200", async () => {
	expect((await post(ofClient(), { interval: JANUARY })).status).toBe(200);
});

test("a job can be made to fail: 202 with an error body", async () => {
	simulator.organization.failUsageQueries();
	const { body } = await post(ORGANIZATION, { interval: JANUARY });
	expect(await get(body.resultsUri)).toMatchObject({
		status: 202,
		body: { queryStatus: "Failed", errorBody: { code: "internal.server.error" }, entities: [] },
	});
});

const days = async (interval: string) =>
	(await rowsOf(ofClient(), { interval, granularity: "Day" })).map(({ date }) => date);

test("both ends of an interval belong to it; the current day is left out", async () => {
	seen(...["09", "10", "11", "12", "15"].map((day) => ({ date: `2026-01-${day}`, status200: 1 })));
	expect(await days("2026-01-10T00:00:00/2026-01-11T23:59:59")).toEqual(["2026-01-10", "2026-01-11"]);
	expect(await days("2026-01-10T00:00:00/2026-01-12T00:00:00")).toEqual(["2026-01-10", "2026-01-11", "2026-01-12"]);
	expect(await days("2026-01-12T00:00:00Z/2026-01-31T00:00:00.000Z")).toEqual(["2026-01-12"]);
});

test.each([
	["2026-01-01", "invalid.date"],
	["2026-01-01/2026-01-02", "invalid.date"],
	["2026-01-02T00:00:00/2026-01-01T00:00:00", "invalid.date"],
	["2026-01-01T00:00:00+01:00/2026-01-02T00:00:00+01:00", "invalid.date"],
	["2025-10-01T00:00:00/2025-12-30T00:00:01", "constraint.validation"],
	["2025-01-14T23:59:59/2025-01-20T00:00:00", "constraint.validation"],
	[undefined, "constraint.validation"],
])("the interval %s is refused", async (interval, code) => {
	expect((await post(ofClient(), { interval })).body).toMatchObject({ status: 400, code });
	expect((await post(ORGANIZATION, { interval })).body).toMatchObject({ status: 400, code });
});

test.each(["2025-10-01T00:00:00/2025-12-30T00:00:00", "2025-01-15T00:00:00/2025-01-15T00:00:00"])(
	"the interval %s isn't",
	async (interval) => {
		expect((await post(ofClient(), { interval })).status).toBe(200);
	},
);

const clientRow = (id: string, name: string, requestCount: number) => ({
	date: "2026-01-01",
	oauthClient: { id, name, selfUri: `/api/v2/oauth/clients/${id}` },
	requestCount,
});

test("the organization's job tells the clients apart; the job of a client has its own calls only", async () => {
	const other = simulator.organization.addClient({ name: "other" }).client.id;
	seen({ date: "2026-01-14", status200: 1 }, { date: "2026-01-14", status200: 2, clientId: other });
	const groupBy = ["OauthClientId", "OauthClientName"];
	const rows = await rowsOf(ORGANIZATION, { groupBy, metrics: ["Requests"] });
	expect(rows).toEqual([clientRow(clientId, "busy", 1), clientRow(other, "other", 2)]);
	const one = await rowsOf(ORGANIZATION, { groupBy, metrics: ["Requests"], oauthClientIds: [other] });
	expect(one).toEqual([clientRow(other, "other", 2)]);
	expect(await rowsOf(ofClient(), { metrics: ["Requests"] })).toEqual([{ date: "2026-01-01", requestCount: 1 }]);
});

const organizationId = async () => (await get("/api/v2/organizations/me")).body.id as string;

const sorted = async (sortBy: unknown) =>
	(await rowsOf(ofClient(), { sortBy, groupBy: ["TemplateUri"] })).map(({ templateUri }) => templateUri);

describe("a job", () => {
	beforeEach(() => {
		const date = "2026-01-14";
		seen(
			{ date, templateUri: "/a", status200: 1 },
			{ date, templateUri: "/b", status200: 3 },
			{ date, templateUri: "/b", httpMethod: "PUT", status200: 2 },
		);
	});
	test.each([
		[["TemplateUri"], [{ templateUri: "/a" }, { templateUri: "/b" }]],
		[["HttpMethod"], [{ httpMethod: "GET" }, { httpMethod: "PUT" }]],
		[["Platform"], [{ platform: "PublicApi" }]],
	])("is broken down by %s", async (groupBy, labels) => {
		const rows = await rowsOf(ofClient(), { groupBy, metrics: ["Requests"] });
		expect(rows.map(({ date: _date, requestCount: _count, ...rest }) => rest)).toEqual(labels);
	});

	test("is broken down by the organization", async () => {
		expect(await rowsOf(ofClient(), { groupBy: ["OrganizationId"] })).toMatchObject([
			{ organizationId: await organizationId(), requestCount: 6 },
		]);
	});

	test.each([
		[{ templateUris: ["/b"] }, 5],
		[{ httpMethods: ["PUT", "DELETE"] }, 2],
		[{ platforms: ["PublicApi"] }, 6],
		[{ platforms: ["other"] }, undefined],
		[{ organizationIds: ["other"] }, undefined],
		[{ organizationIds: [] }, 6],
	])("is narrowed by %j", async (filter, requests) => {
		expect((await rowsOf(ofClient(), filter))[0]?.["requestCount"]).toBe(requests);
	});

	test("is narrowed by user: no call is a user's", async () => {
		expect(await rowsOf(ORGANIZATION, { userIds: ["u"] })).toEqual([]);
	});

	test("is sorted as asked", async () => {
		expect(await sorted([{ fieldName: "requestCount", order: "Desc" }])).toEqual(["/b", "/a"]);
		expect(await sorted([{ fieldName: "date" }, { fieldName: "templateUri", order: "Asc" }])).toEqual(["/a", "/b"]);
	});

	test.each([
		["Week", "2026-01-12"],
		["Month", "2026-01-01"],
		[undefined, "2026-01-02"],
	])("has rows by %s", async (granularity, date) => {
		const interval = "2026-01-02T00:00:00/2026-01-31T00:00:00";
		expect(await rowsOf(ofClient(), { interval, granularity })).toMatchObject([{ date, requestCount: 6 }]);
	});

	test.each([
		[{ granularity: "Hour" }, "invalid.value"],
		[{ groupBy: ["OauthClientId"] }, "invalid.value"],
		[{ metrics: ["requestCount"] }, "invalid.value"],
		[{ sortBy: [{ fieldName: "colour" }] }, "invalid.value"],
		[{ sortBy: ["date"] }, "invalid.value"],
		[{ oauthClientIds: ["x"] }, "invalid.property"],
	])("of a client can't have %j", async (json, code) => {
		expect((await post(ofClient(), { interval: JANUARY, ...json })).body.code).toBe(code);
	});
});

const paged = async (first: string) => {
	const sizes: number[] = [];
	const found = new Set<string>();
	for (let next: string | undefined = first; next !== undefined;) {
		const page: { entities: { templateUri: string }[]; nextUri?: string } = (await get(next)).body;
		sizes.push(page.entities.length);
		for (const { templateUri } of page.entities) found.add(templateUri);
		next = page.nextUri;
	}
	return [found.size, sizes];
};

test("nextUri leads through the rows, each once; a page has 100 unless asked for up to 1000", async () => {
	for (let index = 0; index < 250; index += 1)
		seen({ date: "2026-01-14", templateUri: `/${String(index).padStart(3, "0")}`, status200: 1 });
	const { body } = await post(ofClient(), { interval: JANUARY, groupBy: ["TemplateUri"] });
	expect(await paged(body.resultsUri)).toEqual([250, [100, 100, 50]]);
	expect(await paged(`${body.resultsUri}?pageSize=125`)).toEqual([250, [125, 125]]);
	simulator.organization.changeSettings({ usageQueries: { rowsPerAnswer: 200 } });
	expect(await paged(`${body.resultsUri}?pageSize=1000`)).toEqual([250, [200, 50]]);
	for (const query of ["pageSize=1001", "pageSize=0", "after=x"])
		expect((await get(`${body.resultsUri}?${query}`)).body.code).toBe("invalid.query.param.value");
});

test("a job is found only where it was started", async () => {
	const other = simulator.organization.addClient({ name: "other" }).client.id;
	const { id } = (await post(ofClient(), { interval: JANUARY })).body;
	for (const path of [ofClient().replace(clientId, other), ORGANIZATION, `${ORGANIZATION}/none`])
		expect((await get(`${path}/${id}`)).status).toBe(path.endsWith("none") ? 501 : 404);
	expect((await get(`${ofClient()}/none`)).body.code).toBe("not.found");
	expect((await post(ofClient().replace(clientId, "none"), { interval: JANUARY })).body.code).toBe("not.found");
});

const statusesWith = async (...permissions: string[]) => {
	simulator.organization.setPermissions(clientId, permissions);
	const token = simulator.organization.issueToken(clientId);
	const json = { interval: JANUARY };
	const started = [
		await call(simulator, "POST", ofClient(), { token, json }),
		await call(simulator, "POST", ORGANIZATION, { token, json }),
	];
	return started.map(({ status }) => status);
};

test("each job needs its own permission: oauth:client:view isn't enough", async () => {
	expect(await statusesWith("oauth:client:view")).toEqual([403, 403]);
	expect(await statusesWith("usage:client:view")).toEqual([200, 403]);
	expect(await statusesWith("usage:organization:view")).toEqual([403, 200]);
});

test("an API that isn't there answers 404 to everybody with a token", async () => {
	const summary = `/api/v2/oauth/clients/${clientId}/usage/summary`;
	const statuses = async (apis: ("oauth" | "jobs")[]) => {
		simulator.organization.changeSettings({ usageQueries: { apis } });
		const json = { interval: JANUARY };
		return [
			(await get(summary)).status,
			(await post(ofClient(), json)).status,
			(await post(ORGANIZATION, json)).status,
		];
	};
	expect(await statuses(["oauth", "jobs"])).toEqual([200, 200, 200]);
	expect(await statuses(["oauth"])).toEqual([200, 404, 404]);
	expect(await statuses(["jobs"])).toEqual([404, 200, 200]);
	simulator.organization.setPermissions(simulator.administrator.clientId, []);
	expect((await get(summary)).body).toMatchObject({ status: 404, code: "not.found" });
	expect((await call(simulator, "GET", summary)).status).toBe(401);
});

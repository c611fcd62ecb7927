import { expect, test } from "vitest";
import type { OAuthClient } from "../../provider/api/models";
import { operations } from "../../provider/api/oauth-api";
import type { Seed } from "../../simulator";
import { serviceRequest, webAppRequest } from "./support/client-requests";
import { connectOfficialSdk, type OfficialSdk, type ThirteenOperations } from "./support/official-sdk";
import { type SimulatedApi, startSimulatedApi } from "./support/simulated-api";

const authorized = "a0740000-0000-4000-8000-000000000003";
const busyId = "b0000000-0000-4000-8000-000000000001";
const idleId = "b0000000-0000-4000-8000-000000000002";

/** An organization in which every operation finds something. */
const seed: Seed = {
	clients: [
		{
			...webAppRequest(),
			id: busyId,
			name: "busy",
			dateCreated: "2025-01-01T00:00:00.000Z",
			extra: { allowedIps: ["x"] },
		},
		{ id: idleId, name: "idle", state: "inactive" },
	],
	usage: [
		{
			clientId: busyId,
			date: "2026-01-14",
			templateUri: "/api/v2/users",
			httpMethod: "GET",
			status200: 5,
			status400: 2,
		},
		{ clientId: busyId, date: "2026-01-12", templateUri: "/api/v2/users", httpMethod: "POST", status500: 1 },
		// Eight days back: no part of the seven that a summary is about.
		{ clientId: busyId, date: "2026-01-07", templateUri: "/api/v2/users", httpMethod: "GET", status200: 9 },
	],
};

type Call = (api: ThirteenOperations) => Promise<unknown>;

async function start(): Promise<SimulatedApi & { sdk: OfficialSdk }> {
	const simulated = await startSimulatedApi({ seed });
	const sdk = connectOfficialSdk(simulated.simulator.url);
	await sdk.logIn(simulated.simulator.administrator);
	// Our login too happens now, so that both start from the same organization.
	await simulated.api.getOauthScopes();
	return { ...simulated, sdk };
}

/** What the vendor's SDK and our API layer get from the same organization, and what the latter sent. */
async function answers(call: Call, { simulator, sdk, api }: Awaited<ReturnType<typeof start>>) {
	const before = simulator.snapshot();
	const theirs = await call(sdk.api);
	simulator.restore(before);
	simulator.requests.clear();
	const ours = await call(api);
	const sent = simulator.requests.all().map(({ method, template }) => `${method} ${template}`);
	return { theirs, ours, sent };
}

const query = {
	interval: "2026-01-01/2026-01-15",
	granularity: "Day",
	metrics: ["Requests", "Status400"],
	groupBy: ["HttpMethod"],
} as const;

/** Asks for the result until it is there: what both have to do. */
async function results(api: ThirteenOperations, executionId: string) {
	const seen = [];
	do seen.push(await api.getOauthClientUsageQueryResult(executionId, busyId));
	while (seen.at(-1)?.queryStatus === "Running");
	return seen;
}

const calls: Record<keyof typeof operations, Call> = {
	deleteOauthClient: async (api) => [await api.deleteOauthClient(idleId), (await api.getOauthClients()).entities],
	getOauthAuthorization: async (api) => [
		await api.getOauthAuthorization(authorized),
		await api.getOauthAuthorization(authorized, { acceptLanguage: "de" }),
	],
	getOauthAuthorizations: async (api) => [
		await api.getOauthAuthorizations(),
		await api.getOauthAuthorizations({ acceptLanguage: "de" }),
	],
	getOauthClient: async (api) => api.getOauthClient(busyId),
	getOauthClientUsageQueryResult: async (api) => {
		const { executionId } = await api.getOauthClientUsageSummary(busyId);
		return results(api, executionId);
	},
	getOauthClientUsageSummary: async (api) => {
		const { executionId } = await api.getOauthClientUsageSummary(busyId, { days: "2" });
		return results(api, executionId);
	},
	getOauthClients: async (api) => {
		const { entities, total } = await api.getOauthClients();
		return { entities, total };
	},
	getOauthScope: async (api) => [
		await api.getOauthScope("users:readonly"),
		await api.getOauthScope("users:readonly", { acceptLanguage: "de" }),
	],
	getOauthScopes: async (api) => [await api.getOauthScopes(), await api.getOauthScopes({ acceptLanguage: "de" })],
	postOauthClientSecret: async (api) => {
		const { secret, ...client } = await api.postOauthClientSecret(busyId);
		return { ...client, secret: secret?.replaceAll(/[\w-]/g, "x") };
	},
	postOauthClientUsageQuery: async (api) => {
		const { executionId } = await api.postOauthClientUsageQuery(busyId, {
			...query,
			metrics: [...query.metrics],
			groupBy: [...query.groupBy],
		});
		return results(api, executionId);
	},
	postOauthClients: async (api) => [
		withoutRandom(await api.postOauthClients(serviceRequest())),
		withoutRandom(await api.postOauthClients(webAppRequest())),
	],
	putOauthClient: async (api) => api.putOauthClient(busyId, webAppRequest({ name: "Other", scope: ["routing"] })),
};

/** Id and secret of a new client are random: only their shape can be compared. */
const withoutRandom = ({ id, secret, selfUri, ...settings }: OAuthClient) => ({
	...settings,
	id: id.replaceAll(/[\da-f]/g, "x"),
	secret: secret?.replaceAll(/[\w-]/g, "x"),
	selfUri: selfUri?.replace(id, "(id)"),
});

const names = Object.keys(calls) as (keyof typeof operations)[];

test.each(names)(
	"%s: the vendor's SDK and our API layer get the same, by the vendor's method and path",
	async (name) => {
		const call = calls[name];
		const { theirs, ours, sent } = await answers(call, await start());
		expect(ours).toEqual(theirs);
		expect(sent).toContain(`${operations[name].method} ${operations[name].path}`);
		// An organization in which nothing is found would prove nothing.
		expect(JSON.stringify(theirs).length).toBeGreaterThan(100);
	},
);

test("the SDK goes through its gateway setting only: every call is a POST of its login or one of the thirteen", async () => {
	const started = await start();
	for (const call of Object.values(calls)) await call(started.sdk.api);
	const templates = new Set(
		started.simulator.requests.all().map(({ method, template, path }) => `${method} ${template ?? path}`),
	);
	const thirteen = Object.values(operations).map(({ method, path }) => `${method} ${path}`);
	expect([...templates].toSorted()).toEqual([...thirteen, "POST /oauth/token"].toSorted());
});

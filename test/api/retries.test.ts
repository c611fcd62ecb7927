import { describe, expect, test } from "vitest";
import type { ConnectionError, RateLimitError } from "../../provider/api/errors";
import type { GenesysCloudApi } from "../../provider/api/genesys-cloud-api";
import { absentId, paths, serviceRequest } from "./support/client-requests";
import { type FaultKind, failureOf, startSimulatedApi } from "./support/simulated-api";

type Call = (api: GenesysCloudApi, id: string) => Promise<unknown>;

/** One call of each method that may be repeated, on an inactive client, with what it sends. */
const repeatable: [string, Call][] = [
	["GET", async (api, id) => api.getOauthClient(id)],
	["PUT", async (api, id) => api.putOauthClient(id, serviceRequest({ name: "New name" }))],
	["DELETE", async (api, id) => api.deleteOauthClient(id)],
];
const posts: [string, string, Call][] = [
	["post_oauth_clients", paths.clients, async (api) => api.postOauthClients(serviceRequest())],
	["post_oauth_client_secret", paths.secret, async (api, id) => api.postOauthClientSecret(id)],
];
const transient: [string, FaultKind][] = [
	["408", { kind: "status", status: 408 }],
	["500", { kind: "status", status: 500 }],
	["502 as a page", { kind: "html" }],
	["503", { kind: "status", status: 503 }],
	["504", { kind: "status", status: 504 }],
	["a cut before it was processed", { kind: "cut" }],
];

async function start() {
	const simulated = await startSimulatedApi();
	const { client } = simulated.simulator.organization.addClient({ name: "old", state: "inactive" });
	return { ...simulated, id: client.id };
}

describe.each(repeatable)("%s", (method, call) => {
	test.each(transient)("is repeated after %s, twice", async (_, fault) => {
		const run = await start();
		run.fault(method, paths.client, { ...fault, times: 2 });
		await call(run.api, run.id);
		expect(run.calls()).toHaveLength(3);
		expect(run.waits).toHaveLength(2);
	});

	test("is repeated after 429, and waits as long as Retry-After says", async () => {
		const run = await start();
		run.fault(method, paths.client, { kind: "status", status: 429, retryAfterSeconds: 17, times: 3 });
		await call(run.api, run.id);
		expect(run.waits).toEqual([17_000, 17_000, 17_000]);
	});

	test("is given up after five attempts", async () => {
		const run = await start();
		run.fault(method, paths.client, { kind: "cut", times: "always" });
		const error = await failureOf<ConnectionError>(call(run.api, run.id));
		expect(error.name).toBe("ConnectionError");
		expect(run.calls()).toHaveLength(5);
	});

	test.each([400, 403, 404, 409, 501])("is not repeated after %i", async (status) => {
		const run = await start();
		run.fault(method, paths.client, { kind: "status", status, code: "some.code" });
		await failureOf(call(run.api, run.id));
		expect([run.calls().length, run.waits]).toEqual([1, []]);
	});
});

test("a PUT whose answer was cut off is repeated, and has acted once more to the same end", async () => {
	const run = await start();
	run.fault("PUT", paths.client, { kind: "cut", when: "after" });
	await run.api.putOauthClient(run.id, serviceRequest({ name: "New name" }));
	expect(run.calls()).toHaveLength(2);
	expect(run.simulator.organization.client(run.id)?.name).toBe("New name");
});

describe.each(posts)("%s", (operation, path, call) => {
	test.each<[string, FaultKind]>([
		...transient,
		["a cut after it was processed", { kind: "cut", when: "after" }],
		["an answer that is no JSON", { kind: "malformed", when: "after" }],
	])("is never repeated after %s", async (_, fault) => {
		const run = await start();
		run.fault("POST", path, fault);
		const error = await failureOf(call(run.api, run.id));
		expect(error.message).toContain(operation);
		expect([run.calls().length, run.waits]).toEqual([1, []]);
	});

	test("is repeated after 429 only: the API has then surely not acted", async () => {
		const run = await start();
		run.fault("POST", path, { kind: "status", status: 429, retryAfterSeconds: 5, times: 2 });
		await call(run.api, run.id);
		expect(run.waits).toEqual([5000, 5000]);
		expect(run.calls()).toHaveLength(3);
	});

	test.each<[string, FaultKind]>([
		["a cut before", { kind: "cut" }],
		["a cut after", { kind: "cut", when: "after" }],
		["an empty answer", { kind: "status", status: 204, when: "after" }],
		["broken JSON", { kind: "malformed", when: "after" }],
		["a page with status 200", { kind: "html", status: 200, when: "after" }],
		["JSON without what was asked for", { kind: "status", status: 200, body: { some: "thing" }, when: "after" }],
	])("says that it may have acted after %s", async (_, fault) => {
		const run = await start();
		run.fault("POST", path, fault);
		const error = await failureOf<ConnectionError>(call(run.api, run.id));
		expect(error).toMatchObject({ name: "ConnectionError", operation, mayHaveActed: true });
	});
});

describe("Retry-After", () => {
	test("of nonsense is ignored: the usual pause is taken", async () => {
		const run = await start();
		run.fault("GET", paths.client, { kind: "status", status: 429, headers: { "retry-after": "soon" } });
		await run.api.getOauthClient(run.id);
		expect(run.waits).toHaveLength(1);
		expect(run.waits[0]).toBeGreaterThanOrEqual(250);
	});

	test.each([["GET"], ["POST"]])(
		"that is too long is not waited for by a %s: the error says how long",
		async (method) => {
			const run = await start();
			const path = method === "GET" ? paths.client : paths.clients;
			run.fault(method, path, { kind: "status", status: 429, retryAfterSeconds: 3600 });
			const call = method === "GET" ? run.api.getOauthClient(run.id) : run.api.postOauthClients(serviceRequest());
			const error = await failureOf<RateLimitError>(call);
			expect(error).toMatchObject({ name: "RateLimitError", status: 429 });
			expect(error.message).toContain("3600 seconds");
			expect([run.calls().length, run.waits]).toEqual([1, []]);
		},
	);

	test("again and again ends after ten attempts", async () => {
		const run = await start();
		run.fault("GET", paths.client, { kind: "status", status: 429, retryAfterSeconds: 60, times: "always" });
		const error = await failureOf(run.api.getOauthClient(run.id));
		expect(error.name).toBe("RateLimitError");
		expect(run.calls()).toHaveLength(10);
	});
});

test("a call that never gets an answer ends by its timeout, and may have acted", async () => {
	const { api, fault, calls } = await startSimulatedApi({ timeouts: { connect: 10_000, request: 300 } });
	await api.getOauthScopes();
	fault("POST", paths.clients, { kind: "hang" });
	const error = await failureOf<ConnectionError>(api.postOauthClients(serviceRequest()));
	expect(error).toMatchObject({ name: "ConnectionError", code: "ETIMEDOUT", mayHaveActed: true });
	expect(error.message).toContain("in time");
	expect(calls()).toHaveLength(2);
});

test("a server that isn't there: a POST surely hasn't acted", async () => {
	const { connect, simulator } = await startSimulatedApi();
	const api = connect({ accessToken: "ready", source: "s" });
	await simulator.close();
	const error = await failureOf<ConnectionError>(api.postOauthClients(serviceRequest()));
	expect(error).toMatchObject({ code: "ECONNREFUSED", mayHaveActed: false });
	expect((await failureOf<ConnectionError>(api.getOauthClient(absentId))).mayHaveActed).toBe(false);
});

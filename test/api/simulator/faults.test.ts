import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createManualClock, startSimulator } from "../../../simulator/index";
import type { Fault, ManualClock, Simulator } from "../../../simulator/index";
import { administratorToken, call, requestToken } from "./api-caller";

const CLIENTS = "/api/v2/oauth/clients";
const CODE = { name: "web", authorizedGrantType: "CODE", scope: ["users"] };

let clock: ManualClock;
let simulator: Simulator;
let token: string;

beforeEach(async () => {
	clock = createManualClock();
	simulator = await startSimulator({ clock });
	token = await administratorToken(simulator);
	simulator.requests.clear();
});
afterEach(async () => {
	await simulator.close();
});

function create() {
	return call(simulator, "POST", CLIENTS, { token, json: CODE });
}
function list() {
	return call(simulator, "GET", CLIENTS, { token });
}

test("a status is answered with the vendor's body, once, and the organization doesn't see the call", async () => {
	simulator.faults.add({ kind: "status", method: "POST", path: CLIENTS, status: 503 });
	const answer = await create();
	expect(answer).toMatchObject({
		status: 503,
		body: {
			status: 503,
			code: "service.unavailable",
			contextId: answer.headers.get("ININ-Correlation-Id"),
			details: [],
			errors: [],
		},
	});
	expect(answer.body.message).toMatch(/^Service Unavailable/);
	expect(simulator.organization.clients()).toEqual([]);
	expect((await create()).status).toBe(200);
	expect(simulator.requests.all()).toMatchObject([
		{ status: 503, fault: "status", processed: false, clientId: simulator.administrator.clientId },
		{ status: 200, fault: null, processed: true },
	]);
});

test.each([
	[400, "bad.request"],
	[401, "bad.credentials"],
	[403, "not.authorized"],
	[404, "not.found"],
	[408, "client.timeout"],
	[409, "request.conflict"],
	[429, "too.many.requests"],
	[500, "internal.server.error"],
	[503, "service.unavailable"],
	[504, "request.timeout"],
])("status %i comes with code %s", async (status, code) => {
	simulator.faults.add({ kind: "status", method: "GET", path: CLIENTS, status });
	expect(await list()).toMatchObject({ status, body: { status, code } });
});

test("a 429 has a Retry-After only when it is asked for", async () => {
	simulator.faults.add({ kind: "status", method: "GET", path: CLIENTS, status: 429 });
	simulator.faults.add({ kind: "status", method: "GET", path: CLIENTS, status: 429, retryAfterSeconds: 7 });
	expect((await list()).headers.has("retry-after")).toBe(false);
	expect((await list()).headers.get("retry-after")).toBe("7");
});

test("code, message, body and headers can be given", async () => {
	const target = { kind: "status", method: "GET", path: CLIENTS } as const;
	simulator.faults.add({ ...target, status: 403, code: "authz.policy.denied", message: "No." });
	simulator.faults.add({ ...target, status: 400, body: { odd: true }, headers: { "x-odd": "1" } });
	expect((await list()).body).toMatchObject({ status: 403, code: "authz.policy.denied", message: "No." });
	const odd = await list();
	expect(odd.body).toEqual({ odd: true });
	expect(odd.headers.get("x-odd")).toBe("1");
});

test("a fault after processing: the organization has acted, and the caller is told otherwise", async () => {
	simulator.faults.add({ kind: "status", method: "POST", path: CLIENTS, status: 504, when: "after" });
	expect(await create()).toMatchObject({ status: 504, body: { code: "request.timeout" } });
	expect(simulator.organization.clientsByName("web")).toHaveLength(1);
	expect(simulator.requests.all()).toMatchObject([{ status: 504, fault: "status", processed: true }]);
});

test.each([
	["before", 0],
	["after", 1],
] as const)("a connection cut %s processing leaves %i clients and no answer", async (when, clients) => {
	simulator.faults.add({ kind: "cut", method: "POST", path: CLIENTS, when });
	await expect(create()).rejects.toThrow(/fetch failed/);
	expect(simulator.organization.clients()).toHaveLength(clients);
	expect(simulator.requests.all()).toMatchObject([{ status: null, fault: "cut", processed: clients === 1 }]);
	expect((await create()).status).toBe(200);
});

test("a malformed body says it is JSON and isn't, before or after processing", async () => {
	simulator.faults.add({ kind: "malformed", method: "POST", path: CLIENTS });
	simulator.faults.add({ kind: "malformed", method: "POST", path: CLIENTS, when: "after", status: 500 });
	const before = await create();
	expect(before.status).toBe(200);
	expect(before.headers.get("content-type")).toBe("application/json");
	expect(() => JSON.parse(before.text)).toThrow(SyntaxError);
	expect(simulator.organization.clients()).toHaveLength(0);
	const after = await create();
	expect(after.status).toBe(500);
	expect(() => JSON.parse(after.text)).toThrow(SyntaxError);
	expect(simulator.organization.clients()).toHaveLength(1);
});

test("an HTML page comes with any status, before or after processing", async () => {
	simulator.faults.add({ kind: "html", method: "POST", path: CLIENTS });
	simulator.faults.add({ kind: "html", method: "POST", path: CLIENTS, status: 200, when: "after" });
	const before = await create();
	expect(before).toMatchObject({ status: 502, text: expect.stringContaining("<html>") });
	expect(simulator.organization.clients()).toHaveLength(0);
	const after = await create();
	expect(after.status).toBe(200);
	expect(after.headers.get("content-type")).toMatch(/^text\/html/);
	expect(simulator.organization.clients()).toHaveLength(1);
});

test("a delay passes on the simulator's clock, and then the call is processed", async () => {
	simulator.faults.add({ kind: "delay", method: "POST", path: CLIENTS, ms: 30_000 });
	const answer = create();
	await clock.whenSleeping();
	expect(simulator.organization.clients()).toHaveLength(0);
	clock.advance(29_999);
	expect(clock.sleeping).toBe(1);
	clock.advance(1);
	expect((await answer).status).toBe(200);
	expect(simulator.organization.clients()).toHaveLength(1);
});

test("a call that hangs goes on when it is released", async () => {
	simulator.faults.add({ kind: "hang", method: "POST", path: CLIENTS });
	const answer = create();
	await simulator.requests.whenReceived({ method: "POST" });
	expect(simulator.requests.all()).toMatchObject([{ status: null, fault: "hang", processed: false }]);
	simulator.faults.release();
	expect((await answer).status).toBe(200);
});

test("a call that hangs after processing has been acted on", async () => {
	simulator.faults.add({ kind: "hang", method: "POST", path: CLIENTS, when: "after" });
	simulator.faults.add({ kind: "hang", method: "GET", path: CLIENTS });
	const answer = create();
	await simulator.requests.whenReceived({ method: "POST" });
	// The POST has been processed by the time a call that came after it is there.
	const second = list();
	await simulator.requests.whenReceived({ method: "GET" });
	expect(simulator.organization.clients()).toHaveLength(1);
	simulator.faults.release();
	expect((await answer).status).toBe(200);
	expect((await second).status).toBe(200);
});

test("a call that is to hang after processing is let go by a release that comes before", async () => {
	simulator.faults.add({ kind: "hang", method: "POST", path: CLIENTS, when: "after" });
	const answer = create();
	await simulator.requests.whenReceived({ method: "POST" });
	simulator.faults.release();
	expect((await answer).status).toBe(200);
});

test("a call that hangs until its caller has given up is acted on then", async () => {
	simulator.faults.add({ kind: "hang", method: "POST", path: CLIENTS, untilGivenUp: true });
	const caller = new AbortController();
	const answer = call(simulator, "POST", CLIENTS, { token, json: CODE, signal: caller.signal });
	await simulator.requests.whenReceived({ method: "POST", template: CLIENTS });
	expect(simulator.organization.clients()).toEqual([]);
	caller.abort();
	await expect(answer).rejects.toThrow("aborted");
	await vi.waitFor(() => expect(simulator.organization.clients()).toMatchObject([{ name: "web" }]), {
		timeout: 30_000,
	});
});

test("the end of the simulator ends a call that hangs", async () => {
	const other = await startSimulator();
	other.faults.add({ kind: "hang", method: "GET", path: CLIENTS });
	const [outcome] = await Promise.allSettled([
		call(other, "GET", CLIENTS),
		other.requests.whenReceived({ method: "GET" }).then(() => other.close()),
	]);
	expect(outcome.status).toBe("rejected");
});

test("every call takes the latency of the seed, by the clock", async () => {
	simulator.organization.changeSettings({ latencyMs: 50 });
	const answer = list();
	await clock.whenSleeping();
	clock.advance(50);
	expect((await answer).status).toBe(200);
});

test("a fault is for its method and path alone, template or exact", async () => {
	const { client } = simulator.organization.addClient({ name: "one" });
	const other = simulator.organization.addClient({ name: "two" });
	const status = async (method: string, path: string) =>
		(await call(simulator, method, path, { token, ...(method === "PUT" ? { json: {} } : {}) })).status;
	simulator.faults.add({ kind: "status", method: "get", path: `${CLIENTS}/{clientId}`, status: 500, times: "always" });
	expect(await status("GET", CLIENTS)).toBe(200);
	expect(await status("PUT", `${CLIENTS}/${client.id}`)).toBe(400);
	expect(await status("GET", `${CLIENTS}/${client.id}`)).toBe(500);
	expect(await status("GET", `${CLIENTS}/${other.client.id}`)).toBe(500);
	simulator.faults.clear();
	simulator.faults.add({ kind: "status", method: "*", path: `${CLIENTS}/${client.id}`, status: 500, times: 2 });
	expect(await status("GET", `${CLIENTS}/${other.client.id}`)).toBe(200);
	expect(await status("GET", `${CLIENTS}/${client.id}`)).toBe(500);
	expect(await status("DELETE", `${CLIENTS}/${client.id}`)).toBe(500);
	simulator.faults.add({ kind: "status", method: "*", path: "*", status: 500 });
	expect(await status("GET", "/api/v2/nothing")).toBe(500);
});

test("a fault can let calls through first, and strike more than once", async () => {
	simulator.faults.add({ kind: "status", method: "GET", path: CLIENTS, status: 500, skip: 1, times: 2 });
	expect(simulator.faults.pending()).toMatchObject([{ skip: 1, times: 2 }]);
	const statuses: number[] = [];
	for (let round = 0; round < 4; round += 1) statuses.push((await list()).status);
	expect(statuses).toEqual([200, 500, 500, 200]);
	expect(simulator.faults.pending()).toEqual([]);
});

test("of two faults for one call the first comes first", async () => {
	simulator.faults.add({ kind: "status", method: "GET", path: CLIENTS, status: 500 });
	simulator.faults.add({ kind: "status", method: "GET", path: CLIENTS, status: 503 });
	expect([(await list()).status, (await list()).status, (await list()).status]).toEqual([500, 503, 200]);
});

test("the token endpoint has faults too, with its own error body", async () => {
	const { clientId, clientSecret } = simulator.administrator;
	const ask = () => requestToken(simulator, clientId, clientSecret);
	simulator.faults.add({ kind: "status", method: "POST", path: "/oauth/token", status: 400 });
	simulator.faults.add({ kind: "status", method: "POST", path: "/oauth/token", status: 503 });
	simulator.faults.add({ kind: "cut", method: "POST", path: "/oauth/token" });
	const throttled = await ask();
	expect(throttled).toMatchObject({ status: 400, body: { error: "invalid_request" } });
	expect(throttled.body.error_description).toMatch(/^rate limit exceeded;/);
	expect(throttled.body.description).toBe(throttled.body.error_description);
	expect(await ask()).toMatchObject({ status: 503, body: { error: "server_error" } });
	await expect(ask()).rejects.toThrow(/fetch failed/);
	expect((await ask()).status).toBe(200);
});

test("a fault that makes no sense is refused when it is added", () => {
	const wrong = { kind: "status", method: "GET", path: CLIENTS, status: "500" } as unknown as Fault;
	expect(() => simulator.faults.add(wrong)).toThrow(/^fault: status: /);
});

test("calls that a status fault answered count as usage, and calls that were cut before don't", async () => {
	simulator.faults.add({ kind: "status", method: "GET", path: CLIENTS, status: 429 });
	simulator.faults.add({ kind: "cut", method: "GET", path: CLIENTS });
	await list();
	await expect(list()).rejects.toThrow(/fetch failed/);
	clock.advance(86_400_000);
	const admin = simulator.administrator.clientId;
	const fresh = await administratorToken(simulator);
	simulator.organization.changeSettings({ usageQueries: { runningPolls: 0 } });
	const { body } = await call(simulator, "GET", `${CLIENTS}/${admin}/usage/summary`, { token: fresh });
	const { results } = (await call(simulator, "GET", body.resultsUri, { token: fresh })).body;
	expect(results).toMatchObject([{ status429: 1, status400: 1, requests: 1 }]);
});

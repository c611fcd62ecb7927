import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, startSimulator } from "../../../simulator/index";
import type { ManualClock, Simulator } from "../../../simulator/index";
import { administratorToken, call, requestToken } from "./api-caller";

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = createManualClock({ now: 1_000_000 });
	simulator = await startSimulator({ clock });
});
afterEach(async () => {
	await simulator.close();
});

test("every call is logged in the order of its arrival, with what is known of it", async () => {
	const { clientId } = simulator.administrator;
	const token = await administratorToken(simulator);
	clock.advance(5);
	const read = await call(simulator, "GET", "/api/v2/oauth/clients/abc?x=1", { token });
	await call(simulator, "PATCH", "/api/v2/oauth/scopes");
	await call(simulator, "GET", "/api/v2/users/1");
	const common = { fault: null, processed: true, correlationId: expect.any(String) };
	expect(simulator.requests.all()).toEqual([
		{
			...common,
			seq: 1,
			time: 1_000_000,
			kind: "token",
			method: "POST",
			path: "/oauth/token",
			template: "/oauth/token",
			status: 200,
			clientId,
		},
		{
			...common,
			seq: 2,
			time: 1_000_005,
			kind: "api",
			method: "GET",
			path: "/api/v2/oauth/clients/abc",
			template: "/api/v2/oauth/clients/{clientId}",
			status: 404,
			clientId,
			correlationId: read.headers.get("ININ-Correlation-Id"),
		},
		{
			...common,
			seq: 3,
			time: 1_000_005,
			kind: "api",
			method: "PATCH",
			path: "/api/v2/oauth/scopes",
			template: "/api/v2/oauth/scopes",
			status: 405,
			clientId: null,
		},
		{
			...common,
			seq: 4,
			time: 1_000_005,
			kind: "unknown",
			method: "GET",
			path: "/api/v2/users/1",
			template: null,
			status: 501,
			clientId: null,
		},
	]);
});

test("the log holds no secret, no token and no body", async () => {
	const token = await administratorToken(simulator);
	const json = { name: "a name in a body", authorizedGrantType: "CODE", scope: ["users"] };
	const { body } = await call(simulator, "POST", "/api/v2/oauth/clients", { token, json });
	await requestToken(simulator, body.id, body.secret);
	await requestToken(simulator, "an id nobody has", "a wrong secret");
	const text = JSON.stringify(simulator.requests.all());
	expect(simulator.requests.count()).toBe(4);
	for (const hidden of [
		token,
		body.secret,
		simulator.administrator.clientSecret,
		"a name in a body",
		"an id nobody has",
		"a wrong secret",
	])
		expect(text).not.toContain(hidden);
});

test("entries are found and counted by any of their fields", async () => {
	const token = await administratorToken(simulator);
	await call(simulator, "GET", "/api/v2/oauth/scopes/users", { token });
	await call(simulator, "GET", "/api/v2/oauth/scopes/none", { token });
	await call(simulator, "GET", "/api/v2/oauth/scopes");
	const { requests } = simulator;
	expect(requests.count()).toBe(4);
	expect(requests.count({ kind: "token" })).toBe(1);
	expect(requests.count({ method: "GET" })).toBe(3);
	expect(requests.count({ template: "/api/v2/oauth/scopes/{scopeId}" })).toBe(2);
	expect(requests.count({ clientId: simulator.administrator.clientId, kind: "api" })).toBe(2);
	expect(requests.filter({ method: "GET", status: 404 })).toMatchObject([{ path: "/api/v2/oauth/scopes/none" }]);
	expect(requests.filter({ path: "/api/v2/oauth/scopes" })).toMatchObject([{ status: 401, clientId: null }]);
	expect(requests.count({ method: "PUT" })).toBe(0);
});

test("what the log hands out can't change it", async () => {
	await call(simulator, "GET", "/api/v2/oauth/scopes");
	for (const entry of simulator.requests.all()) entry.status = 200;
	expect(simulator.requests.all()).toMatchObject([{ status: 401 }]);
});

test("a cleared log counts on", async () => {
	await call(simulator, "GET", "/api/v2/oauth/scopes");
	simulator.requests.clear();
	expect(simulator.requests.all()).toEqual([]);
	await call(simulator, "GET", "/api/v2/oauth/scopes");
	expect(simulator.requests.all()).toMatchObject([{ seq: 2 }]);
});

test("one can wait until enough calls have come", async () => {
	const two = simulator.requests.whenReceived({ method: "GET" }, 2);
	await call(simulator, "GET", "/api/v2/oauth/scopes");
	await call(simulator, "GET", "/api/v2/oauth/scopes");
	await two;
	await simulator.requests.whenReceived({ method: "GET" }, 2);
	expect(simulator.requests.count({ method: "GET" })).toBe(2);
});

test("control routes are not logged", async () => {
	expect((await call(simulator, "GET", "/simulator/requests")).body).toEqual({ count: 0, requests: [] });
	await call(simulator, "GET", "/simulator/nothing");
	expect(simulator.requests.count()).toBe(0);
});

test("a call has arrived when its body is whole", async () => {
	const body = "grant_type=client_credentials";
	const socket = connect(Number(new URL(simulator.url).port), "127.0.0.1");
	const head = ["POST /oauth/token HTTP/1.1", "Host: localhost", `Content-Length: ${body.length}`];
	socket.write([...head, "Expect: 100-continue", "", body.slice(0, 5)].join("\r\n"));
	// The server has the head.
	expect(String((await once(socket, "data"))[0])).toContain("100 Continue");
	expect(simulator.requests.count()).toBe(0);
	socket.write(body.slice(5));
	await simulator.requests.whenReceived({ kind: "token" });
	await once(socket, "data");
	socket.destroy();
	expect(simulator.requests.all()).toMatchObject([{ processed: true }]);
});

import { getEventListeners, once } from "node:events";
import { createServer, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ApiError, ConnectionError } from "../../provider/api/errors";
import { untilCancelled } from "../../provider/api/cancellation";
import { login } from "../../provider/api/token-source";
import { Transport } from "../../provider/api/transport";
import { createManualClock } from "../../simulator";
import { absentId, paths, serviceRequest } from "./support/client-requests";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

describe("a redirect", () => {
	test.each([301, 302, 303, 307, 308])("with %i is not followed: nobody else gets the token", async (status) => {
		const { api, fault, simulator, calls } = await startSimulatedApi();
		const other = await startSimulatedApi();
		fault("GET", paths.client, { kind: "status", status, headers: { location: `${other.simulator.url}/elsewhere` } });
		const error = await failureOf<ApiError>(api.getOauthClient(absentId));
		expect(error).toMatchObject({ name: "ApiError", status });
		expect(error.message).toContain("The response isn't from Genesys Cloud: check the region and the gateway");
		expect(other.simulator.requests.count()).toBe(0);
		expect(calls()).toHaveLength(1);
		expect(simulator.requests.count({ kind: "unknown" })).toBe(0);
	});

	test("of the login is not followed with the secret", async () => {
		const { api, fault } = await startSimulatedApi();
		const other = await startSimulatedApi();
		const location = `${other.simulator.url}/oauth/token`;
		fault("POST", paths.login, { kind: "status", status: 307, headers: { location } });
		expect((await failureOf(api.getOauthScopes())).name).toBe("AuthenticationError");
		expect(other.simulator.requests.count()).toBe(0);
	});
});

/** A server whose answers hold nothing of Genesys Cloud: neither a date nor a correlation id. */
async function startBareServer(status: number, headers: OutgoingHttpHeaders = {}, body?: Buffer) {
	const server = createServer((_, response) => {
		response.sendDate = false;
		response.writeHead(status, headers).end(body);
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => {
		server.close();
		server.closeAllConnections();
	});
	const clock = createManualClock();
	const transport = new Transport({ clock, timeouts: { connect: 10_000, request: 10_000 }, connections: 1 });
	return { clock, transport, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("in a cancelled run, whose clock doesn't wait, an attempt that could be repeated is the last", async () => {
	const { url } = await startBareServer(503);
	const clock = untilCancelled(createManualClock(), AbortSignal.abort());
	const transport = new Transport({ clock, timeouts: { connect: 10_000, request: 10_000 }, connections: 1 });
	const sent = transport.send({ operation: "put_oauth_client", method: "PUT", url, delay: () => 500 });
	expect((await sent).status).toBe(503);
	const nowhere = transport.send({
		operation: "put_oauth_client",
		method: "PUT",
		url: "http://127.0.0.1:1",
		delay: () => 500,
	});
	expect(await failureOf<ConnectionError>(nowhere)).toMatchObject({ code: "ECONNREFUSED", mayHaveActed: false });
});

describe("a response that is larger than any of Genesys Cloud", () => {
	const compressed = gzipSync(Buffer.alloc(5_000_000, " "));
	test.each<[string, OutgoingHttpHeaders, Buffer]>([
		["as it is", {}, Buffer.alloc(5_000_000, " ")],
		["compressed", { "content-encoding": "gzip" }, compressed],
		["compressed, of a known length", { "content-encoding": "gzip", "content-length": compressed.length }, compressed],
	])("isn't read to its end nor asked for again, %s", async (_, headers, body) => {
		const { clock, url } = await startBareServer(200, headers, body);
		const timeouts = { connect: 10_000, request: 10_000 };
		const transport = new Transport({ clock, timeouts, connections: 1, largestResponse: 1024 * 1024 });
		let attempts = 0;
		const sent = transport.send({
			operation: "get_oauth_clients",
			method: "GET",
			url,
			delay: ({ attempts: failed }) => (failed < 3 ? 0 : undefined),
			beforeAttempt: async () => {
				attempts += 1;
				return {};
			},
		});
		const error = await failureOf<ConnectionError>(sent);
		expect(error).toMatchObject({ name: "ConnectionError", code: "UNREADABLE", mayHaveActed: true });
		expect(error.message).toContain("get_oauth_clients failed: the response is larger than 1 MiB");
		expect(attempts).toBe(1);
	});
});

describe("an answer of a status alone", () => {
	test("leaves the server's time as it was known", async () => {
		const { clock, transport, url } = await startBareServer(200);
		await transport.send({ operation: "o", method: "GET", url, delay: () => undefined });
		expect(transport.serverTime()).toBe(clock.now());
	});

	test.each(["soon", "Sat, 13 Sep 275760 00:00:00 GMT"])(
		"whose date is none (%s) leaves the server's time too: a day after it is a date",
		async (date) => {
			const { clock, transport, url } = await startBareServer(200, { date });
			await transport.send({ operation: "o", method: "GET", url, delay: () => undefined });
			expect(transport.serverTime()).toBe(clock.now());
		},
	);

	test("to a login is told without what it doesn't hold", async () => {
		const { transport, url } = await startBareServer(401);
		const refused = login({ transport, loginUrl: url, clientId: "id", clientSecret: "s3cret", source: "a vault" });
		expect((await failureOf(refused)).message).toMatch(/ failed: 401\. The credentials came from a vault/);
	});
});

/** A deadline that has come as soon as somebody says so. */
function deadline() {
	const controller = new AbortController();
	return { pass: () => controller.abort(), signal: controller.signal, source: "the test's patience" };
}

describe("a deadline", () => {
	test("ends a POST that hangs, and says that it may have acted", async () => {
		const { api, fault, simulator } = await startSimulatedApi();
		const { pass, ...end } = deadline();
		fault("POST", paths.clients, { kind: "hang" });
		const posted = failureOf(api.until(end).postOauthClients(serviceRequest()));
		await simulator.requests.whenReceived({ template: paths.clients });
		pass();
		expect(await posted).toMatchObject({ name: "ConnectionError", code: "DEADLINE", mayHaveActed: true });
	});

	test("ends a POST that waits for the login, and says that it hasn't acted", async () => {
		const { api, fault, simulator, calls } = await startSimulatedApi();
		const { pass, ...end } = deadline();
		fault("POST", paths.login, { kind: "hang" });
		const posted = failureOf(api.until(end).postOauthClients(serviceRequest()));
		await simulator.requests.whenReceived({ kind: "token" });
		pass();
		expect(await posted).toMatchObject({ name: "ConnectionError", code: "DEADLINE", mayHaveActed: false });
		simulator.faults.release();
		await api.getOauthScopes();
		expect(calls()).toEqual(["GET /scopes 200"]);
	});

	test("holds on to no call that has ended, however long it still runs", async () => {
		const { api } = await startSimulatedApi();
		const { pass: _, ...end } = deadline();
		await api.until(end).getOauthScopes();
		await failureOf(api.until(end).getOauthClient(absentId));
		expect(getEventListeners(end.signal, "abort")).toEqual([]);
	});

	test("gives back the place that its call had in the rate limit", async () => {
		const { api, fault, simulator, clock, waits } = await startSimulatedApi({
			seed: { limits: { requestsPerMinute: 3 } },
		});
		await api.getOauthScopes();
		const { pass, ...end } = deadline();
		fault("GET", paths.clients, { kind: "hang" });
		const hanging = failureOf(api.until(end).getOauthClients());
		await simulator.requests.whenReceived({ template: paths.clients });
		pass();
		await hanging;
		clock.advance(60_000);
		for (let call = 0; call < 3; call += 1) await api.getOauthScope("users");
		expect(waits).toEqual([]);
	});
});

test("the end of an attempt that is aborted just as it may begin is told, once", async () => {
	const { simulator, ourClock } = await startSimulatedApi();
	const transport = new Transport({ clock: ourClock, timeouts: { connect: 1000, request: 1000 }, connections: 1 });
	const controller = new AbortController();
	const told: unknown[] = [];
	const sent = transport.send({
		operation: "get_oauth_scopes",
		method: "GET",
		url: `${simulator.url}${paths.scopes}`,
		signal: controller.signal,
		delay: () => undefined,
		beforeAttempt: async () => {
			controller.abort();
			return {};
		},
		afterAttempt: (_, answer) => told.push(answer),
	});
	expect((await failureOf(sent)).name).toBe("ConnectionError");
	await new Promise((resolve) => void setImmediate(resolve));
	expect([told, simulator.requests.count()]).toEqual([[undefined], 0]);
});

describe("errors", () => {
	test("carry the vendor's correlation id, as the server sent it", async () => {
		const { api, simulator } = await startSimulatedApi();
		const error = await failureOf<ApiError>(api.getOauthClient(absentId));
		const { correlationId } = simulator.requests.all().find(({ status }) => status === 404) ?? {};
		expect(correlationId).toMatch(/^[\da-f-]{36}$/);
		expect(error.correlationId).toBe(correlationId);
		expect(error.message).toContain(`correlation id ${correlationId}`);
	});

	test("hold neither token nor secret, however deep one looks", async () => {
		const { api, fault, simulator, connect } = await startSimulatedApi();
		const accessToken = simulator.organization.issueToken(simulator.administrator.clientId);
		const withToken = connect({ accessToken, source: "s" });
		fault("POST", paths.clients, { kind: "cut" });
		fault("POST", paths.clients, {
			kind: "status",
			status: 400,
			code: "bad.request",
			message: `Bearer ${accessToken}`,
		});
		fault("POST", paths.clients, { kind: "status", status: 400, code: "bad.request", message: `got ${accessToken}` });
		const errors = [
			await failureOf(withToken.postOauthClients(serviceRequest())),
			await failureOf(withToken.postOauthClients(serviceRequest())),
			await failureOf(withToken.postOauthClients(serviceRequest())),
			await failureOf(api.getOauthClient(absentId)),
		];
		const { clientSecret } = simulator.administrator;
		for (const error of errors) {
			const everything = [
				error.message,
				error.stack,
				...Object.getOwnPropertyNames(error).map((name) => `${Reflect.get(error, name)}`),
			].join();
			expect(everything).not.toContain(accessToken);
			expect(everything).not.toContain(clientSecret);
			expect(error.cause).toBeUndefined();
		}
	});
});

describe("an id", () => {
	test.each(["", " ", "\t\n", ".", ".."])("%j is refused before anything is sent to a client's path", async (id) => {
		const { api, calls } = await startSimulatedApi();
		const attempts = [
			api.deleteOauthClient(id),
			api.getOauthAuthorization(id),
			api.getOauthClient(id),
			api.getOauthClientUsageQueryResult("execution", id),
			api.getOauthClientUsageQueryResult(id, absentId),
			api.getOauthClientUsageSummary(id),
			api.getOauthScope(id),
			api.postOauthClientSecret(id),
			api.postOauthClientUsageQuery(id, { interval: "2026-01-01/2026-01-02" }),
			api.putOauthClient(id, serviceRequest()),
		];
		const errors = await Promise.all(attempts.map(failureOf));
		for (const error of errors) expect(error.message).toMatch(/needs a value for \w+Id/);
		expect(calls()).toEqual([]);
	});

	test.each(["a/../b", "a?b=c", "a#b", "%2e%2e", "ü"])("%j stays one part of the path", async (id) => {
		const { api, simulator } = await startSimulatedApi();
		expect((await failureOf<ApiError>(api.getOauthClient(id))).code).toBe("client.not.found");
		expect(simulator.requests.filter({ kind: "api" })).toMatchObject([{ template: paths.client }]);
	});
});

import { once } from "node:events";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createOAuthApi } from "../../provider/api/genesys-cloud-api";
import { type ConnectionError, mayHaveActed } from "../../provider/api/errors";
import { createTunnelAgent } from "../../provider/api/tunnel-agent";
import { paths, serviceRequest } from "./support/client-requests";
import { startProxy } from "./support/proxy";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const hosts = { login: "https://login.genesys.test", api: "https://api.genesys.test" };

/** An API behind a proxy, and how long it waits for a connection, in milliseconds. */
function createApi(origin: string, connect = 10_000) {
	const waits: number[] = [];
	const proxy = { origin, source: "a vault" };
	const api = createOAuthApi({
		hosts,
		credentials: { accessToken: "token" },
		proxies: { login: proxy, api: proxy },
		timeouts: { connect, request: 10_000 },
		clock: { now: () => Date.now(), sleep: async (milliseconds) => void waits.push(milliseconds) },
	});
	return { api, waits };
}

/** A proxy that answers every CONNECT with this text, or not at all, and an API behind it. */
async function startOddProxy(answer?: string, connect?: number) {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	let asked = 0;
	server.on("connect", (_, socket) => {
		asked += 1;
		onTestFinished(() => void socket.destroy());
		if (answer !== undefined) socket.write(answer);
		if (answer?.includes("close") === true) socket.end();
	});
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	return { ...createApi(`http://127.0.0.1:${port}`, connect), port, asked: () => asked };
}

describe("a proxy that makes no tunnel", () => {
	test.each([
		["hangs", undefined, "ETIMEDOUT", "no response from the proxy 127.0.0.1"],
		[
			"makes one to a host that hangs",
			"HTTP/1.1 200 OK\r\n\r\n",
			"ETIMEDOUT",
			"no response from api.genesys.test through",
		],
		["cuts", "close", "ECONNRESET", "no response from the proxy 127.0.0.1"],
		["answers what is no HTTP", "hello\r\n\r\n", "UNREADABLE", "no response from the proxy 127.0.0.1"],
		[
			"refuses the host",
			"HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n",
			"PROXY_403",
			"refused to connect to api.genesys.test (403)",
		],
	])("since it %s fails the call in one line; a POST has surely not acted", async (_, answer, code, said) => {
		// Long enough for a slow machine to reach the proxy, short enough to wait for.
		const { api, asked, port } = await startOddProxy(answer, code === "ETIMEDOUT" ? 1_000 : undefined);
		const error = await failureOf<ConnectionError>(api.postOauthClients(serviceRequest()));
		expect(error).toMatchObject({ name: "ConnectionError", code, mayHaveActed: false });
		expect(mayHaveActed(error, "post_oauth_clients")).toBe(false);
		expect(error.message).toContain(said);
		expect(error.message).toContain(`:${port}`);
		expect(error.message).not.toContain("\n");
		expect(asked()).toBe(1);
	});

	test("isn't taken for the API, whatever it answers: no client is gone because a proxy says so", async () => {
		const body = JSON.stringify({ code: "client.not.found", message: "m", status: 404 });
		const { api } = await startOddProxy(
			`HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
		);
		const error = await failureOf(api.getOauthClient("00000000-0000-4000-8000-000000000001"));
		expect(error).toMatchObject({ name: "ConnectionError", code: "PROXY_404" });
	});

	test.each([
		[503, 5],
		[403, 1],
	])("with a %i is asked %i times by a read", async (status, times) => {
		const { api, asked, waits } = await startOddProxy(`HTTP/1.1 ${status} No\r\nconnection: close\r\n\r\n`);
		await failureOf(api.getOauthScopes());
		expect([asked(), waits.length]).toEqual([times, times - 1]);
	});
});

test("a proxy that nobody listens at is told, with where it was set", async () => {
	const { api, waits } = createApi("http://127.0.0.1:1");
	const { message } = await failureOf(api.getOauthScopes());
	expect(message).toBe(
		"get_oauth_scopes failed: no response from the proxy 127.0.0.1:1 (ECONNREFUSED). Check the proxy; it was set by a vault",
	);
	// It may be starting: a read is tried as often as at the API itself.
	expect(waits).toHaveLength(4);
});

describe("a tunnel", () => {
	test("that waits for its next request for too long is closed, as any other connection", async () => {
		// A host that would keep it open for ever.
		const host = createServer({ keepAliveTimeout: 0 }, (_, response) => void response.end()).listen(0, "127.0.0.1");
		await once(host, "listening");
		onTestFinished(() => void host.close());
		const proxy = await startProxy();
		const agent = await createTunnelAgent(proxy, { connectTimeout: 10_000, idleTimeout: 50 });
		const closed = proxy.connectionClosed();
		const { port } = host.address() as AddressInfo;
		get(`http://127.0.0.1:${port}`, { agent }, (answer) => void answer.resume());
		await closed;
		expect(proxy.seen).toHaveLength(1);
	});

	test("serves one call after another", async () => {
		const { simulator } = await startSimulatedApi();
		const proxy = await startProxy();
		const token = simulator.organization.issueToken(simulator.administrator.clientId);
		const { hostname, port } = new URL(simulator.url);
		const api = createOAuthApi({
			hosts: { login: simulator.url, api: simulator.url },
			credentials: { accessToken: token },
			proxies: { api: { origin: proxy.origin } },
		});
		for (let call = 0; call < 3; call += 1) await api.getOauthScopes();
		expect(proxy.seen).toEqual([`CONNECT ${hostname}:${port}`]);
		expect(simulator.requests.count({ template: paths.scopes })).toBe(3);
	});
});

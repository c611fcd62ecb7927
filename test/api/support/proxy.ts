import type { Server as HttpsServer } from "node:https";
import { type PrepareRequestFunction, Server } from "proxy-chain";
import { onTestFinished } from "vitest";

/** The variables of the proxy of whoever runs the tests, as if nothing were set: a test of a proxy of its own begins with them. */
export const noProxyVariables: Record<string, string> = Object.fromEntries(
	["http_proxy", "https_proxy", "all_proxy"].flatMap((name) => [
		[name, ""],
		[name.toUpperCase(), ""],
	]),
);

/** A proxy on this machine, and what it has seen. */
export interface TestProxy {
	/** Protocol, host and port, without credentials. */
	origin: string;
	host: string;
	port: string;
	/** Each connection that it was asked for, as `CONNECT host:port`, followed by the credentials that came with it. */
	seen: string[];
	/** Waits until a connection to it is closed. */
	connectionClosed: () => Promise<void>;
}

/** What a proxy is like. */
export interface ProxyOptions {
	/** What it asks for, as `user:password`. @default nothing */
	credentials?: string;
	/** The server that it takes for every host: names that nobody else knows lead there. @default the host that it is asked for */
	behind?: HttpsServer | undefined;
	/** Its own key and certificate: it is then called by https. */
	certificate?: { key: string; cert: string };
}

/** Starts a proxy, which ends with the test. */
export async function startProxy({ credentials, behind, certificate }: ProxyOptions = {}): Promise<TestProxy> {
	const seen: string[] = [];
	const prepareRequestFunction: PrepareRequestFunction = ({ request, username, password }) => {
		const given = username === "" && password === "" ? "" : ` ${username}:${password}`;
		seen.push(`${request.method} ${request.url}${given}`);
		const isRefused = credentials !== undefined && credentials !== `${username}:${password}`;
		return {
			requestAuthentication: isRefused,
			...(behind === undefined || isRefused ? {} : { customConnectServer: behind }),
		};
	};
	const common = { host: "127.0.0.1", port: 0, prepareRequestFunction };
	const server = new Server(
		certificate === undefined ? common : { ...common, serverType: "https", httpsOptions: certificate },
	);
	await server.listen();
	onTestFinished(async () => server.close(true));
	return {
		origin: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${server.port}`,
		host: "127.0.0.1",
		port: String(server.port),
		seen,
		connectionClosed: async () => new Promise((resolve) => void server.once("connectionClosed", () => resolve())),
	};
}

import { once } from "node:events";
import type { Agent } from "node:https";
import type { Socket } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import { basicAuthorization } from "./basic-credentials";
import type { ProxyServer } from "./proxy-server";

/** A tunnel that could not be opened. Nothing of the request was sent. */
export class TunnelError extends Error {
	override readonly name = "TunnelError";
	/** What failed: the connection to the proxy, the proxy's response (a refusal), or the connection to the host. */
	readonly failed: "proxy" | "refusal" | "host";
	/** Such as `ECONNREFUSED`, or `PROXY_407` for a refusal. */
	readonly code: string;
	/** The HTTP status of a refusal. */
	readonly status: number | undefined;

	constructor(failed: TunnelError["failed"], code: string, status?: number) {
		super(code);
		this.failed = failed;
		this.code = code;
		this.status = status;
	}
}

/** Options of the agent of a proxy. */
export interface TunnelOptions {
	/** Timeout for opening the tunnel, and again for TLS to the host, in milliseconds. */
	connectTimeout: number;
	/** How long an idle tunnel is kept open, in milliseconds. */
	idleTimeout: number;
}

/**
 * An agent whose connections are tunnels through a proxy (CONNECT), for https and http: the proxy never sees a request.
 * The library is loaded only here, since most runs have no proxy.
 */
export async function createTunnelAgent(proxy: ProxyServer, options: TunnelOptions): Promise<Agent> {
	const { HttpsProxyAgent } = await import("https-proxy-agent");
	type Connect = InstanceType<typeof HttpsProxyAgent<string>>["connect"];

	class TunnelAgent extends HttpsProxyAgent<string> {
		override async connect(...[request, target]: Parameters<Connect>): ReturnType<Connect> {
			let status: number | undefined;
			request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => (status = statusCode));
			const host = target.host ?? "";
			const checked = {
				...target,
				// For an IP address Node would compare the certificate with the proxy's host.
				checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate),
			};
			try {
				// Until the tunnel is open a request has no socket, so got's timeouts don't apply to it.
				const socket = await within(options.connectTimeout, async (signal) => {
					this.connectOpts = { ...this.connectOpts, signal };
					return super.connect(request, checked);
				});
				if (Number.isNaN(status)) throw new TunnelError("proxy", "UNREADABLE");
				// The library would return the proxy's refusal as the host's response.
				if (status !== 200) throw new TunnelError("refusal", `PROXY_${status}`, status);
				if (target.secureEndpoint) await handshake(socket, options.connectTimeout);
				return socket;
			} catch (error) {
				if (error instanceof TunnelError) throw error;
				throw new TunnelError(status === 200 ? "host" : "proxy", codeOf(error));
			}
		}
	}

	const { credentials } = proxy;
	const agent = new TunnelAgent(proxy.origin, {
		keepAlive: true,
		// Not in the URL, which the library logs in debug mode.
		headers: credentials === undefined ? {} : { "Proxy-Authorization": basicAuthorization(credentials) },
	});
	// The library's constructor ignores this option.
	agent.options.timeout = options.idleTimeout;
	return agent;
}

/** Runs work with a timeout: its signal aborts at the timeout. */
async function within<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), milliseconds);
	try {
		return await work(patience.signal);
	} finally {
		clearTimeout(timer);
	}
}

async function handshake(socket: Socket, milliseconds: number): Promise<void> {
	try {
		await within(milliseconds, async (signal) => once(socket, "secureConnect", { signal }));
	} catch (error) {
		socket.destroy();
		throw error;
	}
}

/** The code of a failure. The library has none for a proxy that closes the connection without a response. */
function codeOf(error: unknown): string {
	const { code = "ECONNRESET" } = error as { code?: string };
	return code === "ABORT_ERR" ? "ETIMEDOUT" : code;
}

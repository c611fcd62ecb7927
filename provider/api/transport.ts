import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Got } from "got";
import { version } from "./version";
import { isCertificateFault } from "./certificate-faults";
import type { Clock } from "./clock";
import { isUnsettled } from "./errors";
import { hostAndPort } from "./origin";
import type { ProxyServer } from "./proxy-server";
import { type HttpResponse, errorOfNoResponse, errorOfTooLarge, mayHaveBeenSent, unsendable } from "./response-errors";
import type { FailedAttempt } from "./retry";
import { createTunnelAgent, TunnelError } from "./tunnel-agent";
import { errorOfNoTunnel } from "./tunnel-errors";

/** A failed attempt with the server's response. */
export interface FailedResponse extends FailedAttempt {
	/** The body of the response; undefined without one. */
	body?: string | undefined;
}

/** A request and how it is retried. */
export interface TransportRequest {
	/** The operation's name, for errors. */
	operation: string;
	method: "GET" | "POST" | "PUT" | "DELETE";
	url: string;
	headers?: Record<string, string>;
	/** A body sent as JSON. */
	json?: unknown;
	/** A body sent as a form. */
	form?: Record<string, string>;
	/** Aborts the request and the wait for another attempt. */
	signal?: AbortSignal | undefined;
	/** Milliseconds until the next attempt (0: immediately); undefined for no retry. */
	delay: (failed: FailedResponse) => number | undefined;
	/** Awaited before each attempt; returns headers for it. An error it throws ends the request unchanged. */
	beforeAttempt?: () => Promise<Record<string, string>>;
	/** Called after each attempt, with whether it may have taken effect, and with its response if there was one. */
	afterAttempt?: (mayHaveActed: boolean, answer?: AttemptResponse) => void;
}

/** The response of an attempt, without its body. */
interface AttemptResponse {
	/** HTTP status. */
	status: number;
	headers: HttpResponse["headers"];
	/** `Retry-After`, in milliseconds; undefined without one, or if the attempt was the last. */
	retryAfter?: number | undefined;
}

/** Timeouts of an attempt. */
export interface Timeouts {
	/** Milliseconds to establish the connection. */
	connect: number;
	/** Milliseconds from then to the complete response. */
	request: number;
}

/** Options of a transport. */
export interface TransportOptions {
	clock: Clock;
	timeouts: Timeouts;
	/** Maximum number of connections to one host. Through a proxy each concurrent request gets one: the caller limits those. */
	connections: number;
	/** The proxy for a URL. @default none */
	proxyFor?: ((url: string) => ProxyServer | undefined) | undefined;
	/** Headers added to every request. @default none */
	headers?: Record<string, string> | undefined;
	/** Maximum size of a response, in bytes after decompression. @default 64 MiB, more than any organization's list of clients */
	largestResponse?: number;
}

/** How long an idle connection is kept open, in milliseconds: less than servers and gateways usually do. */
const longestIdle = 4000;

/** From here on a date is nonsense, in milliseconds since 1970: a time after it may be none that a Date can hold. */
const latestDate = Date.UTC(10_000, 0);

/** Loaded with the first request, since a run without changes sends none. */
const loadGot = async () => import("got");

/** Sends requests and retries them; independent of Genesys Cloud. The only file that uses got. */
export class Transport {
	readonly #clock: Clock;
	readonly #options: TransportOptions;
	readonly #tunnels = new Map<string, Promise<HttpsAgent>>();
	#got: Got | undefined;
	#serverAhead = 0;

	constructor(options: TransportOptions) {
		this.#clock = options.clock;
		this.#options = options;
	}

	/** The server's time by its last response, in milliseconds since 1970, accurate to a second; the local time before any response. */
	serverTime(): number {
		return this.#clock.now() + this.#serverAhead;
	}

	/**
	 * Sends a request, and retries it as its `delay` says.
	 *
	 * @returns the last response, whatever its status
	 * @throws ConnectionError if there was none
	 */
	async send(request: TransportRequest): Promise<HttpResponse> {
		const { operation, method, url, headers = {}, json, form, signal, delay, beforeAttempt } = request;
		let underWay = false;
		let hindrance: { error: unknown } | undefined;
		const end = (mayHaveActed: boolean, answer?: AttemptResponse) => {
			if (!underWay) return;
			underWay = false;
			request.afterAttempt?.(mayHaveActed, answer);
		};
		const begin = async (options: { headers: Record<string, unknown> }) => {
			try {
				Object.assign(options.headers, await beforeAttempt?.());
				underWay = true;
			} catch (error) {
				hindrance = { error };
				throw error;
			}
		};
		const { default: got, HTTPError, RequestError, TimeoutError } = await loadGot();
		const noResponseOf = (error: unknown) => ({
			code: error instanceof RequestError ? error.code : "UNKNOWN",
			timedOutIn: error instanceof TimeoutError ? error.event : undefined,
		});
		this.#got ??= extendGot(got, this.#options);
		const proxy = this.#options.proxyFor?.(url);
		const tunnel = proxy && (await this.#tunnelThrough(proxy));
		const { largestResponse = 64 * 1024 * 1024 } = this.#options;
		const tooLarge = new AbortController();
		try {
			const sending = this.#got(url, {
				method,
				headers,
				...(json === undefined ? {} : { json }),
				...(form === undefined ? {} : { form }),
				signal: signal === undefined ? tooLarge.signal : AbortSignal.any([signal, tooLarge.signal]),
				...(tunnel === undefined ? {} : { agent: { http: tunnel, https: tunnel } }),
				hooks: { beforeRequest: [begin] },
				retry: {
					// got's own retry rules don't fit this API's POST and login.
					enforceRetryRules: false,
					calculateDelay: async ({ attemptCount, error, retryAfter }) => {
						if (hindrance !== undefined || isCertificateFault(error.code) || error.code === unsendable) return 0;
						const answer = error instanceof HTTPError ? error.response : undefined;
						const mayHaveActed =
							answer === undefined
								? tunnelErrorOf(error) === undefined && mayHaveBeenSent(noResponseOf(error))
								: isUnsettled(answer.statusCode);
						end(mayHaveActed, answer && { status: answer.statusCode, headers: answer.headers, retryAfter });
						const milliseconds = delay({
							method,
							attempts: attemptCount,
							status: answer?.statusCode ?? tunnelErrorOf(error)?.status,
							body: typeof answer?.body === "string" ? answer.body : undefined,
							retryAfter,
							random: Math.random(),
						});
						if (milliseconds === undefined) return 0;
						try {
							if (milliseconds > 0) await this.#clock.sleep(milliseconds);
						} catch {
							// In a cancelled run this attempt was the last.
							return 0;
						}
						// Our clock has waited already, so got must not.
						return 1;
					},
				},
			});
			void sending.on("downloadProgress", ({ transferred }) => {
				if (transferred > largestResponse) tooLarge.abort();
			});
			const response = await sending;
			const date = Date.parse(response.headers.date ?? "");
			if (date < latestDate) this.#serverAhead = date - this.#clock.now();
			end(true, { status: response.statusCode, headers: response.headers });
			return { status: response.statusCode, headers: response.headers, body: response.body };
		} catch (error) {
			// An aborted attempt ends only here.
			end(true);
			if (hindrance !== undefined) throw hindrance.error;
			if (tooLarge.signal.aborted) throw errorOfTooLarge(operation, largestResponse);
			const { host } = new URL(url);
			const noTunnel = tunnelErrorOf(error);
			if (proxy !== undefined && noTunnel !== undefined) throw errorOfNoTunnel(operation, host, proxy, noTunnel);
			const way = proxy === undefined ? host : `${host} (through the proxy ${hostAndPort(proxy.origin)})`;
			// got's errors contain the request and its token, so they must not be passed on.
			throw errorOfNoResponse(operation, way, noResponseOf(error));
		}
	}

	/** The agent of a proxy, shared by all hosts behind it. */
	async #tunnelThrough(proxy: ProxyServer): Promise<HttpsAgent> {
		const { connect: connectTimeout } = this.#options.timeouts;
		const agent =
			this.#tunnels.get(proxy.origin) ?? createTunnelAgent(proxy, { connectTimeout, idleTimeout: longestIdle });
		this.#tunnels.set(proxy.origin, agent);
		return agent;
	}
}

function tunnelErrorOf(error: unknown): TunnelError | undefined {
	const { cause } = error as { cause?: unknown };
	return cause instanceof TunnelError ? cause : undefined;
}

function extendGot(got: Got, { timeouts, connections, headers }: TransportOptions): Got {
	// The server may close an idle connection just as a POST is sent, whose outcome would then be unknown.
	const agent = { keepAlive: true, maxSockets: connections, timeout: longestIdle };
	return got.extend({
		agent: { http: new HttpAgent(agent), https: new HttpsAgent(agent) },
		// A redirect could send the token to another host.
		followRedirect: false,
		headers: { "user-agent": `pulumi-genesyscloud-oauth/${version}`, accept: "application/json", ...headers },
		responseType: "text",
		throwHttpErrors: false,
		timeout: { connect: timeouts.connect, secureConnect: timeouts.connect, request: timeouts.request },
	});
}

import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import got, { type Got, HTTPError, RequestError, TimeoutError } from "got";
import { version } from "../version";
import type { Clock } from "./clock";
import { type Answer, errorOfNoAnswer } from "./failures";
import type { FailedAttempt } from "./retry";

/** A failed attempt, with what the server said. */
export interface FailedAnswer extends FailedAttempt {
	/** The body of the answer; absent when none came. */
	body?: string | undefined;
}

/** One request, and how it is repeated. */
export interface TransportRequest {
	/** Name of the operation, for errors. */
	operation: string;
	method: "GET" | "POST" | "PUT" | "DELETE";
	url: string;
	headers?: Record<string, string>;
	/** A body sent as JSON. */
	json?: unknown;
	/** A body sent as a form. */
	form?: Record<string, string>;
	/** Aborts the request, and the waiting for another attempt. */
	signal?: AbortSignal | undefined;
	/** Milliseconds until the next attempt, or undefined for none. */
	delay: (failed: FailedAnswer) => number | undefined;
	/** Awaited before each attempt. */
	beforeAttempt?: () => Promise<void>;
	/** Told of each attempt's end, with the headers of its answer when one came. */
	afterAttempt?: (headers?: Answer["headers"]) => void;
}

/** How long an attempt may take. */
export interface Timeouts {
	/** Milliseconds for the connection to stand. */
	connect: number;
	/** Milliseconds from there to the whole answer. */
	request: number;
}

/** How long a connection may wait for its next request, in milliseconds: less than servers and gateways usually allow. */
const longestIdle = 4000;

/** Sends requests and waits for answers; knows nothing of Genesys Cloud. The only file that knows got. */
export class Transport {
	readonly #clock: Clock;
	readonly #got: Got;
	#serverAhead = 0;

	constructor(options: { clock: Clock; timeouts: Timeouts; connections: number }) {
		this.#clock = options.clock;
		// A connection that has been idle may be closed by the server at the very moment of a POST, whose outcome nobody would then know.
		const agent = { keepAlive: true, maxSockets: options.connections, timeout: longestIdle };
		this.#got = got.extend({
			agent: { http: new HttpAgent(agent), https: new HttpsAgent(agent) },
			// A redirect could carry the token to somebody else.
			followRedirect: false,
			headers: { "user-agent": `pulumi-genesyscloud-oauth/${version}`, accept: "application/json" },
			responseType: "text",
			throwHttpErrors: false,
			timeout: {
				connect: options.timeouts.connect,
				secureConnect: options.timeouts.connect,
				request: options.timeouts.request,
			},
		});
	}

	/** The time of the server that answered last, in milliseconds since 1970, to the second; before any answer, the clock's. */
	serverTime(): number {
		return this.#clock.now() + this.#serverAhead;
	}

	/**
	 * Sends a request, as often as its `delay` says.
	 *
	 * @returns the last answer, whatever its status
	 * @throws ConnectionError when none came
	 */
	async send(request: TransportRequest): Promise<Answer> {
		const { operation, method, url, headers = {}, json, form, signal, delay, beforeAttempt } = request;
		let underWay = false;
		const begin = async () => {
			underWay = true;
			await beforeAttempt?.();
		};
		const end = (answered?: Answer["headers"]) => {
			if (!underWay) return;
			underWay = false;
			request.afterAttempt?.(answered);
		};
		try {
			const response = await this.#got(url, {
				method,
				headers,
				...(json === undefined ? {} : { json }),
				...(form === undefined ? {} : { form }),
				...(signal === undefined ? {} : { signal }),
				hooks: { beforeRequest: [begin] },
				retry: {
					// The decision is wholly ours: got's own rules know neither this API's POST nor its login.
					enforceRetryRules: false,
					calculateDelay: async ({ attemptCount, error, retryAfter }) => {
						const answer = error instanceof HTTPError ? error.response : undefined;
						end(answer?.headers);
						const milliseconds = delay({
							method,
							attempts: attemptCount,
							status: answer?.statusCode,
							body: typeof answer?.body === "string" ? answer.body : undefined,
							retryAfter,
							random: Math.random(),
						});
						if (milliseconds === undefined) return 0;
						await this.#clock.sleep(milliseconds);
						// The waiting is done, by our clock: got itself must wait no longer.
						return 1;
					},
				},
			});
			const date = Date.parse(response.headers.date ?? "");
			if (!Number.isNaN(date)) this.#serverAhead = date - this.#clock.now();
			end(response.headers);
			return { status: response.statusCode, headers: response.headers, body: response.body };
		} catch (error) {
			// An aborted attempt ends here, and nowhere else.
			end();
			// got's errors carry the request, and with it the token: nothing of them may go on.
			throw errorOfNoAnswer(operation, new URL(url).host, {
				code: error instanceof RequestError ? error.code : "UNKNOWN",
				timedOutIn: error instanceof TimeoutError ? error.event : undefined,
			});
		}
	}
}

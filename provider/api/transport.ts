import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Got } from "got";
import { version } from "../version";
import type { Clock } from "./clock";
import { type HttpResponse, errorOfNoResponse } from "./response-errors";
import type { FailedAttempt } from "./retry";

/** A failed attempt, with what the server said. */
export interface FailedResponse extends FailedAttempt {
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
	/** Milliseconds until the next attempt (0: at once), or undefined for none. */
	delay: (failed: FailedResponse) => number | undefined;
	/** Awaited before each attempt: gives headers that go with it. What it throws is thrown on as it is, and ends the request. */
	beforeAttempt?: () => Promise<Record<string, string>>;
	/** Told of each attempt's end, with its answer when one came. */
	afterAttempt?: (answer?: AttemptResponse) => void;
}

/** What is told of each attempt that was answered. */
interface AttemptResponse {
	/** HTTP status. */
	status: number;
	headers: HttpResponse["headers"];
	/** What the server asked for in `Retry-After`, in milliseconds; absent when it didn't, or when the attempt is the last anyway. */
	retryAfter?: number | undefined;
}

/** How long an attempt may take. */
export interface Timeouts {
	/** Milliseconds for the connection to stand. */
	connect: number;
	/** Milliseconds from there to the whole answer. */
	request: number;
}

/** What a transport needs. */
export interface TransportOptions {
	clock: Clock;
	timeouts: Timeouts;
	/** Most connections to one host at the same time. */
	connections: number;
}

/** How long a connection may wait for its next request, in milliseconds: less than servers and gateways usually allow. */
const longestIdle = 4000;

/** With the first request: got takes 60 ms and 29 MB to load, and a run that changes nothing sends none. */
const loadGot = async () => import("got");

/** Sends requests and waits for answers; knows nothing of Genesys Cloud. The only file that knows got. */
export class Transport {
	readonly #clock: Clock;
	readonly #options: TransportOptions;
	#got: Got | undefined;
	#serverAhead = 0;

	constructor(options: TransportOptions) {
		this.#clock = options.clock;
		this.#options = options;
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
	async send(request: TransportRequest): Promise<HttpResponse> {
		const { operation, method, url, headers = {}, json, form, signal, delay, beforeAttempt } = request;
		let underWay = false;
		let hindrance: { error: unknown } | undefined;
		const end = (answer?: AttemptResponse) => {
			if (!underWay) return;
			underWay = false;
			request.afterAttempt?.(answer);
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
		this.#got ??= extendGot(got, this.#options);
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
						if (hindrance !== undefined) return 0;
						const answer = error instanceof HTTPError ? error.response : undefined;
						end(answer && { status: answer.statusCode, headers: answer.headers, retryAfter });
						const milliseconds = delay({
							method,
							attempts: attemptCount,
							status: answer?.statusCode,
							body: typeof answer?.body === "string" ? answer.body : undefined,
							retryAfter,
							random: Math.random(),
						});
						if (milliseconds === undefined) return 0;
						if (milliseconds > 0) await this.#clock.sleep(milliseconds);
						// The waiting is done, by our clock: got itself must wait no longer.
						return 1;
					},
				},
			});
			const date = Date.parse(response.headers.date ?? "");
			if (!Number.isNaN(date)) this.#serverAhead = date - this.#clock.now();
			end({ status: response.statusCode, headers: response.headers });
			return { status: response.statusCode, headers: response.headers, body: response.body };
		} catch (error) {
			// An aborted attempt ends here, and nowhere else.
			end();
			if (hindrance !== undefined) throw hindrance.error;
			// got's errors carry the request, and with it the token: nothing of them may go on.
			throw errorOfNoResponse(operation, new URL(url).host, {
				code: error instanceof RequestError ? error.code : "UNKNOWN",
				timedOutIn: error instanceof TimeoutError ? error.event : undefined,
			});
		}
	}
}

function extendGot(got: Got, { timeouts, connections }: TransportOptions): Got {
	// A connection that has been idle may be closed by the server at the very moment of a POST, whose outcome nobody would then know.
	const agent = { keepAlive: true, maxSockets: connections, timeout: longestIdle };
	return got.extend({
		agent: { http: new HttpAgent(agent), https: new HttpsAgent(agent) },
		// A redirect could carry the token to somebody else.
		followRedirect: false,
		headers: { "user-agent": `pulumi-genesyscloud-oauth/${version}`, accept: "application/json" },
		responseType: "text",
		throwHttpErrors: false,
		timeout: { connect: timeouts.connect, secureConnect: timeouts.connect, request: timeouts.request },
	});
}

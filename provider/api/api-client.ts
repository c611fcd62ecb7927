import pLimit, { type LimitFunction } from "p-limit";
import { type BasicCredentials, basicAuthorization } from "./basic-credentials";
import { CancelledError, cancellationBy, untilCancelled } from "./cancellation";
import { type Clock, systemClock } from "./clock";
import { type Deadline, endsBy } from "./deadline";
import { AuthenticationError, ConnectionError, type Created, GenesysCloudError, noteMayHaveActed } from "./errors";
import type { Answer } from "./answer-fields";
import { type HttpResponse, errorOfResponse } from "./response-errors";
import { type RateLimitReading, readRateLimit } from "./rate-limit-window";
import type { RateLimitWait } from "./rate-limit-wait";
import type { Proxies } from "./proxy-server";
import type { Hosts } from "./regions";
import { retryDelay } from "./retry";
import { type Credentials, login, TokenSource } from "./token-source";
import { defaultTokenPoolSize, TokenPool, type RequestPermit } from "./token-pool";
import { type FailedResponse, type Timeouts, Transport, type TransportOptions } from "./transport";
import { usableAnswer } from "./usable-answer";

/** Options of an API client. */
export interface ApiClientOptions {
	/** The hosts for login and API, from `regionHosts` or `gatewayHosts`. */
	hosts: Hosts;
	/** The credentials to log in with. */
	credentials: Credentials;
	/** The proxies to use. Environment variables such as `HTTPS_PROXY` are not read here. @default none */
	proxies?: Proxies;
	/**
	 * User name and password for the gateway. They are sent as `Proxy-Authorization`, since `Authorization` contains Genesys Cloud's own.
	 * @default none
	 */
	gatewayCredentials?: BasicCredentials;
	/** Timeouts of one attempt, in milliseconds. @default 10 s for the connection, 30 s for the response */
	timeouts?: Timeouts;
	/** Maximum number of concurrent calls. @default 20 */
	concurrency?: number;
	/**
	 * Maximum number of tokens. The vendor's limit of 300 requests a minute applies to each token: another token is fetched only when the
	 * limits of all current ones are used up and calls wait. With an `accessToken` there is only that one. @default 4
	 */
	tokenPoolSize?: number;
	/** Called once for each wait for the rate limit of 5 seconds or more, however many calls wait. `describeWait` turns it into a message. */
	onWait?: (wait: RateLimitWait) => void;
	/** The clock to use. @default the system clock */
	clock?: Clock;
	/**
	 * Cancels the run: waits end, and no further request is sent. A request that may change something and is under way is awaited, since what it
	 * has done must be known.
	 *
	 * @default the run is never cancelled
	 */
	cancelled?: AbortSignal;
}

/** An operation of the vendor's API. */
export interface Operation {
	/** The vendor's name of the operation, such as `post_oauth_clients`. */
	name: string;
	method: "GET" | "POST" | "PUT" | "DELETE";
	/** The path, with parameters in braces. */
	path: string;
}

/** The arguments of a call. */
export interface CallArguments {
	/** Values of the path parameters. */
	path?: Record<string, string>;
	/** Query parameters; undefined ones are omitted. */
	query?: Record<string, string | undefined>;
	/** Additional headers. */
	headers?: Record<string, string>;
	/** The body, sent as JSON. */
	body?: unknown;
	/** What the error of an unusable answer keeps: for a POST that creates. */
	created?: Answer<Created>;
}

/** Sends the calls of the operations. */
export interface Caller {
	/** Calls an operation; see {@link ApiClient.call}. */
	call: <T>(operation: Operation, answer: Answer<T>, args?: CallArguments) => Promise<T>;
}

/** What ends a call. */
interface Signals {
	/** Aborts at its deadline, also a request under way; undefined without one. */
	deadline: AbortSignal | undefined;
	/** Aborts when no further request may be sent. */
	any: AbortSignal;
}

/** What is known about a call when it times out. */
interface Progress {
	/** Whether a request was sent that may have taken effect. */
	sent: boolean;
	/** Whether the API refused the last one because of the rate limit. */
	refused: boolean;
	/** Whether a request is under way. */
	underWay: boolean;
}

/** The error for a call that timed out. */
function timeoutError(deadline: Deadline, operation: string, { sent, text }: { sent: boolean; text: string }) {
	return new ConnectionError(`${operation} failed: timed out after ${deadline.source}. ${text}`, {
		operation,
		code: "DEADLINE",
		mayHaveActed: sent,
	});
}

/** The error for a call that the user has cancelled. */
function cancelledError(operation: string, mayHaveActed: boolean) {
	const text = mayHaveActed ? `. ${mayHaveTakenEffect.text}` : "";
	return new ConnectionError(`${operation} failed: ${new CancelledError().message}${text}`, {
		operation,
		code: "CANCELLED",
		mayHaveActed,
	});
}

const mayHaveTakenEffect = { sent: true, text: "The request may still have taken effect" };

const defaultConcurrency = 20;

/** How a connection's requests are sent: timeouts, proxies, and the gateway's credentials. */
export function transportOptions(options: ApiClientOptions, clock: Clock): TransportOptions {
	const { hosts, proxies = {}, gatewayCredentials, concurrency = defaultConcurrency } = options;
	return {
		clock,
		timeouts: options.timeouts ?? { connect: 10_000, request: 30_000 },
		connections: concurrency,
		proxyFor: (url) => (url.startsWith(`${hosts.login}/oauth/`) ? proxies.login : proxies.api),
		headers: gatewayCredentials === undefined ? {} : { "proxy-authorization": basicAuthorization(gatewayCredentials) },
	};
}

/** Calls the vendor's API: logs in, respects the rate limit, retries what is safe to retry, turns failures into errors. */
export class ApiClient {
	readonly #hosts: Hosts;
	readonly #transport: Transport;
	readonly #credentials: Credentials;
	readonly #tokens: Pick<TokenSource, "renewable" | "source">;
	readonly #pool: TokenPool;
	readonly #limit: LimitFunction;
	readonly #cancelled: AbortSignal | undefined;
	#begun = 0;
	#done = 0;
	#rateLimit: RateLimitReading | undefined;

	constructor(options: ApiClientOptions) {
		const {
			hosts,
			credentials,
			concurrency = defaultConcurrency,
			tokenPoolSize = defaultTokenPoolSize,
			onWait,
			clock: givenClock = systemClock,
			cancelled,
		} = options;
		this.#cancelled = cancelled && cancellationBy(cancelled);
		const clock = this.#cancelled === undefined ? givenClock : untilCancelled(givenClock, this.#cancelled);
		this.#hosts = hosts;
		this.#transport = new Transport(transportOptions(options, clock));
		this.#limit = pLimit(concurrency);
		// A copy that all token sources share: see `useSecret`.
		this.#credentials = { ...credentials };
		const source = { transport: this.#transport, loginUrl: hosts.login, credentials: this.#credentials, clock };
		const first = new TokenSource(source);
		this.#tokens = first;
		this.#pool = new TokenPool({
			clock,
			first,
			further: first.renewable ? () => new TokenSource({ ...source, triesOnce: true }) : undefined,
			size: tokenPoolSize,
			onWait: (wait) =>
				onWait?.({ ...wait, done: this.#done, waiting: this.#begun - this.#done - this.#pool.underWay }),
		});
	}

	/** Uses a new secret for all further logins: that of the client that this one logs in with was rotated. */
	useSecret(clientSecret: string): void {
		if ("clientId" in this.#credentials) this.#credentials.clientSecret = clientSecret;
	}

	/**
	 * Calls an operation, and checks its answer: the only place that does.
	 *
	 * @param answer what the code above relies on
	 * @throws ApiError and its subclasses, AuthenticationError, ConnectionError
	 */
	async call<T>(operation: Operation, answer: Answer<T>, args: CallArguments = {}, deadline?: Deadline): Promise<T> {
		const progress: Progress = { sent: false, refused: false, underWay: false };
		const isRead = operation.method === "GET";
		const cancelled = deadline?.settles === true ? undefined : this.#cancelled;
		const signals = [deadline?.signal, cancelled].filter((signal) => signal !== undefined);
		const response = this.#call(operation, args, progress, {
			deadline: deadline?.signal,
			any: AbortSignal.any(signals),
		});
		const uncancelled =
			cancelled === undefined
				? response
				: endsBy({ signal: cancelled }, response, () =>
						progress.underWay && !isRead ? undefined : new CancelledError(),
					);
		const inTime =
			deadline === undefined
				? uncancelled
				: endsBy(deadline, uncancelled, () => timeoutError(deadline, operation.name, this.#stateOf(progress)));
		try {
			return usableAnswer(operation.name, await inTime, answer, args.created);
		} catch (error) {
			const isCancelled = error instanceof CancelledError;
			const told = isCancelled ? cancelledError(operation.name, progress.sent && !isRead) : error;
			if (progress.sent) noteMayHaveActed(told, operation.name);
			throw told;
		}
	}

	/**
	 * Tries a client's secret by a login, independent of this API client's own token.
	 *
	 * @param source where the secret came from, for messages
	 */
	async trySecret(clientId: string, clientSecret: string, source: string, deadline?: Deadline): Promise<SecretTrial> {
		const work = login({
			transport: this.#transport,
			loginUrl: this.#hosts.login,
			clientId,
			clientSecret,
			source,
			signal: deadline?.signal,
		});
		try {
			const uncancelled =
				this.#cancelled === undefined
					? work
					: endsBy({ signal: this.#cancelled }, work, () => cancelledError("login", false));
			await (deadline === undefined
				? uncancelled
				: endsBy(deadline, uncancelled, () => timeoutError(deadline, "login", mayHaveTakenEffect)));
			return "accepted";
		} catch (error) {
			if (!(error instanceof AuthenticationError)) throw error;
			const { code, description = "" } = error;
			// Another grant than this is refused only after the secret was found right.
			if (code === "unauthorized_client") return "accepted for another grant";
			// The same code stands for an unknown or inactive client, and perhaps for an address that isn't allowed.
			if (code === "invalid_client" && wrongSecret.test(description)) return "rejected";
			throw error;
		}
	}

	/** The server's time by the `Date` header of its last response, in milliseconds since 1970, accurate to a second. */
	serverTime(): number {
		return this.#transport.serverTime();
	}

	/** The rate-limit headers of the latest response; undefined before the first response, and when it had none. */
	rateLimit(): RateLimitReading | undefined {
		return this.#rateLimit;
	}

	async #call(operation: Operation, args: CallArguments, progress: Progress, signals: Signals): Promise<HttpResponse> {
		this.#begun += 1;
		const response = await this.#limit(async () => {
			try {
				const { response: first, permit } = await this.#send(operation, args, progress, signals);
				if (first.status !== 401 || !this.#tokens.renewable) return first;
				// A request with a rejected token had no effect, so retrying is safe for a POST too.
				await permit?.reject();
				return (await this.#send(operation, args, progress, signals)).response;
			} finally {
				this.#done += 1;
			}
		});
		if (response.status < 200 || response.status > 299)
			throw errorOfResponse(operation.name, response, this.#tokens.source);
		return response;
	}

	async #send(
		operation: Operation,
		args: CallArguments,
		progress: Progress,
		signals: Signals,
	): Promise<{ response: HttpResponse; permit: RequestPermit | undefined }> {
		const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
			const value = args.path?.[name];
			// An empty id or a dot would turn DELETE client into DELETE clients; two dots would go further up.
			if (value === undefined || /^\s*\.{0,2}\s*$/.test(value))
				throw new GenesysCloudError(`${operation.name} needs a value for ${name}`);
			return encodeURIComponent(value);
		});
		const url = new URL(this.#hosts.api + path);
		for (const [name, value] of Object.entries(args.query ?? {})) {
			if (value !== undefined) url.searchParams.set(name, value);
		}
		let permit: RequestPermit | undefined;
		let sentBefore = false;
		const response = await this.#transport.send({
			operation: operation.name,
			method: operation.method,
			url: url.href,
			headers: args.headers ?? {},
			json: args.body,
			delay: pauseBeforePermit,
			signal: signals.deadline,
			beforeAttempt: async () => {
				permit = await this.#pool.permit(signals.any);
				sentBefore = progress.sent;
				progress.sent = true;
				progress.underWay = true;
				return { authorization: `Bearer ${permit.token}` };
			},
			afterAttempt: (mayHaveActed, ended) => {
				const reading = ended && readRateLimit(ended.headers);
				if (ended !== undefined) this.#rateLimit = reading;
				progress.refused = ended?.status === 429;
				// An earlier attempt may have had an effect that this one had not.
				progress.sent = sentBefore || mayHaveActed;
				progress.underWay = false;
				permit?.end({ reading, refused: progress.refused, retryAfter: ended?.retryAfter });
			},
		});
		return { response, permit };
	}

	#stateOf({ sent, refused }: Progress): { sent: boolean; text: string } {
		if (sent) return mayHaveTakenEffect;
		if (!refused && !this.#pool.isWaiting) return { sent, text: "It wasn't sent" };
		return {
			sent,
			text: "It was waiting for Genesys Cloud's rate limit and wasn't carried out: run again, or raise the timeout",
		};
	}
}

/** What a login shows of a secret. */
export type SecretTrial = "accepted" | "accepted for another grant" | "rejected";

/** What the login says of a wrong secret. */
const wrongSecret = /^(authentication failed)?$/i;

/** How long a failed call waits before it requests its next permit. With a Retry-After the pool makes all calls wait. */
function pauseBeforePermit(failed: FailedResponse): number | undefined {
	const pause = retryDelay(failed);
	return pause !== undefined && failed.status === 429 && failed.retryAfter !== undefined ? 0 : pause;
}

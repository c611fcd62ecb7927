import pLimit, { type LimitFunction } from "p-limit";
import { type Clock, systemClock } from "./clock";
import { type Deadline, endsBy } from "./deadline";
import { ConnectionError, GenesysCloudError, isGenesysCloudError } from "./errors";
import { type HttpResponse, errorOfResponse, errorOfUnreadable } from "./response-errors";
import { parseJson } from "./json";
import { type RateLimitReading, readRateLimit } from "./rate-limit-window";
import type { RateLimitWait } from "./rate-limit-wait";
import type { Hosts } from "./regions";
import { retryDelay } from "./retry";
import { type Credentials, login, TokenSource } from "./token-source";
import { defaultTokenPoolSize, TokenPool, type RequestPermit } from "./token-pool";
import { type FailedResponse, type Timeouts, Transport } from "./transport";

/** What an API client needs. */
export interface ApiClientOptions {
	/** Where to log in and where to call: from `regionHosts` or `gatewayHosts`. */
	hosts: Hosts;
	/** How to log in. */
	credentials: Credentials;
	/** How long one attempt may take, in milliseconds. @default 10 s for the connection, 30 s for the answer */
	timeouts?: Timeouts;
	/** Most calls under way at the same time. @default 20 */
	concurrency?: number;
	/**
	 * Most tokens. The vendor's limit of 300 requests a minute is one for each token: another is fetched only when those there are have
	 * used theirs up and calls wait. A ready access token is the only one. @default 4
	 */
	tokenPoolSize?: number;
	/** Told when calls wait for the rate limit for some seconds, once for each wait, however many calls wait. `describeWait` puts it into words. */
	onWait?: (wait: RateLimitWait) => void;
	/** Where the time comes from. @default the machine's clock */
	clock?: Clock;
}

/** An operation of the vendor's API. */
export interface Operation {
	/** The vendor's own name for it, such as `post_oauth_clients`. */
	name: string;
	method: "GET" | "POST" | "PUT" | "DELETE";
	/** The path, with its parameters in braces. */
	path: string;
}

/** What a call sends. */
export interface CallArguments {
	/** Values for the braces in the path. */
	path?: Record<string, string>;
	/** Query parameters; undefined ones are left out. */
	query?: Record<string, string | undefined>;
	/** Headers beside the usual ones. */
	headers?: Record<string, string>;
	/** The body, sent as JSON. */
	body?: unknown;
}

/** What the operations are called through. */
export interface Caller {
	/** Calls an operation; see {@link ApiClient.call}. */
	call: (operation: Operation, args?: CallArguments) => Promise<unknown>;
}

/** What is known of a call when its time is up. */
interface Progress {
	/** Whether a request was sent that the API may have acted on. */
	sent: boolean;
	/** Whether the API refused the last one for the rate limit. */
	refused: boolean;
}

/** The error for a call that the time was too short for. */
function lateError(deadline: Deadline, operation: string, { sent, text }: { sent: boolean; text: string }) {
	return new ConnectionError(`${operation} failed: timed out after ${deadline.source}. ${text}`, {
		operation,
		code: "DEADLINE",
		mayHaveActed: sent,
	});
}

const mayHaveBeenDone = { sent: true, text: "The request may still have taken effect" };

/** Calls the vendor's API: logs in, keeps to the rate limit, repeats what may be repeated, turns failures into errors. */
export class ApiClient {
	readonly #hosts: Hosts;
	readonly #transport: Transport;
	readonly #credentials: Pick<TokenSource, "renewable" | "source">;
	readonly #pool: TokenPool;
	readonly #limit: LimitFunction;
	#begun = 0;
	#done = 0;
	#rateLimit: RateLimitReading | undefined;

	constructor(options: ApiClientOptions) {
		const {
			hosts,
			credentials,
			timeouts = { connect: 10_000, request: 30_000 },
			concurrency = 20,
			tokenPoolSize = defaultTokenPoolSize,
			onWait,
			clock = systemClock,
		} = options;
		this.#hosts = hosts;
		this.#transport = new Transport({ clock, timeouts, connections: concurrency });
		this.#limit = pLimit(concurrency);
		const source = { transport: this.#transport, loginUrl: hosts.login, credentials, clock };
		const first = new TokenSource(source);
		this.#credentials = first;
		this.#pool = new TokenPool({
			clock,
			first,
			further: first.renewable ? () => new TokenSource({ ...source, triesOnce: true }) : undefined,
			size: tokenPoolSize,
			onWait: (wait) =>
				onWait?.({ ...wait, done: this.#done, waiting: this.#begun - this.#done - this.#pool.underWay }),
		});
	}

	/**
	 * Calls an operation.
	 *
	 * @returns the answer's JSON, or undefined when its body is empty
	 * @throws ApiError and its kinds, AuthenticationError, ConnectionError
	 */
	async call(operation: Operation, args: CallArguments = {}, deadline?: Deadline): Promise<unknown> {
		const progress: Progress = { sent: false, refused: false };
		if (deadline === undefined) return this.#call(operation, args, progress);
		return endsBy(deadline, this.#call(operation, args, progress, deadline.signal), () =>
			lateError(deadline, operation.name, this.#stateOf(progress)),
		);
	}

	/** Whether a client can log in with a secret: asked of the login itself, past this client's own token. */
	async checkLogin(clientId: string, clientSecret: string, deadline?: Deadline): Promise<boolean> {
		const work = login({
			transport: this.#transport,
			loginUrl: this.#hosts.login,
			clientId,
			clientSecret,
			source: "the state of this stack",
			signal: deadline?.signal,
		});
		try {
			await (deadline === undefined
				? work
				: endsBy(deadline, work, () => lateError(deadline, "login", mayHaveBeenDone)));
			return true;
		} catch (error) {
			if (isGenesysCloudError(error) && "code" in error && error.code === "invalid_client") return false;
			throw error;
		}
	}

	/** The server's time, in milliseconds since 1970: what the `Date` of its last answer says, to the second. */
	serverTime(): number {
		return this.#transport.serverTime();
	}

	/** What the rate-limit headers of the latest answer said; undefined before any answer, and when it had none. */
	rateLimit(): RateLimitReading | undefined {
		return this.#rateLimit;
	}

	async #call(operation: Operation, args: CallArguments, progress: Progress, signal?: AbortSignal): Promise<unknown> {
		this.#begun += 1;
		const answer = await this.#limit(async () => {
			try {
				const { answer: first, permit } = await this.#send(operation, args, progress, signal);
				if (first.status !== 401 || !this.#credentials.renewable) return first;
				// The API hasn't acted on a token it doesn't take, so this is safe for a POST too.
				await permit?.reject();
				return (await this.#send(operation, args, progress, signal)).answer;
			} finally {
				this.#done += 1;
			}
		});
		if (answer.status < 200 || answer.status > 299)
			throw errorOfResponse(operation.name, answer, this.#credentials.source);
		if (answer.body.trim() === "") return undefined;
		const json = parseJson(answer.body);
		if (json === undefined) throw errorOfUnreadable(operation.name, answer);
		return json;
	}

	async #send(
		operation: Operation,
		args: CallArguments,
		progress: Progress,
		signal: AbortSignal | undefined,
	): Promise<{ answer: HttpResponse; permit: RequestPermit | undefined }> {
		const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
			const value = args.path?.[name];
			// An empty id would turn DELETE client into DELETE clients, and so would a dot; two would go further up.
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
		const answer = await this.#transport.send({
			operation: operation.name,
			method: operation.method,
			url: url.href,
			headers: args.headers ?? {},
			json: args.body,
			delay: pauseBeforePermit,
			signal,
			beforeAttempt: async () => {
				permit = await this.#pool.permit(signal);
				sentBefore = progress.sent;
				progress.sent = true;
				return { authorization: `Bearer ${permit.token}` };
			},
			afterAttempt: (ended) => {
				const reading = ended && readRateLimit(ended.headers);
				if (ended !== undefined) this.#rateLimit = reading;
				progress.refused = ended?.status === 429;
				// The API has surely not acted on what it refuses so.
				if (progress.refused || ended?.status === 401) progress.sent = sentBefore;
				permit?.end({ reading, refused: progress.refused, retryAfter: ended?.retryAfter });
			},
		});
		return { answer, permit };
	}

	#stateOf({ sent, refused }: Progress): { sent: boolean; text: string } {
		if (sent) return mayHaveBeenDone;
		if (!refused && !this.#pool.isWaiting) return { sent, text: "It wasn't sent" };
		return {
			sent,
			text: "It was waiting for Genesys Cloud's rate limit and wasn't carried out: run again, or raise the timeout",
		};
	}
}

/** How long a call waits before it asks for its next permit. When the API says how long that takes, the pool lets all wait. */
function pauseBeforePermit(failed: FailedResponse): number | undefined {
	const pause = retryDelay(failed);
	return pause !== undefined && failed.status === 429 && failed.retryAfter !== undefined ? 0 : pause;
}

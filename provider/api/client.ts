import pLimit, { type LimitFunction } from "p-limit";
import { type Clock, systemClock } from "./clock";
import type { Deadline } from "./deadline";
import { ConnectionError, GenesysCloudError, isGenesysCloudError } from "./errors";
import { errorOfAnswer, errorOfUnreadable, parseJson } from "./failures";
import { Pacing, readRateLimit } from "./pacing";
import type { Hosts } from "./regions";
import { retryDelay } from "./retry";
import { type Credentials, login, TokenSource } from "./token";
import { type Timeouts, Transport } from "./transport";

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

/** The work, or an error when the time is up first. */
async function within<T>(
	deadline: Deadline,
	operation: string,
	progress: { sent: boolean },
	work: Promise<T>,
): Promise<T> {
	// When the deadline wins, nobody waits for what is left of the work.
	work.catch(() => undefined);
	const late = deadline.passed.then(() => {
		throw new ConnectionError(
			`${operation} failed: no end within ${deadline.source}. ${progress.sent ? "It may have been carried out all the same" : "It hadn't been sent yet"}`,
			{ operation, code: "DEADLINE", mayHaveActed: progress.sent },
		);
	});
	return Promise.race([work, late]);
}

/** Calls the vendor's API: logs in, keeps to the rate limit, repeats what may be repeated, turns failures into errors. */
export class ApiClient {
	readonly #hosts: Hosts;
	readonly #transport: Transport;
	readonly #tokens: TokenSource;
	readonly #pacing: Pacing;
	readonly #limit: LimitFunction;

	constructor(options: ApiClientOptions) {
		const {
			hosts,
			credentials,
			timeouts = { connect: 10_000, request: 30_000 },
			concurrency = 20,
			clock = systemClock,
		} = options;
		this.#hosts = hosts;
		this.#transport = new Transport({ clock, timeouts, connections: concurrency });
		this.#tokens = new TokenSource({ transport: this.#transport, loginUrl: hosts.login, credentials, clock });
		this.#pacing = new Pacing(clock);
		this.#limit = pLimit(concurrency);
	}

	/**
	 * Calls an operation.
	 *
	 * @returns the answer's JSON, or undefined when its body is empty
	 * @throws ApiError and its kinds, AuthenticationError, ConnectionError
	 */
	async call(operation: Operation, args: CallArguments = {}, deadline?: Deadline): Promise<unknown> {
		if (deadline === undefined) return this.#call(operation, args, { sent: false });
		const progress = { sent: false };
		return within(deadline, operation.name, progress, this.#call(operation, args, progress, deadline.signal));
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
			await (deadline === undefined ? work : within(deadline, "login", { sent: true }, work));
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

	async #call(
		operation: Operation,
		args: CallArguments,
		progress: { sent: boolean },
		signal?: AbortSignal,
	): Promise<unknown> {
		return this.#limit(async () => {
			const token = await this.#tokens.token();
			let answer = await this.#send(operation, args, token, progress, signal);
			if (answer.status === 401 && this.#tokens.renewable) {
				// The API hasn't acted on a token it doesn't take, so this is safe for a POST too.
				await this.#tokens.reject(token);
				this.#pacing.forget();
				answer = await this.#send(operation, args, await this.#tokens.token(), progress, signal);
			}
			if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(operation.name, answer, this.#tokens.source);
			if (answer.body.trim() === "") return undefined;
			const json = parseJson(answer.body);
			if (json === undefined) throw errorOfUnreadable(operation.name, answer);
			return json;
		});
	}

	async #send(
		operation: Operation,
		args: CallArguments,
		token: string,
		progress: { sent: boolean },
		signal: AbortSignal | undefined,
	) {
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
		return this.#transport.send({
			operation: operation.name,
			method: operation.method,
			url: url.href,
			headers: { ...args.headers, authorization: `Bearer ${token}` },
			json: args.body,
			delay: retryDelay,
			signal,
			beforeAttempt: async () => {
				await this.#pacing.turn();
				signal?.throwIfAborted();
				progress.sent = true;
			},
			afterAttempt: (headers) => this.#pacing.done(headers === undefined ? undefined : readRateLimit(headers)),
		});
	}
}

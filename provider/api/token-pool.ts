import pLimit from "p-limit";
import type { Clock } from "./clock";
import { type EndRequest, RateLimitWindow, type RateLimitReading } from "./rate-limit-window";
import type { RateLimitWait } from "./rate-limit-wait";
import { longestRetryAfter } from "./retry";
import type { TokenSource } from "./token-source";

/** The default maximum number of tokens of an API client. */
export const defaultTokenPoolSize = 4;

/** A shorter wait, in milliseconds, justifies neither another login nor a notice. */
const shortWait = 5000;

/** A token with its rate-limit window. */
interface PooledToken {
	source: TokenSource;
	window: RateLimitWindow;
}

/** How an attempt at a call ended. */
export interface AttemptEnd {
	/** The rate-limit headers of its response; undefined without a response or such headers. */
	reading?: RateLimitReading | undefined;
	/** Whether the API refused it because of a rate limit (429). */
	refused: boolean;
	/** The wait that the API requested, in milliseconds; undefined if it didn't. */
	retryAfter?: number | undefined;
}

/** The permission to send one request. */
export interface RequestPermit {
	/** The token to send it with. */
	token: string;
	/** Reports that the request has finished; only the first call counts. Without it the token's count would stay wrong. */
	end: (end?: AttemptEnd) => void;
	/** Reports that the API rejected the token. */
	reject: () => Promise<void>;
}

/** Options of a token pool. */
export interface TokenPoolOptions {
	clock: Clock;
	/** The source of the first token. */
	first: TokenSource;
	/** Creates the source of another token, with a short login timeout. Undefined if no token can be fetched. */
	further?: (() => TokenSource) | undefined;
	/** Maximum number of tokens. */
	size: number;
	/** Called once for each window whose end calls wait for. */
	onWait: (wait: Omit<RateLimitWait, "done" | "waiting">) => void;
}

/**
 * Gives each request a permit, in order, with a token whose window has requests left. The vendor's limit applies to each token: when the
 * windows of all tokens are used up, the pool fetches another token, or waits for the first window to end if it is full. So a run within
 * one window logs in once.
 */
export class TokenPool {
	readonly #clock: Clock;
	readonly #further: (() => TokenSource) | undefined;
	readonly #onWait: TokenPoolOptions["onWait"];
	readonly #first: PooledToken;
	readonly #tokens: PooledToken[];
	readonly #most: number;
	readonly #inOrder = pLimit(1);
	#size: number;
	#pausedUntil = 0;
	#isWaiting = false;
	#responseCame: () => void = () => undefined;

	constructor(options: TokenPoolOptions) {
		this.#clock = options.clock;
		this.#further = options.further;
		this.#onWait = options.onWait;
		this.#most = options.size;
		this.#size = options.size;
		this.#first = { source: options.first, window: new RateLimitWindow(options.clock) };
		this.#tokens = [this.#first];
	}

	/** Number of unfinished requests. */
	get underWay(): number {
		return this.#tokens.reduce((sum, { window }) => sum + window.underWay, 0);
	}

	/** Whether calls are waiting for the rate limit. */
	get isWaiting(): boolean {
		return this.#isWaiting;
	}

	/**
	 * Resolves when a request may be sent.
	 *
	 * @param signal aborts the wait
	 * @throws the error of the first token's login; if another token can't be fetched, the pool continues without it
	 */
	async permit(signal?: AbortSignal): Promise<RequestPermit> {
		for (;;) {
			const { pooled, end } = await this.#inOrder(async () => this.#next(signal));
			try {
				// Outside the queue, so that all waiting requests share one login.
				const token = await pooled.source.token();
				signal?.throwIfAborted();
				return this.#toPermit(pooled, token, end);
			} catch (error) {
				this.#end(end);
				if (pooled === this.#first || signal?.aborted === true) throw error;
				this.#remove(pooled);
			}
		}
	}

	/** Waits for a token with requests left, and begins a request with it. */
	async #next(signal: AbortSignal | undefined): Promise<{ pooled: PooledToken; end: EndRequest }> {
		for (;;) {
			signal?.throwIfAborted();
			const pause = this.#pausedUntil - this.#clock.now();
			const waits = this.#tokens.map((pooled) => ({ pooled, wait: pooled.window.wait() }));
			const free = waits.find(({ wait }) => wait === 0);
			if (pause > 0) await this.#sleep(pause);
			else if (free !== undefined) return { pooled: free.pooled, end: free.pooled.window.begin() };
			else if (waits.some(({ wait }) => wait === "response")) await this.#nextResponse();
			else {
				const wait = Math.min(...waits.map((each) => Number(each.wait)));
				if (!(await this.#grow(wait))) await this.#sleep(wait, this.#first.window.allowed);
			}
		}
	}

	#toPermit(pooled: PooledToken, token: string, end: EndRequest): RequestPermit {
		return {
			token,
			end: (attempt) => {
				this.#end(end, attempt);
			},
			reject: async () => pooled.source.reject(token),
		};
	}

	#end(end: EndRequest, attempt: AttemptEnd = { refused: false }): void {
		const { reading, refused, retryAfter } = attempt;
		const asked = refused && retryAfter !== undefined && retryAfter <= longestRetryAfter ? retryAfter : undefined;
		end({ reading, retryAfter: asked });
		if (asked !== undefined && (reading === undefined || reading.count < reading.allowed)) this.#pause(asked);
		this.#responseCame();
	}

	/** Pauses all tokens: a refusal that the token's count doesn't explain comes from another limit. */
	#pause(milliseconds: number): void {
		const now = this.#clock.now();
		// A limit of the client or the organization: more tokens would only reach it sooner. Refusals during the pause don't shrink the pool again.
		if (now >= this.#pausedUntil) {
			this.#size = Math.max(1, Math.min(this.#size, this.#tokens.length - 1));
			this.#tokens.splice(this.#size);
		}
		this.#pausedUntil = Math.max(this.#pausedUntil, now + milliseconds);
	}

	/** Fetches another token if the pool isn't full and the wait is long enough to justify it. */
	async #grow(wait: number): Promise<boolean> {
		if (this.#further === undefined || this.#tokens.length >= this.#size || wait < shortWait) return false;
		const source = this.#further();
		try {
			await source.token();
		} catch {
			// Continue without it: the first token's window ends soon.
			return false;
		}
		this.#tokens.push({ source, window: new RateLimitWindow(this.#clock) });
		return true;
	}

	#remove(pooled: PooledToken): void {
		const index = this.#tokens.indexOf(pooled);
		if (index > 0) this.#tokens.splice(index, 1);
	}

	async #sleep(milliseconds: number, allowed?: number): Promise<void> {
		const tokens = this.#tokens.length;
		if (milliseconds >= shortWait)
			this.#onWait({ milliseconds, allowed, tokens, isPoolFull: this.#further !== undefined && tokens === this.#most });
		this.#isWaiting = true;
		try {
			await this.#clock.sleep(milliseconds);
		} finally {
			this.#isWaiting = false;
		}
	}

	async #nextResponse(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.#responseCame = resolve;
		});
	}
}

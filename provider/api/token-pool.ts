import pLimit from "p-limit";
import type { Clock } from "./clock";
import { type EndRequest, RateLimitWindow, type RateLimitReading } from "./rate-limit-window";
import type { RateLimitWait } from "./rate-limit-wait";
import { longestRetryAfter } from "./retry";
import type { TokenSource } from "./token-source";

/** Most tokens of one API client, unless it is told otherwise. */
export const defaultTokenPoolSize = 4;

/** A wait shorter than this, in milliseconds, is worth neither another login nor a word to the user. */
const shortWait = 5000;

/** A token with the window that it has of the rate limit. */
interface PooledToken {
	source: TokenSource;
	window: RateLimitWindow;
}

/** How an attempt at a call ended. */
export interface AttemptEnd {
	/** What the rate-limit headers of its answer said; undefined without an answer, or without such headers. */
	reading?: RateLimitReading | undefined;
	/** Whether the API refused it for a rate limit: 429. */
	refused: boolean;
	/** How long the API asked to wait, in milliseconds; undefined when it didn't. */
	retryAfter?: number | undefined;
}

/** Permits one request. */
export interface RequestPermit {
	/** The token to send it with. */
	token: string;
	/** Tells the end of the request; only the first time counts. Without it the token's count would be off for good. */
	end: (end?: AttemptEnd) => void;
	/** Says that the API didn't take the token. */
	reject: () => Promise<void>;
}

/** What a pool needs. */
export interface TokenPoolOptions {
	clock: Clock;
	/** The source of the token that all work starts with. */
	first: TokenSource;
	/** Makes the source of a further token: one that gives up soon. Undefined where no token can be fetched. */
	further?: (() => TokenSource) | undefined;
	/** Most tokens. */
	size: number;
	/** Told once for each window when calls wait for its end. */
	onWait: (wait: Omit<RateLimitWait, "done" | "waiting">) => void;
}

/**
 * Gives each request its permit, in the order in which they ask, with a token whose window has room. The vendor's limit is one for
 * each token: when the windows of all tokens are used up, another token is fetched, as long as there may be more, and else the first
 * window to end is waited for. So who stays inside one window logs in once.
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
	#answerCame: () => void = () => undefined;

	constructor(options: TokenPoolOptions) {
		this.#clock = options.clock;
		this.#further = options.further;
		this.#onWait = options.onWait;
		this.#most = options.size;
		this.#size = options.size;
		this.#first = { source: options.first, window: new RateLimitWindow(options.clock) };
		this.#tokens = [this.#first];
	}

	/** Requests that have begun and haven't ended. */
	get underWay(): number {
		return this.#tokens.reduce((sum, { window }) => sum + window.underWay, 0);
	}

	/** Whether calls wait for the rate limit now. */
	get isWaiting(): boolean {
		return this.#isWaiting;
	}

	/**
	 * Resolves when a request may be sent.
	 *
	 * @param signal gives up the wait for it
	 * @throws what the login of the first token fails with; a further token that can't be had is done without
	 */
	async permit(signal?: AbortSignal): Promise<RequestPermit> {
		for (;;) {
			const { pooled, end } = await this.#inOrder(async () => this.#next(signal));
			try {
				// Outside the order, so that all who need a login share its outcome.
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

	/** Takes the next free place. */
	async #next(signal: AbortSignal | undefined): Promise<{ pooled: PooledToken; end: EndRequest }> {
		for (;;) {
			signal?.throwIfAborted();
			const pause = this.#pausedUntil - this.#clock.now();
			const waits = this.#tokens.map((pooled) => ({ pooled, wait: pooled.window.wait() }));
			const free = waits.find(({ wait }) => wait === 0);
			if (pause > 0) await this.#sleep(pause);
			else if (free !== undefined) return { pooled: free.pooled, end: free.pooled.window.begin() };
			else if (waits.some(({ wait }) => wait === "answer")) await this.#nextAnswer();
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
		this.#answerCame();
	}

	/** Stops all tokens for a while: a refusal that the token's own count doesn't explain is another limit's. */
	#pause(milliseconds: number): void {
		const now = this.#clock.now();
		// Of the client or of the organization: more tokens would only meet it sooner. Those that were under way then say nothing new.
		if (now >= this.#pausedUntil) {
			this.#size = Math.max(1, Math.min(this.#size, this.#tokens.length - 1));
			this.#tokens.splice(this.#size);
		}
		this.#pausedUntil = Math.max(this.#pausedUntil, now + milliseconds);
	}

	/** Fetches another token, if there may be one and the wait is worth it. */
	async #grow(wait: number): Promise<boolean> {
		if (this.#further === undefined || this.#tokens.length >= this.#size || wait < shortWait) return false;
		const source = this.#further();
		try {
			await source.token();
		} catch {
			// Whatever is wrong, the first token's window ends soon.
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
		await this.#clock.sleep(milliseconds);
		this.#isWaiting = false;
	}

	async #nextAnswer(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.#answerCame = resolve;
		});
	}
}

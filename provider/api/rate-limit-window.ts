import type { Clock } from "./clock";

/** The vendor's rate-limit headers of a response, as numbers. */
export interface RateLimitReading {
	/** `inin-ratelimit-allowed`: allowed requests per window. */
	allowed: number;
	/** `inin-ratelimit-count`: requests counted in this window so far. */
	count: number;
	/** `inin-ratelimit-reset`: seconds until the window ends. */
	reset: number;
}

/** The vendor's windows last a minute: a reset further away than this, in seconds, is ignored. */
const longestWindow = 300;

/** Two window ends within this many milliseconds are the same: the header has whole seconds, and latency varies. */
const tolerance = 2000;

/** Reads the rate-limit headers of a response; undefined if they are missing or unusable. */
export function readRateLimit(headers: Record<string, string | string[] | undefined>): RateLimitReading | undefined {
	const number = (name: string) => {
		const value = headers[name];
		return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
	};
	const allowed = number("inin-ratelimit-allowed");
	const count = number("inin-ratelimit-count");
	const reset = number("inin-ratelimit-reset");
	if (allowed === undefined || count === undefined || reset === undefined || reset > longestWindow) return undefined;
	return { allowed, count, reset };
}

/** What a finished request tells about the rate limit. */
interface RequestEnd {
	/** The headers of its response; undefined without a response or usable headers. */
	reading?: RateLimitReading | undefined;
	/** The wait that a refusal (429) requests, in milliseconds; undefined otherwise. */
	retryAfter?: number | undefined;
}

/** Reports that a request has finished. Only the first call counts. */
export type EndRequest = (end: RequestEnd) => void;

/** The current window, as far as it is known. */
interface Window {
	allowed: number;
	count: number;
	/** When the request that first showed it was sent. */
	begun: number;
	ends: number;
}

/**
 * The vendor's rate limit for one token: learns from the responses when the window's requests are used up and when it ends. `TokenPool`
 * does the waiting.
 */
export class RateLimitWindow {
	readonly #clock: Clock;
	#window: Window | undefined;
	#underWay = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Number of unfinished requests. */
	get underWay(): number {
		return this.#underWay;
	}

	/** Allowed requests per window, if known. */
	get allowed(): number | undefined {
		return this.#window?.allowed;
	}

	/**
	 * What the next request must wait for: nothing (0), a number of milliseconds, or the response to an unfinished request. Unfinished
	 * requests may or may not be counted yet; the window is used up only if none of them is.
	 */
	wait(): number | "response" {
		const now = this.#clock.now();
		if (this.#window !== undefined && now >= this.#window.ends) this.#window = undefined;
		if (this.#window === undefined) return 0;
		const { allowed, count, ends } = this.#window;
		if (count >= allowed) return ends - now;
		return count + this.#underWay < allowed ? 0 : "response";
	}

	/** Begins a request; its end must be reported. */
	begin(): EndRequest {
		const begun = this.#clock.now();
		let ended = false;
		this.#underWay += 1;
		return ({ reading, retryAfter }) => {
			if (ended) return;
			ended = true;
			this.#underWay -= 1;
			if (reading === undefined) return;
			// Counted from when the request was sent, not from its response: the next request takes as long to arrive.
			const ends = begun + reading.reset * 1000;
			if (retryAfter === undefined) this.#note(reading, begun, ends);
			// A refusal overrides what was known before.
			else this.#window = { ...reading, begun, ends: Math.max(ends, this.#clock.now() + retryAfter) };
		};
	}

	/** Updates the window from a response. */
	#note({ allowed, count }: RateLimitReading, begun: number, ends: number): void {
		const window = this.#window;
		if (window !== undefined && Math.abs(ends - window.ends) <= tolerance) {
			// Responses may arrive out of order: the highest count is the newest.
			this.#window = { ...window, count: Math.max(window.count, count), ends: Math.max(window.ends, ends) };
			return;
		}
		// A late response of the previous window.
		if (window !== undefined && ends < window.ends && begun < window.begun) return;
		this.#window = { allowed, count, begun, ends };
	}
}

import type { Clock } from "./clock";

/** The vendor's rate-limit headers of one answer, each already a number. */
export interface RateLimitReading {
	/** `inin-ratelimit-allowed`: requests in a window. */
	allowed: number;
	/** `inin-ratelimit-count`: requests already counted in this window. */
	count: number;
	/** `inin-ratelimit-reset`: seconds until the window ends. */
	reset: number;
}

/** The vendor's windows last a minute: a reset further away than this, in seconds, is no reset, and nobody should wait for it. */
const longestWindow = 300;

/** Two ends of a window that are no further apart than this, in milliseconds, are one: the header counts whole seconds, and lines vary. */
const tolerance = 2000;

/** Reads the rate-limit headers of an answer; undefined when it has none that can be used. */
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

/** What the end of a request tells of the rate limit. */
interface RequestEnd {
	/** What the headers of its answer said; undefined without an answer, or without headers that can be used. */
	reading?: RateLimitReading | undefined;
	/** How long a refusal (429) asks to wait, in milliseconds; undefined when it doesn't, and for any other answer. */
	retryAfter?: number | undefined;
}

/** Tells the end of a request. Only the first time counts. */
export type EndRequest = (end: RequestEnd) => void;

/** What is known of the window. */
interface Window {
	allowed: number;
	count: number;
	/** When the request left that showed it first. */
	begun: number;
	ends: number;
}

/**
 * The vendor's rate limit for one token: knows from the answers when the window's requests are used up, and when it ends. It doesn't wait
 * itself: see `TokenPool`.
 */
export class RateLimitWindow {
	readonly #clock: Clock;
	#window: Window | undefined;
	#underWay = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Requests that have begun and haven't ended. */
	get underWay(): number {
		return this.#underWay;
	}

	/** Requests in a window, as far as it is known. */
	get allowed(): number | undefined {
		return this.#window?.allowed;
	}

	/**
	 * What the next request must wait for: nothing (0), so many milliseconds, or an answer that is under way and will tell. Requests
	 * under way may be in the count already or not; only when they all aren't would the window be used up.
	 */
	wait(): number | "answer" {
		const now = this.#clock.now();
		if (this.#window !== undefined && now >= this.#window.ends) this.#window = undefined;
		if (this.#window === undefined) return 0;
		const { allowed, count, ends } = this.#window;
		if (count >= allowed) return ends - now;
		return count + this.#underWay < allowed ? 0 : "answer";
	}

	/** Begins a request. Its end must be told. */
	begin(): EndRequest {
		const begun = this.#clock.now();
		let ended = false;
		this.#underWay += 1;
		return ({ reading, retryAfter }) => {
			if (ended) return;
			ended = true;
			this.#underWay -= 1;
			if (reading === undefined) return;
			// Counted from when the request left, not from when its answer came: the next one will be as long on its way there.
			const ends = begun + reading.reset * 1000;
			if (retryAfter === undefined) this.#note(reading, begun, ends);
			// What the API asks for when it refuses is done, whatever was known before.
			else this.#window = { ...reading, begun, ends: Math.max(ends, this.#clock.now() + retryAfter) };
		};
	}

	/** Takes in what an answer said of the window. */
	#note({ allowed, count }: RateLimitReading, begun: number, ends: number): void {
		const window = this.#window;
		if (window !== undefined && Math.abs(ends - window.ends) <= tolerance) {
			// Answers overtake each other: the highest count is the newest.
			this.#window = { ...window, count: Math.max(window.count, count), ends: Math.max(window.ends, ends) };
			return;
		}
		// An answer of the window before, overtaken by one of this.
		if (window !== undefined && ends < window.ends && begun < window.begun) return;
		this.#window = { allowed, count, begun, ends };
	}
}

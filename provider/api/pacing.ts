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

/**
 * Keeps the calls of one token inside the vendor's rate limit: when the window's requests are used up, the next calls wait for
 * the window's end in place of running into a 429.
 */
export class Pacing {
	readonly #clock: Clock;
	#window: { left: number; ends: number } | undefined;
	#underWay = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Resolves when a request may be sent; every call must be followed by one of {@link done}. */
	async turn(): Promise<void> {
		for (;;) {
			const now = this.#clock.now();
			if (this.#window !== undefined && now >= this.#window.ends) this.#window = undefined;
			if (this.#window === undefined || this.#window.left > 0) break;
			await this.#clock.sleep(this.#window.ends - now);
		}
		if (this.#window !== undefined) this.#window.left -= 1;
		this.#underWay += 1;
	}

	/** Says that an answer came, or that none will. */
	done(reading?: RateLimitReading): void {
		this.#underWay -= 1;
		if (reading === undefined) return;
		const ends = this.#clock.now() + reading.reset * 1000;
		// Those under way will be counted too, though this answer doesn't know of them yet.
		const left = reading.allowed - reading.count - this.#underWay;
		// Within a window answers may overtake each other: the lowest reading is the truest. The header counts whole seconds.
		const sameWindow = this.#window !== undefined && ends <= this.#window.ends + 1000;
		this.#window =
			sameWindow && this.#window !== undefined
				? { left: Math.min(this.#window.left, left), ends: Math.max(this.#window.ends, ends) }
				: { left, ends };
	}

	/** A new token has a window of its own. */
	forget(): void {
		this.#window = undefined;
	}
}

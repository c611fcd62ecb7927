/** What is known when a call has failed and it must be decided whether, and when, it is repeated. */
export interface FailedAttempt {
	/** HTTP method in capitals. */
	method: string;
	/** How many attempts have failed so far: 1 after the first. */
	attempts: number;
	/** HTTP status of the answer; absent when none came. */
	status?: number | undefined;
	/** What the server asked for in `Retry-After`, in milliseconds; absent when it didn't. */
	retryAfter?: number | undefined;
	/** A number from 0 up to 1 that spreads the callers. */
	random: number;
}

/** Most attempts at a call that meets the rate limit: waits of a minute each are normal then. */
const attemptsAtRateLimit = 10;
/** Most attempts at a call that meets a fault of the server or the line. */
const attemptsAtFault = 5;
/** A longer Retry-After isn't waited for: the user is better told. The vendor's own SDKs draw the line there too. */
export const longestRetryAfter = 180_000;

const longestBackoff = 30_000;

/**
 * How long to wait, in milliseconds, before a failed call is repeated, or undefined when it must not be.
 *
 * A POST isn't idempotent: it is repeated on 429 only, since the API has then surely not acted. Other methods are also repeated on
 * 408, 500, 502, 503, 504 and when no answer came. `Retry-After` wins over the growing, spread pause that is taken otherwise.
 */
export function retryDelay(failed: FailedAttempt): number | undefined {
	const { method, attempts, status, retryAfter } = failed;
	const rateLimited = status === 429;
	const faulty = status === undefined || status === 408 || (status >= 500 && status <= 504 && status !== 501);
	if (!(rateLimited || (faulty && method !== "POST"))) return undefined;
	if (attempts >= (rateLimited ? attemptsAtRateLimit : attemptsAtFault)) return undefined;
	if (retryAfter !== undefined) return retryAfter > longestRetryAfter ? undefined : Math.max(retryAfter, 1);
	const pause = Math.min(500 * 2 ** (attempts - 1), longestBackoff);
	return Math.round(pause * (0.5 + failed.random / 2));
}

/** A failed attempt: the input for the decision whether and when to retry. */
export interface FailedAttempt {
	/** HTTP method, uppercase. */
	method: string;
	/** Number of failed attempts so far: 1 after the first. */
	attempts: number;
	/** HTTP status of the response; undefined without one. */
	status?: number | undefined;
	/** `Retry-After` of the response, in milliseconds; undefined without one. */
	retryAfter?: number | undefined;
	/** A random number from 0 up to 1, for jitter. */
	random: number;
}

/** Maximum attempts at the rate limit, where waits of a minute each are normal. */
const attemptsAtRateLimit = 10;
/** Maximum attempts at a server or network error. */
const attemptsAtFault = 5;
/** The longest Retry-After to wait for; a longer one is an error. The vendor's SDKs have the same limit. */
export const longestRetryAfter = 180_000;

const longestBackoff = 30_000;

/**
 * How long to wait before a failed call is retried, in milliseconds; undefined if it must not be retried.
 *
 * A POST isn't idempotent: it is retried on 429 only, since it then had no effect. Other methods are also retried on 408, 500, 502, 503,
 * 504 and without a response. `Retry-After` takes precedence over the exponential backoff with jitter.
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

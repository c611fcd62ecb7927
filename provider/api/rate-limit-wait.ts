/** A wait of calls for the vendor's rate limit. */
export interface RateLimitWait {
	/** The wait until the next request, in milliseconds. */
	milliseconds: number;
	/** Allowed requests per window and token; undefined if the API requested the pause for another reason than the token's limit. */
	allowed?: number | undefined;
	/** Number of tokens in use. */
	tokens: number;
	/** Whether `tokenPoolSize` allows no more tokens, so that a larger value would shorten the wait. */
	isPoolFull: boolean;
	/** Number of finished calls. */
	done: number;
	/** Number of waiting calls. */
	waiting: number;
}

/** Describes a wait in one line: how long, for what, and how to shorten it. */
export function describeWait({ milliseconds, allowed, tokens, isPoolFull, done, waiting }: RateLimitWait): string {
	const wait = `waiting ${Math.ceil(milliseconds / 1000)} s`;
	// A single waiting call is the first of many: the others haven't asked yet.
	const progress = `${done} calls done${waiting > 1 ? `, ${waiting} waiting` : ""}`;
	if (allowed === undefined) return `${wait}, as Genesys Cloud requested (429): ${progress}`;
	const limit = `${allowed} requests a minute for ${tokens === 1 ? "one token" : `each of ${tokens} tokens`}`;
	const advice = isPoolFull ? "; a larger tokenPoolSize (GENESYSCLOUD_TOKEN_POOL_SIZE) allows more tokens" : "";
	return `${wait} for Genesys Cloud's rate limit (${limit}): ${progress}${advice}`;
}

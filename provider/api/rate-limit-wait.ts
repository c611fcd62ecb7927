/** Calls that wait for the vendor's rate limit. */
export interface RateLimitWait {
	/** How long until the next may be sent, in milliseconds. */
	milliseconds: number;
	/** Requests in a window for one token; undefined when the API asked for the pause for another reason than a token's own limit. */
	allowed?: number | undefined;
	/** How many tokens are in use. */
	tokens: number;
	/** Whether these are all that `tokenPoolSize` allows, so that a greater one would let calls go on. */
	isPoolFull: boolean;
	/** How many calls have ended so far. */
	done: number;
	/** How many calls wait. */
	waiting: number;
}

/** Says in one line that calls wait, for how long and for what, and what would make it shorter. */
export function describeWait({ milliseconds, allowed, tokens, isPoolFull, done, waiting }: RateLimitWait): string {
	const wait = `waiting ${Math.ceil(milliseconds / 1000)} s`;
	// One call is the first of those that will wait: the others haven't asked yet.
	const progress = `${done} calls done${waiting > 1 ? `, ${waiting} waiting` : ""}`;
	if (allowed === undefined) return `${wait}, as Genesys Cloud requested (429): ${progress}`;
	const limit = `${allowed} requests a minute for ${tokens === 1 ? "one token" : `each of ${tokens} tokens`}`;
	const advice = isPoolFull ? "; a larger GENESYSCLOUD_TOKEN_POOL_SIZE allows more tokens" : "";
	return `${wait} for Genesys Cloud's rate limit (${limit}): ${progress}${advice}`;
}

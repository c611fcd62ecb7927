import { formatCount } from "./format";

/** Before this, a few quick answers would promise too much. */
const leastMilliseconds = 5000;

/**
 * An estimate of the time that work takes on, such as `about 6 minutes left`: what is left takes as long for each as what is done did.
 *
 * @returns undefined as long as too little is done to tell, and when all is
 */
export function timeLeft(work: {
	/** How much is done. */
	done: number;
	/** How much there is. */
	total: number;
	/** How long that took, in milliseconds. */
	elapsed: number;
}): string | undefined {
	const { done, total, elapsed } = work;
	if (done === 0 || done >= total || elapsed < leastMilliseconds) return undefined;
	const left = (elapsed / done) * (total - done);
	return left < 60_000 ? "less than a minute left" : `about ${formatCount(Math.round(left / 60_000), "minute")} left`;
}

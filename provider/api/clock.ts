import { setTimeout as wait } from "node:timers/promises";

/**
 * Where the package takes the time from and how it waits, so that a test can decide both.
 */
export interface Clock {
	/** The current time in milliseconds since 1970-01-01T00:00:00Z. */
	now(): number;
	/** Resolves after this many milliseconds. */
	sleep(milliseconds: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async (milliseconds) => {
		await wait(milliseconds);
	},
};

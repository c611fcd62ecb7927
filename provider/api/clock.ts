import { setTimeout as wait } from "node:timers/promises";

/** Tells the time and waits; tests replace it. */
export interface Clock {
	/** The current time in milliseconds since 1970-01-01T00:00:00Z. */
	now(): number;
	/** Resolves after a number of milliseconds. */
	sleep(milliseconds: number): Promise<void>;
}

/** The system clock. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async (milliseconds) => {
		await wait(milliseconds);
	},
};

import { setTimeout as sleepFor } from "node:timers/promises";

/** The simulator's source of time. Everything that depends on time uses it. */
export interface Clock {
	/** The current time, in milliseconds since 1970-01-01T00:00:00Z. */
	now(): number;
	/**
	 * Waits.
	 * @param ms How long, in milliseconds.
	 */
	sleep(ms: number): Promise<void>;
}

/** A clock that can be advanced, here or over HTTP (`POST /simulator/clock`). */
export interface SettableClock extends Clock {
	/**
	 * Advances the clock.
	 * @param ms By how much, in milliseconds; not negative.
	 */
	advance(ms: number): void;
}

/** A clock that stands still until it is advanced. */
export interface ManualClock extends SettableClock {
	/** How many callers are waiting on this clock. */
	readonly sleeping: number;
	/** Resolves as soon as at least one caller is waiting on this clock. */
	whenSleeping(): Promise<void>;
}

/** The real time, and real waiting. A wait never keeps the process alive. */
export const realClock: Clock = {
	now: () => Date.now(),
	sleep: async (ms) => {
		await sleepFor(ms, undefined, { ref: false });
	},
};

/** Whether a clock can be advanced. */
export function isSettableClock(clock: Clock): clock is SettableClock {
	return "advance" in clock && typeof clock.advance === "function";
}

/** A clock that runs like the real one and can be advanced; waits are real. The command uses it. */
export function createRunningClock(): SettableClock {
	let ahead = 0;
	return {
		now: () => realClock.now() + ahead,
		sleep: (ms) => realClock.sleep(ms),
		advance(ms) {
			ahead += requireNotNegative(ms);
		},
	};
}

/** The options of {@link createManualClock}. */
export interface ManualClockOptions {
	/**
	 * The time at the start, in milliseconds since 1970-01-01T00:00:00Z.
	 * @default 2026-01-15T12:00:00Z
	 */
	now?: number;
	/**
	 * Whether a caller that waits advances the clock itself instead of waiting for {@link SettableClock.advance}.
	 * @default false
	 */
	autoAdvance?: boolean;
}

/** A clock that stands still until it is advanced: a waiting caller continues when the clock has passed its time. */
export function createManualClock(options: ManualClockOptions = {}): ManualClock {
	let now = options.now ?? Date.UTC(2026, 0, 15, 12);
	let sleepers: { until: number; wake: () => void }[] = [];
	let watchers: (() => void)[] = [];
	return {
		now: () => now,
		get sleeping() {
			return sleepers.length;
		},
		advance(ms) {
			now += requireNotNegative(ms);
			const due = sleepers.filter((sleeper) => sleeper.until <= now);
			sleepers = sleepers.filter((sleeper) => sleeper.until > now);
			for (const sleeper of due) sleeper.wake();
		},
		async sleep(ms) {
			if (options.autoAdvance === true) {
				this.advance(ms);
				return;
			}
			await new Promise<void>((resolve) => {
				sleepers.push({ until: now + ms, wake: resolve });
				for (const watcher of watchers) watcher();
				watchers = [];
			});
		},
		async whenSleeping() {
			if (sleepers.length > 0) return;
			await new Promise<void>((resolve) => {
				watchers.push(resolve);
			});
		},
	};
}

function requireNotNegative(ms: number): number {
	if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`A clock can't be set back: advance got ${ms} ms.`);
	return ms;
}

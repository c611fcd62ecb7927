import { setImmediate } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { Clock } from "../../../provider/api/clock";

/** Turns of the event loop in which nobody asks for the time, after which all work is taken to wait for it. */
const quietTurns = 20;

/**
 * A clock for both sides of a line, by which work itself takes no time: it stands while anything goes on, and when all wait, it
 * goes on to the first who does. So what it shows is how long was waited, whatever machine this is. It ends with the test.
 */
export function createSpedUpClock(): Clock {
	const state = {
		now: Date.UTC(2026, 0, 15, 12),
		/** How often somebody asked for the time. */
		asked: 0,
		isOver: false,
		sleepers: [] as { until: number; wake: () => void }[],
	};
	onTestFinished(() => {
		state.isOver = true;
	});
	const goOn = async () => {
		while (!state.isOver) {
			const before = state.asked;
			for (let turn = 0; turn < quietTurns; turn += 1) await setImmediate();
			if (state.asked !== before || state.sleepers.length === 0) continue;
			state.now = Math.min(...state.sleepers.map(({ until }) => until));
			const due = state.sleepers.filter(({ until }) => until <= state.now);
			state.sleepers = state.sleepers.filter(({ until }) => until > state.now);
			for (const { wake } of due) wake();
		}
	};
	void goOn();
	return {
		now: () => {
			state.asked += 1;
			return state.now;
		},
		sleep: async (milliseconds) =>
			new Promise((resolve) => {
				state.asked += 1;
				state.sleepers.push({ until: state.now + milliseconds, wake: resolve });
			}),
	};
}

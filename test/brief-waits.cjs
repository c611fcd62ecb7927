"use strict";
// Loaded into every process that a test starts: where the life cycle waits for an answer that lags, a two-hundredth of that will do, since
// the simulator doesn't lag. All other waits are as they are for users; tests of the lag itself have a clock of their own.
const timers = require("node:timers/promises");

/** The pauses of secret-trial.ts, post-once.ts, find-fresh.ts and not-found.ts, in milliseconds. */
const pauses = new Set([2000, 5000, 8000, 10_000, 15_000, 60_000]);
const { setTimeout: sleep } = timers;
timers.setTimeout = (milliseconds, ...rest) =>
	sleep(pauses.has(milliseconds) ? milliseconds / 200 : milliseconds, ...rest);

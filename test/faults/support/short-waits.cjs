"use strict";
// Loaded into a provider process before everything else: what it waits for between attempts is a two-hundredth as long, and its patience with an
// answer is one second and not thirty. All else is as it is for users; the clock shows the right time.
const timers = require("node:timers/promises");

const answerTimeout = 30_000;
const { setTimeout: sleep } = timers;
timers.setTimeout = (milliseconds, ...rest) => sleep(milliseconds / 200, ...rest);

const { setTimeout: start } = globalThis;
const startShort = (callback, milliseconds, ...rest) =>
	start(callback, milliseconds === answerTimeout ? 1000 : milliseconds, ...rest);
globalThis.setTimeout = Object.defineProperties(startShort, Object.getOwnPropertyDescriptors(start));

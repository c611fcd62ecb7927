"use strict";
// An engine that is killed can't stop its plugins, but the pipe it holds to their standard input closes with it.
const { fstatSync } = require("node:fs");

/** Calls `stop` once, when the engine asks for the end (SIGINT), is gone, or someone ends this process. */
exports.onEngineGone = function onEngineGone(stop) {
	let stopped = false;
	const stopOnce = () => {
		if (stopped) return;
		stopped = true;
		stop();
	};
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stopOnce);
	// Started by hand, standard input may be a terminal or /dev/null: its end says nothing then.
	const input = fstatSync(0);
	if (input.isFIFO() || input.isSocket()) {
		process.stdin.on("end", stopOnce).on("error", stopOnce).resume();
	}
};

"use strict";
const { spawn } = require("node:child_process");

const running = new Set();

/** Starts a program; the process ends with this one, or when `signal` is aborted. */
exports.startProcess = function startProcess(command, args, { signal, ...options }) {
	const child = spawn(command, args, options);
	running.add(child);
	const stop = () => stopChild(child);
	signal?.addEventListener("abort", stop);
	const ended = new Promise((resolve) => {
		child.once("error", (error) => resolve({ error }));
		// "close", not "exit": by then everything the process wrote has been read.
		child.once("close", (code, killedBy) => resolve({ code, killedBy }));
	}).finally(() => {
		running.delete(child);
		signal?.removeEventListener("abort", stop);
	});
	return { child, ended };
};

/** Asks every process that was started to end, and ends those that don't within five seconds. */
exports.stopAll = async function stopAll() {
	await Promise.all([...running].map(stopChild));
};

function stopChild(child) {
	return new Promise((resolve) => {
		if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return resolve();
		const kill = setTimeout(() => child.kill("SIGKILL"), 5000);
		child.once("exit", () => {
			clearTimeout(kill);
			resolve();
		});
		child.kill("SIGINT");
	});
}

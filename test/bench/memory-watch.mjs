import { readdirSync, readFileSync } from "node:fs";

/** Often enough for the last reading to be near the peak, which the kernel itself keeps; seldom enough to disturb nothing. */
const interval = 100;

/**
 * Watches one process among those below this one: its greatest resident memory, as the kernel counts it (VmHWM). Only Linux tells;
 * elsewhere the peak is undefined.
 */
export class MemoryWatch {
	#isWanted;
	#timer;
	#process;
	#peak;

	/** @param isWanted tells the process by its command line, an array of words */
	constructor(isWanted) {
		this.#isWanted = isWanted;
		this.#timer = setInterval(() => this.#look(), interval);
	}

	/** Ends the watch. @returns {number | undefined} bytes */
	stop() {
		clearInterval(this.#timer);
		return this.#peak;
	}

	#look() {
		this.#process ??= findProcess(this.#isWanted);
		const status = read(`/proc/${this.#process}/status`);
		const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
		if (kilobytes !== undefined) this.#peak = Math.max(this.#peak ?? 0, Number(kilobytes) * 1024);
	}
}

/** The id of the wanted process that a child of ours, or a child of that, has started. */
function findProcess(isWanted) {
	const parents = new Map();
	const candidates = [];
	for (const name of listed("/proc")) {
		if (!/^\d+$/.test(name)) continue;
		// The command's name, in parentheses, may hold anything.
		const [, parent] = /\) \S (\d+) /.exec(read(`/proc/${name}/stat`)) ?? [];
		parents.set(name, parent);
		if (isWanted(read(`/proc/${name}/cmdline`).split("\0"))) candidates.push(name);
	}
	return candidates.find((name) => {
		let ancestor = name;
		while (ancestor !== undefined && ancestor !== String(process.pid)) ancestor = parents.get(ancestor);
		return ancestor !== undefined;
	});
}

function listed(directory) {
	try {
		return readdirSync(directory);
	} catch {
		return [];
	}
}

/** A process may end while it is looked at. */
function read(file) {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return "";
	}
}

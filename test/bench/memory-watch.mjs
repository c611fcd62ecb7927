import { readdirSync, readFileSync } from "node:fs";

/** Often enough for the last reading to be near the peak, which the kernel itself keeps; seldom enough to disturb nothing. */
const interval = 100;

/**
 * Watches processes among those below this one: the greatest resident memory of one of them, as the kernel counts it (VmHWM). Only Linux
 * tells; elsewhere the peak is undefined.
 */
export class MemoryWatch {
	#isWanted;
	#timer;
	#parents = new Map();
	#wanted = new Set();
	#peak;

	/** @param isWanted tells a process by its command line, an array of words */
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
		for (const id of listed("/proc")) if (/^\d+$/.test(id)) this.#meet(id);
		for (const id of this.#wanted) {
			const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${id}/status`)) ?? [];
			if (kilobytes !== undefined) this.#peak = Math.max(this.#peak ?? 0, Number(kilobytes) * 1024);
		}
	}

	#meet(id) {
		// Until a process that has just been forked runs its program, it has its parent's command line.
		const command = read(`/proc/${id}/cmdline`);
		if (this.#wanted.has(id) || this.#parents.get(id)?.command === command) return;
		// The command's name, in parentheses, may hold anything.
		const [, parent] = /\) \S (\d+) /.exec(read(`/proc/${id}/stat`)) ?? [];
		this.#parents.set(id, { parent, command });
		if (this.#isWanted(command.split("\0")) && this.#isOurs(id)) this.#wanted.add(id);
	}

	/** Whether a child of ours, or a child of that, has started it. */
	#isOurs(id) {
		let ancestor = id;
		while (ancestor !== undefined && ancestor !== String(process.pid)) ancestor = this.#parents.get(ancestor)?.parent;
		return ancestor !== undefined;
	}
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

import { readdirSync, readFileSync } from "node:fs";

/** Often enough for a provider that lives a tenth of a second; a look costs a small part of a millisecond. */
const interval = 25;

/**
 * Watches processes among those below this one: the greatest resident memory of one of them, as the kernel counts it (VmHWM). Only Linux
 * tells; elsewhere the peak is undefined.
 */
export class MemoryWatch {
	#isWanted;
	#timer;
	#isOurs = new Map([[String(process.pid), true]]);
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
		for (const id of listed("/proc")) if (/^\d+$/.test(id) && this.#startedByUs(id)) this.#meet(id);
		for (const id of this.#wanted) {
			const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${id}/status`)) ?? [];
			if (kilobytes !== undefined) this.#peak = Math.max(this.#peak ?? 0, Number(kilobytes) * 1024);
		}
	}

	/** Until a process that has just been forked runs its program, it has its parent's command line: it is looked at again. */
	#meet(id) {
		if (!this.#wanted.has(id) && this.#isWanted(read(`/proc/${id}/cmdline`).split("\0"))) this.#wanted.add(id);
	}

	/** Whether a child of ours, or a child of that, has started it. Read once: there are many others. */
	#startedByUs(id) {
		const known = this.#isOurs.get(id);
		if (known !== undefined) return known;
		// The command's name, in parentheses, may hold anything.
		const [, parent = "0"] = /\) \S (\d+) /.exec(read(`/proc/${id}/stat`)) ?? [];
		const isOurs = parent !== "0" && this.#startedByUs(parent);
		this.#isOurs.set(id, isOurs);
		return isOurs;
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

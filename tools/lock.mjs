import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MILLISECONDS = 2000;
const SILENCE_MILLISECONDS = 20_000;

/**
 * Runs `work` while no other process does the same under `file`: two terminals may set up one clone at once.
 * A lock whose holder was ended, or has given no sign of life for a while, is taken over.
 */
export async function withLock(file, { onWait = () => {} }, work) {
	mkdirSync(dirname(file), { recursive: true });
	const own = `${file}.${process.pid}`;
	let waiting = false;
	for (;;) {
		const holder = tryToTake(file, own);
		if (holder === undefined) break;
		if (!waiting) onWait(holder);
		waiting = true;
		// oxlint-disable-next-line no-await-in-loop -- waiting is what this loop is for
		await sleep(500);
	}
	const release = () => rmSync(file, { force: true });
	process.once("exit", release);
	// A process id alone doesn't tell: in the next container another process may have it.
	const beat = setInterval(() => touch(file), BEAT_MILLISECONDS);
	try {
		return await work();
	} finally {
		clearInterval(beat);
		process.off("exit", release);
		release();
	}
}

/** The process that holds the lock, or undefined when it is ours now. */
function tryToTake(file, own) {
	writeFileSync(own, String(process.pid));
	try {
		// A hard link appears whole or not at all, so nobody ever reads a lock without its holder.
		linkSync(own, file);
		return undefined;
	} catch (error) {
		if (error.code !== "EEXIST") throw error;
		const holder = readHolder(file);
		if (holder && !isAlive(holder)) rmSync(file, { force: true });
		return holder?.pid ?? "unknown";
	} finally {
		rmSync(own, { force: true });
	}
}

function readHolder(file) {
	try {
		return { pid: Number(readFileSync(file, "utf8")), lastBeat: statSync(file).mtimeMs };
	} catch {
		// Released since we looked.
		return undefined;
	}
}

function isAlive({ pid, lastBeat }) {
	if (Date.now() - lastBeat > SILENCE_MILLISECONDS) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}

function touch(file) {
	const now = new Date();
	try {
		utimesSync(file, now, now);
	} catch {
		// Taken over after a long standstill of this process: whoever has it now goes on.
	}
}

import { setTimeout } from "node:timers/promises";
import { ConcurrentUpdateError } from "@pulumi/pulumi/automation/index.js";

const firstPause = 1;
const longestPause = 30;

/** How to wait for another run. */
export interface LockOptions {
	/** The stack's name. */
	stack: string;
	/** How long to try, in seconds; 0 tries once. */
	lockTimeout: number;
	/** Takes a line for whoever watches. */
	log: (line: string) => void;
}

/** Another run holds the stack's lock, and went on holding it. */
export class StackLockedError extends Error {
	override name = "StackLockedError";
}

/**
 * Works on a stack that another run may hold. Pulumi takes the lock before it does anything, so that a refused run has done nothing,
 * and trying again repeats nothing.
 *
 * The Automation API tells such a refusal from others, and leaves the waiting to its callers. Pauses grow, and differ by chance: of two
 * runs that start in the same moment Pulumi may refuse both.
 *
 * @throws StackLockedError after `lockTimeout` seconds
 */
export async function withLock<T>({ stack, lockTimeout, log }: LockOptions, work: () => Promise<T>): Promise<T> {
	const end = Date.now() + lockTimeout * 1000;
	for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof ConcurrentUpdateError)) throw error;
			const held = `stack ${stack} is locked by ${holderOf(error)}`;
			const left = end - Date.now();
			if (left <= 0) {
				throw new StackLockedError(
					`${held} and stayed locked for ${lockTimeout} s: nothing was done. Run again later. If that process was killed, unlock the stack with: pulumi cancel --stack ${stack} --yes`,
					{ cause: error },
				);
			}
			const seconds = Math.min(pause * (0.5 + Math.random()), left / 1000);
			log(`${held}: trying again in ${seconds.toFixed(1)} s, for ${Math.ceil(left / 1000)} s more at most`);
			await setTimeout(seconds * 1000);
		}
	}
}

/** Who holds the lock, as the backend tells it: Pulumi Cloud shows it on the stack's page only. */
function holderOf({ message }: Error): string {
	const [, who, pid, since] = /created by (\S+) \(pid (\d+)\) at (\S+)/.exec(message) ?? [];
	return who === undefined ? "another update" : `${who} (process ${pid}), since ${since}`;
}

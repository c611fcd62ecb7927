import type { History, Step } from "./commands";

/**
 * Finds a shorter history that fails in the same way, by leaving out steps: first many at a time, then one.
 *
 * @param fails whether a history fails in the same way; each try is a run on a fresh stack
 * @param tries how many runs it may take
 */
export async function shortest(
	history: History,
	fails: (shorter: History) => Promise<boolean>,
	tries: number,
): Promise<History> {
	let { steps } = history;
	let left = tries;
	const holds = async (candidate: Step[]) => {
		if (left === 0) return true;
		left -= 1;
		return !(await fails({ ...history, steps: candidate }));
	};
	for (let size = Math.ceil(steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
		// From the end: what comes late depends on what came early.
		for (let start = steps.length - size; start > -size; start -= size) {
			const candidate = [...steps.slice(0, Math.max(start, 0)), ...steps.slice(start + size)];
			if (candidate.length < steps.length && !(await holds(candidate))) steps = candidate;
		}
	}
	return { ...history, steps };
}

/** When a piece of work must have ended. */
export interface Deadline {
	/** Aborted when the time is up. */
	signal: AbortSignal;
	/** Resolves when the time is up. */
	passed: Promise<void>;
	/** How long it was and where that comes from, in words for an error message. */
	source: string;
}

/** A deadline so many seconds from now. It keeps no process alive. */
export function deadlineIn(seconds: number, source: string): Deadline {
	const signal = AbortSignal.timeout(seconds * 1000);
	const passed = new Promise<void>((resolve) => {
		signal.addEventListener("abort", () => resolve(), { once: true });
	});
	return { signal, passed, source };
}

/**
 * The work, or an error when the time is up first; what is left of the work goes on, and nobody waits for it.
 *
 * @param late makes that error
 */
export async function endsBy<T>(deadline: Deadline, work: Promise<T>, late: () => Error): Promise<T> {
	work.catch(() => undefined);
	return Promise.race([
		work,
		deadline.passed.then(() => {
			throw late();
		}),
	]);
}

/** The time by which an operation must finish. */
export interface Deadline {
	/** Aborts at the deadline. */
	signal: AbortSignal;
	/** Resolves at the deadline. */
	passed: Promise<void>;
	/** The timeout and where it comes from, for error messages: `30 seconds (timeouts.create)`. */
	source: string;
}

/** A deadline a number of seconds from now. It doesn't keep the process alive. */
export function deadlineIn(seconds: number, source: string): Deadline {
	const signal = AbortSignal.timeout(seconds * 1000);
	const passed = new Promise<void>((resolve) => {
		signal.addEventListener("abort", () => resolve(), { once: true });
	});
	return { signal, passed, source };
}

/**
 * Waits for the work, but not beyond the deadline. Work that passes it continues in the background.
 *
 * @param late creates the error to throw at the deadline
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

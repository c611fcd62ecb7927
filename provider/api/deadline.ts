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

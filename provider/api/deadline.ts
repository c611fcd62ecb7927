/** The time by which an operation must finish. */
export interface Deadline {
	/** Aborts at the deadline. */
	signal: AbortSignal;
	/** The timeout and where it comes from, for error messages: `30 seconds (timeouts.create)`. */
	source: string;
	/** Whether its work brings something that has begun to a known state: then its requests are sent even in a cancelled run. @default false */
	settles?: boolean;
}

/** A deadline a number of seconds from now. It doesn't keep the process alive. */
export const deadlineIn = (seconds: number, source: string): Deadline => ({
	signal: AbortSignal.timeout(seconds * 1000),
	source,
});

/**
 * Waits for the work, but not beyond the deadline. Work that passes it continues in the background.
 *
 * @param late creates the error to throw at the deadline; undefined if the work must not end then
 */
export async function endsBy<T>(
	{ signal }: Pick<Deadline, "signal">,
	work: Promise<T>,
	late: () => Error | undefined,
): Promise<T> {
	work.catch(() => undefined);
	const { promise: passed, reject } = Promise.withResolvers<never>();
	const pass = () => {
		const error = late();
		if (error !== undefined) reject(error);
	};
	if (signal.aborted) pass();
	signal.addEventListener("abort", pass, { once: true });
	try {
		return await Promise.race([work, passed]);
	} finally {
		// Node keeps what a timeout's listener refers to until the timeout, here the whole call.
		signal.removeEventListener("abort", pass);
	}
}

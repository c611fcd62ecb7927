/** Sends a request on first use, and again only after a failure. */
export function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
	let answer: Promise<T> | undefined;
	return async () => {
		answer ??= ask();
		try {
			return await answer;
		} catch (error) {
			answer = undefined;
			throw error;
		}
	};
}

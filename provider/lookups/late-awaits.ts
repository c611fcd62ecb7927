import { isLookupError } from "./find/lookup-error";

const name = "rejectionHandled";

/**
 * Keeps Node from warning of a lookup whose promise is awaited only after it has failed: Pulumi has shown its error by then, and the warning
 * would stand beside that twice. Of other promises Node warns as before.
 */
export function expectLateAwaits(): void {
	process.on(name, (promise) => {
		promise.catch((error: unknown) => {
			// Another listener has silenced Node already.
			if (isLookupError(error) || process.listenerCount(name) > 1) return;
			process.emitWarning("Promise rejection was handled asynchronously", "PromiseRejectionHandledWarning");
		});
	});
}

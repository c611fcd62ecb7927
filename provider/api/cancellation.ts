import type { Clock } from "./clock";
import { endsBy } from "./deadline";
import { GenesysCloudError } from "./errors";

/** The user has cancelled the run. */
export class CancelledError extends GenesysCloudError {
	override readonly name = "CancelledError";

	constructor() {
		super("the run was cancelled: run again");
	}
}

/** A signal that aborts with the given one, and with a {@link CancelledError} as its reason. */
export function cancellationBy(signal: AbortSignal): AbortSignal {
	const controller = new AbortController();
	const cancel = () => controller.abort(new CancelledError());
	if (signal.aborted) cancel();
	signal.addEventListener("abort", cancel, { once: true });
	return controller.signal;
}

/** A clock that no longer waits once the run is cancelled: what waits then, and later, fails with a {@link CancelledError}. */
export const untilCancelled = (clock: Clock, signal: AbortSignal): Clock => ({
	now: () => clock.now(),
	sleep: async (milliseconds) => {
		if (signal.aborted) throw new CancelledError();
		await endsBy({ signal }, clock.sleep(milliseconds), () => new CancelledError());
	},
});

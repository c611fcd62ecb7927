import type { AssumptionId } from "./assumption";
import type { Trial } from "./trial";

/** A part of the contract: some calls that show whether some assumptions hold. It uses few clients, and leaves them to the clean-up. */
export interface Part {
	/** Its name, in progress and report. */
	name: string;
	/** What it tries: each gets one result. What it gives none couldn't be tried, and neither could what was left when it failed. */
	tries: readonly AssumptionId[];
	/** Makes the calls, and reports what they show. */
	run(trial: Trial): Promise<void>;
}

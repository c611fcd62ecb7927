import type { AssumptionId } from "./assumption";

/** What a run found of an assumption. */
export type Verdict = "holds" | "differs" | "untried";

/** An assumption's result. */
export interface Result {
	id: AssumptionId;
	verdict: Verdict;
	/** What was seen, or why it couldn't be tried: one line. */
	seen: string;
	/** HTTP status of the answer that shows it; undefined where several do. */
	status?: number;
	/** That answer's code. */
	code?: string;
	/** That answer's correlation id, for the vendor's support. */
	correlationId?: string;
}

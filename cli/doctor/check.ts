/** How a check ended: `problem` is what makes the command end with its exit code for findings; `unknown` couldn't be found out. */
export type Verdict = "fine" | "warning" | "problem" | "unknown";

/** One thing that was looked at. */
export interface Check {
	/** Which it is, for machines; never changes. */
	id: string;
	/** What was looked at. */
	what: string;
	/** What was found: never a secret or a token. */
	found: string;
	/** What that means. */
	verdict: Verdict;
	/** What to do, when there is something to do. */
	advice?: string;
}

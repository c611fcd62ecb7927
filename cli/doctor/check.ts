/** The result of a check: `problem` makes the command exit with code 3; `unknown` means that it couldn't be checked. */
export type Verdict = "fine" | "warning" | "problem" | "unknown";

/** One check. */
export interface Check {
	/** Its id, for programs; never changes. */
	id: string;
	/** What was checked. */
	what: string;
	/** What was found; never a secret or a token. */
	found: string;
	/** The result. */
	verdict: Verdict;
	/** What to do, if anything. */
	advice?: string;
}

/**
 * The result of a check: `problem` makes the command exit with code 3; `optional` is a missing permission that nothing named by `--for` needs;
 * `unknown` means that it couldn't be checked.
 */
export type Verdict = "fine" | "optional" | "warning" | "problem" | "unknown";

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
	/** The permission that a role must have for it. */
	missing?: string;
}

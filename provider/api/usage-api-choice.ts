/** The vendor's two usage APIs: `oauth`, the operations of OAuthApi; `jobs`, their successor, UsageApi. */
export type UsageApiName = "oauth" | "jobs";

/** Which usage API an organization has: found out by the first question, and remembered. */
export interface UsageApiChoice {
	/** Which one the user wants. @default the one that answers */
	readonly wanted: UsageApiName | undefined;
	/** Which one answers, once that is known. */
	known: UsageApiName | undefined;
	/** Resolves when the first question has been sent, whatever came of it. */
	first: Promise<void> | undefined;
}

/** A choice that hasn't been made, unless the user has made it. */
export const usageApiChoice = (wanted?: UsageApiName): UsageApiChoice => ({ wanted, known: wanted, first: undefined });

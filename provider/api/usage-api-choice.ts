/** The vendor's two usage APIs: `oauth`, the operations of OAuthApi; `jobs`, their successor, UsageApi. */
export type UsageApiName = "oauth" | "jobs";

/** The usage API of an organization: determined by the first query, and remembered. */
export interface UsageApiChoice {
	/** The one that the user chose. @default the one that exists */
	readonly wanted: UsageApiName | undefined;
	/** The one that exists, once that is known. */
	known: UsageApiName | undefined;
	/** Resolves once the first query has been sent, whatever its result. */
	first: Promise<void> | undefined;
}

/** A choice that is open unless the user made it. */
export const usageApiChoice = (wanted?: UsageApiName): UsageApiChoice => ({ wanted, known: wanted, first: undefined });

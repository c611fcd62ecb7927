import { knownScopes, type Scope } from "../../provider/scopes";
import type { OperationUse, ScopeVerdict } from "./report";
import { baseOf, isMappedScope, scopesOf } from "./scope-map";

/** What is known about the scopes of a client. */
export interface ScopeProposal {
	/** What each scope granted was used for, in the order of the grant. */
	verdicts: ScopeVerdict[];
	/** The narrower set, sorted, or undefined when nothing narrower can be proposed. It is empty when no call needed any scope. */
	proposed?: Scope[];
}

const known: ReadonlySet<string> = new Set(knownScopes);

/**
 * What the calls of a client say about the scopes it was granted. A scope is proposed for dropping only when every call is
 * accounted for by other scopes; one that was only read with is narrowed to its `:readonly`.
 *
 * @param granted ids of scopes
 * @param operations what the client called
 * @param doubt why the calls tell nothing, when they don't: they aren't all known, or the client is too new
 */
export function proposeScopes(
	granted: readonly Scope[],
	operations: readonly OperationUse[],
	doubt?: string,
): ScopeProposal {
	const verdicts = [...new Set(granted)].map((scope) => judge(scope, operations, doubt));
	const proposed = [
		...new Set(verdicts.flatMap(({ scope, narrower }) => (narrower === undefined ? [scope] : narrower))),
	];
	const isNarrower = verdicts.some(({ narrower }) => narrower !== undefined);
	return { verdicts, ...(isNarrower ? { proposed: proposed.toSorted() } : {}) };
}

function judge(scope: Scope, operations: readonly OperationUse[], doubt: string | undefined): ScopeVerdict {
	const cannotTell = (reason: string): ScopeVerdict => ({ scope, verdict: "cannot-tell", reason });
	if (doubt !== undefined) return cannotTell(doubt);
	if (!isMappedScope(scope)) return cannotTell("the calls it allows aren't known");
	const base = baseOf(scope);
	const calls = operations.filter((operation) => scopesOfUse(operation)?.scopes.includes(base));
	const readonly = `${base}:readonly`;
	const onlyReads = calls.every((operation) => scopesOfUse(operation)?.reads);
	const mayNarrow = scope === base && known.has(readonly) && onlyReads;
	if (calls.length > 0 && !mayNarrow) return { scope, verdict: "used", reason: `needed by ${describe(calls)}` };
	// What isn't accounted for may have needed this very scope.
	const unaccounted = unaccountedIn(operations);
	if (unaccounted !== undefined) {
		return calls.length > 0
			? {
					scope,
					verdict: "used",
					reason: `needed by ${describe(calls)}; whether ${readonly} would do can't be told: ${unaccounted}`,
				}
			: cannotTell(unaccounted);
	}
	return calls.length > 0
		? { scope, verdict: "only-read", reason: `only reads: ${describe(calls)}`, narrower: [readonly] }
		: { scope, verdict: "no-call", reason: "no call needed it", narrower: [] };
}

const scopesOfUse = ({ method, path }: OperationUse) => scopesOf(method, path);

/** Why a scope that no known call needs may be needed all the same. */
function unaccountedIn(operations: readonly OperationUse[]): string | undefined {
	const unmapped = operations.find((operation) => scopesOfUse(operation) === undefined);
	if (unmapped) return `which scope ${describe([unmapped])} needs isn't known`;
	const subscribes = operations.some(({ path }) => path.startsWith("/api/v2/notifications/channels"));
	return subscribes ? "it subscribes to notifications, each of which needs a scope of its own" : undefined;
}

/** The busiest operation, and how many others there are. */
function describe(operations: readonly OperationUse[]): string {
	const [first, ...others] = operations.toSorted((a, b) => b.requests - a.requests);
	const name = first ? `${first.method} ${first.path}`.trim() : "";
	return `${name || "an unnamed operation"}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}

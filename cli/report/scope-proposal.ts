import { knownScopes, type Scope } from "../../provider/api/scopes";
import type { OperationUse, ScopeVerdict } from "./report";
import { baseOf, isMappedScope, scopesOf } from "./scope-map";

/** What a client's calls show about its scopes. */
export interface ScopeProposal {
	/** What each granted scope was used for, in the order of the grant. */
	verdicts: ScopeVerdict[];
	/** The narrower set, sorted; undefined if none can be proposed, empty if no call needed any scope. */
	proposed?: Scope[];
}

const known: ReadonlySet<string> = new Set(knownScopes);

/**
 * What the calls of a client show about its granted scopes. The proposal drops a scope only if the scopes of every call are known and it
 * isn't among them; a scope that was only used to read becomes its `:readonly`.
 *
 * @param granted ids of scopes
 * @param operations what the client called
 * @param inconclusive why the calls show nothing, if so: they aren't all known, or the client is too new
 */
export function proposeScopes(
	granted: readonly Scope[],
	operations: readonly OperationUse[],
	inconclusive?: string,
): ScopeProposal {
	const verdicts = [...new Set(granted)].map((scope) => verdictOn(scope, operations, inconclusive));
	const proposed = [
		...new Set(verdicts.flatMap(({ scope, narrower }) => (narrower === undefined ? [scope] : narrower))),
	];
	const isNarrower = verdicts.some(({ narrower }) => narrower !== undefined);
	return { verdicts, ...(isNarrower ? { proposed: proposed.toSorted() } : {}) };
}

function verdictOn(scope: Scope, operations: readonly OperationUse[], inconclusive: string | undefined): ScopeVerdict {
	const cannotTell = (reason: string): ScopeVerdict => ({ scope, verdict: "cannot-tell", reason });
	if (inconclusive !== undefined) return cannotTell(inconclusive);
	if (!isMappedScope(scope)) return cannotTell("the calls it allows are unknown");
	const base = baseOf(scope);
	const calls = operations.filter((operation) => scopesOfUse(operation)?.scopes.includes(base));
	const readonly = `${base}:readonly`;
	const onlyReads = calls.every((operation) => scopesOfUse(operation)?.reads);
	const mayNarrow = scope === base && known.has(readonly) && onlyReads;
	if (calls.length > 0 && !mayNarrow) return { scope, verdict: "used", reason: `needed by ${describe(calls)}` };
	// A call whose scope is unknown may have needed this one.
	const unknown = whyScopesUnknown(operations);
	if (unknown !== undefined) {
		return calls.length > 0
			? {
					scope,
					verdict: "used",
					reason: `needed by ${describe(calls)}; whether ${readonly} is enough is unknown: ${unknown}`,
				}
			: cannotTell(unknown);
	}
	return calls.length > 0
		? { scope, verdict: "only-read", reason: `only reads: ${describe(calls)}`, narrower: [readonly] }
		: { scope, verdict: "no-call", reason: "no call needed it", narrower: [] };
}

const scopesOfUse = ({ method, path }: OperationUse) => scopesOf(method, path);

/** Why the calls may have needed more scopes than are known of them; undefined if they can't. */
function whyScopesUnknown(operations: readonly OperationUse[]): string | undefined {
	const unmapped = operations.find((operation) => scopesOfUse(operation) === undefined);
	if (unmapped) return `which scope ${describe([unmapped])} needs is unknown`;
	const subscribes = operations.some(({ path }) => path.startsWith("/api/v2/notifications/channels"));
	return subscribes ? "it subscribes to notifications, and each topic needs its own scope" : undefined;
}

/** The most frequent operation, and how many others there are. */
function describe(operations: readonly OperationUse[]): string {
	const [first, ...others] = operations.toSorted((a, b) => b.requests - a.requests);
	const name = first ? `${first.method} ${first.path}`.trim() : "";
	return `${name || "an unnamed operation"}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}

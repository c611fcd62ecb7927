import type { ResourceValidationPolicy } from "@pulumi/policy";
import { knownScopes, type Scope } from "../provider/scopes";
import { clientRule } from "./client-rule";
import type { RuleOptions } from "./rule";

/** The options of {@link noBroadScopes}. */
export interface BroadScopesOptions extends RuleOptions {
	/**
	 * Scopes that allow writing and are fine, such as `["conversations"]`.
	 *
	 * @default []
	 */
	allowed?: Scope[];
}

/** The options of {@link limitScopes}. */
export interface ScopeLimitOptions extends RuleOptions {
	/**
	 * How many scopes a client may have.
	 *
	 * @default 20
	 */
	max?: number;
}

const readonly = (scope: string) => `${scope}:readonly`;
const known: ReadonlySet<string> = new Set(knownScopes);
/** Genesys Cloud's name for every scope there is. */
const everyScope = "all";
const isBroad = (scope: unknown): scope is string =>
	typeof scope === "string" && (scope === everyScope || known.has(readonly(scope)));

/** No scope that allows writing where one that only reads exists, unless listed. Advisory by default. */
export function noBroadScopes(options: BroadScopesOptions = {}): ResourceValidationPolicy {
	return clientRule<BroadScopesOptions>(
		{
			name: "no-broad-scopes",
			description: "An OAuth client has no scope that allows writing where one that only reads exists, unless listed.",
			enforcementLevel: "advisory",
			options: {
				allowed: {
					type: "array",
					items: { type: "string" },
					description: "Scopes that allow writing and are fine.",
					default: [],
				},
			},
			violations: (client, { allowed }, unknown) => {
				const broad = unknown
					.items(() => client.scope)
					.map(({ item }) => item)
					.filter(isBroad)
					.filter((scope) => !allowed.includes(scope));
				if (broad.length === 0) return [];
				const narrower = broad.filter((scope) => scope !== everyScope).map(readonly);
				const change = [
					...(narrower.length > 0 ? [narrower.join(", ")] : []),
					...(broad.includes(everyScope) ? [`the scopes that are needed in place of ${everyScope}`] : []),
				].join(", and ");
				return [
					`Scopes that allow more than reading: ${broad.join(", ")}. With a stolen token the organization could be changed, not only read. Use ${change}, or list what must write in the rule's option allowed.`,
				];
			},
		},
		options,
	);
}

/** A client has `max` scopes at most. Advisory by default. */
export function limitScopes(options: ScopeLimitOptions = {}): ResourceValidationPolicy {
	return clientRule<ScopeLimitOptions>(
		{
			name: "limit-scopes",
			description: "An OAuth client has no more scopes than allowed.",
			enforcementLevel: "advisory",
			options: {
				max: { type: "integer", minimum: 1, description: "How many scopes a client may have.", default: 20 },
			},
			violations: (client, { max }, unknown) => {
				// What isn't known may be no scope at all, or one of the others: it counts only when nothing hangs on it.
				if ((unknown.read(() => client.scope)?.length ?? 0) <= max) return [];
				return unknown.items(() => client.scope).length > max
					? [
							`The client has more than ${max} scopes. Each one widens what a stolen token can do. Take out those that the application doesn't use, or split it into clients of their own.`,
						]
					: [];
			},
		},
		options,
	);
}

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { knownScopes, type Scope } from "../provider/api/scopes";
import { clientRule } from "./resource-rule";
import type { RuleOptions } from "./rule";

/** The options of {@link noBroadScopes}. */
export interface BroadScopesOptions extends RuleOptions {
	/**
	 * Allowed scopes with write access, such as `["conversations"]`.
	 *
	 * @default []
	 */
	allowed?: Scope[];
}

/** The options of {@link limitScopes}. */
export interface ScopeLimitOptions extends RuleOptions {
	/**
	 * The maximum number of scopes.
	 *
	 * @default 20
	 */
	max?: number;
}

const readonly = (scope: string) => `${scope}:readonly`;
const known: ReadonlySet<string> = new Set(knownScopes);
/** Genesys Cloud's id for all scopes together. */
const everyScope = "all";
const isBroad = (scope: unknown): scope is string =>
	typeof scope === "string" && (scope === everyScope || known.has(readonly(scope)));

/** Scopes must be read-only where a `:readonly` form exists, unless allowed. Advisory by default. */
export function noBroadScopes(options: BroadScopesOptions = {}): ResourceValidationPolicy {
	return clientRule<BroadScopesOptions>(
		{
			name: "no-broad-scopes",
			description: "Scopes must be read-only where a :readonly form exists, unless allowed.",
			enforcementLevel: "advisory",
			options: {
				allowed: {
					type: "array",
					items: { type: "string" },
					description: "Allowed scopes with write access.",
					default: [],
				},
			},
			violations: (client, { allowed }, unknowns) => {
				const broad = unknowns
					.items(() => client.scope)
					.map(({ item }) => item)
					.filter(isBroad)
					.filter((scope) => !allowed.includes(scope));
				if (broad.length === 0) return [];
				const narrower = broad.filter((scope) => scope !== everyScope).map(readonly);
				const fix = [
					...(narrower.length > 0 ? [narrower.join(", ")] : []),
					...(broad.includes(everyScope) ? [`the scopes that the application needs instead of ${everyScope}`] : []),
				].join(", and ");
				return [
					`Scopes that allow writing: ${broad.join(", ")}. A stolen token could then change the organization, not only read it. Use ${fix}, or add the scopes that must write to the rule's option allowed.`,
				];
			},
		},
		options,
	);
}

/** A client must have at most `max` scopes. Advisory by default. */
export function limitScopes(options: ScopeLimitOptions = {}): ResourceValidationPolicy {
	return clientRule<ScopeLimitOptions>(
		{
			name: "limit-scopes",
			description: "OAuth clients must not have more scopes than allowed.",
			enforcementLevel: "advisory",
			options: {
				max: { type: "integer", minimum: 1, description: "The maximum number of scopes.", default: 20 },
			},
			violations: (client, { max }, unknowns) => {
				// An unknown item may turn out to be no scope or a duplicate, so only the known ones are counted against the limit.
				if ((unknowns.read(() => client.scope)?.length ?? 0) <= max) return [];
				return unknowns.items(() => client.scope).length > max
					? [
							`The client has more than ${max} scopes. Each scope widens what a stolen token can do. Remove the scopes that the application doesn't use, or split it into several clients.`,
						]
					: [];
			},
		},
		options,
	);
}

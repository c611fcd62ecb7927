import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./resource-rule";
import { patternOf, type RuleOptions } from "./rule";

/** The options of {@link requireOwner}. */
export interface OwnerOptions extends RuleOptions {
	/**
	 * A regular expression that the description must match, ignoring case.
	 *
	 * @default `Owner:`, `Team:` or `Contact:` and something after it, `owned by` somebody, or an e-mail address
	 */
	pattern?: string;
}

const name = "require-owner";
const defaultPattern = "\\b(owner|team|contact)\\s*[:=]\\s*\\S|\\bowned by\\s+\\S|\\S@\\S+\\.\\S";

/** A client's description must name its owner. Advisory by default. */
export function requireOwner(options: OwnerOptions = {}): ResourceValidationPolicy {
	return clientRule<OwnerOptions>(
		{
			name,
			description: "The description of an OAuth client must name its owner.",
			enforcementLevel: "advisory",
			options: {
				pattern: {
					type: "string",
					description: "A regular expression that the description must match.",
					default: defaultPattern,
				},
			},
			violations: ({ description }, { pattern }) => {
				if (patternOf(name, "pattern", pattern).test(description ?? "")) return [];
				const change =
					pattern === defaultPattern
						? 'Add the owner, such as "Owner: CRM team, crm@example.com"'
						: `Change it to match ${pattern}`;
				return [
					`The description names no owner. When the client misbehaves or its secret leaks, nobody knows whom to ask. ${change}.`,
				];
			},
		},
		options,
	);
}

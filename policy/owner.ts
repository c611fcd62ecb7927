import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./client-rule";
import { patternOf, type RuleOptions } from "./rule";

/** The options of {@link requireOwner}. */
export interface OwnerOptions extends RuleOptions {
	/**
	 * What a description that names an owner holds: a regular expression, whatever the case.
	 *
	 * @default `Owner:`, `Team:` or `Contact:` and something after it, `owned by` somebody, or an e-mail address
	 */
	pattern?: string;
}

const name = "require-owner";
const usual = "\\b(owner|team|contact)\\s*[:=]\\s*\\S|\\bowned by\\s+\\S|\\S@\\S+\\.\\S";

/** A client's description names its owner. Advisory by default. */
export function requireOwner(options: OwnerOptions = {}): ResourceValidationPolicy {
	return clientRule<OwnerOptions>(
		{
			name,
			description: "The description of an OAuth client names its owner.",
			enforcementLevel: "advisory",
			options: {
				pattern: {
					type: "string",
					description: "What a description that names an owner holds: a regular expression.",
					default: usual,
				},
			},
			violations: ({ description }, { pattern }) => {
				if (patternOf(name, "pattern", pattern).test(description ?? "")) return [];
				const change =
					pattern === usual
						? 'Add the owner to it, such as "Owner: CRM team, crm@example.com"'
						: `Change it so that it matches ${pattern}`;
				return [
					`The description names no owner. When the client misbehaves or its secret leaks, nobody knows whom to ask. ${change}.`,
				];
			},
		},
		options,
	);
}

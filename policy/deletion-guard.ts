import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./resource-rule";
import { patternOf, type RuleOptions } from "./rule";
import { parseUrn } from "./urn";

/** The options of {@link requireDeletionGuard}. */
export interface DeletionGuardOptions extends RuleOptions {
	/**
	 * The stacks that count as production: a regular expression, searched for in `<project>/<stack>`, ignoring case.
	 *
	 * @default stacks with the word `prod` or `production` in their name, such as `prod` and `eu-prod`
	 */
	stacks?: string;
	/**
	 * The `deletionGuard.inUseWithinDays` that `remediate` adds to a client without a guard, 1 to 365.
	 *
	 * @default 7
	 */
	inUseWithinDays?: number;
}

const name = "require-deletion-guard";

/** Clients of production stacks must have a `deletionGuard` or `protect`. Mandatory by default; `remediate` adds a guard. */
export function requireDeletionGuard(options: DeletionGuardOptions = {}): ResourceValidationPolicy {
	return clientRule<DeletionGuardOptions>(
		{
			name,
			description: "OAuth clients of production stacks must be guarded against deletion.",
			enforcementLevel: "mandatory",
			options: {
				stacks: {
					type: "string",
					description: "Stacks that count as production: a regular expression, searched for in project/stack.",
					default: "/([^/]*[-_.])?prod(uction)?([-_.][^/]*)?$",
				},
				inUseWithinDays: {
					type: "integer",
					minimum: 1,
					maximum: 365,
					description: "The deletionGuard.inUseWithinDays that remediate adds to a client without a guard.",
					default: 7,
				},
			},
			violations: (client, { stacks, inUseWithinDays }, _, { urn, opts }) => {
				const { project, stack } = parseUrn(urn);
				if (!patternOf(name, "stacks", stacks).test(`${project}/${stack}`)) return [];
				if (opts.protect || client.deletionGuard != null) return [];
				return [
					`The client has neither deletionGuard nor protect. A deleted client and its secret can't be restored, and whatever uses it stops working. Set deletionGuard: { inUseWithinDays: ${inUseWithinDays} }, or the resource option protect: true.`,
				];
			},
			remedy(client, { inUseWithinDays }) {
				client.deletionGuard = { inUseWithinDays };
			},
		},
		options,
	);
}

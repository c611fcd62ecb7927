import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./client-rule";
import { patternOf, type RuleOptions } from "./rule";
import { parseUrn } from "./urn";

/** The options of {@link requireDeletionGuard}. */
export interface DeletionGuardOptions extends RuleOptions {
	/**
	 * The stacks that the rule is for: a regular expression that `<project>/<stack>` is searched for, whatever the case.
	 *
	 * @default stacks with the word `prod` or `production` in their name, such as `prod` and `eu-prod`
	 */
	stacks?: string;
	/**
	 * The guard that `remediate` gives a client without one: `deletionGuard.inUseWithinDays`, 1 to 365.
	 *
	 * @default 7
	 */
	inUseWithinDays?: number;
}

const name = "require-deletion-guard";

/** On some stacks clients have a `deletionGuard`, or `protect`. Mandatory by default; with `remediate` they get a guard. */
export function requireDeletionGuard(options: DeletionGuardOptions = {}): ResourceValidationPolicy {
	return clientRule<DeletionGuardOptions>(
		{
			name,
			description: "OAuth clients of the stacks that matter are guarded against deletion.",
			enforcementLevel: "mandatory",
			options: {
				stacks: {
					type: "string",
					description: "The stacks that the rule is for: a regular expression, searched for in project/stack.",
					default: "/([^/]*[-_.])?prod(uction)?([-_.][^/]*)?$",
				},
				inUseWithinDays: {
					type: "integer",
					minimum: 1,
					maximum: 365,
					description: "The deletionGuard.inUseWithinDays that remediate gives a client without a guard.",
					default: 7,
				},
			},
			violations: (client, { stacks, inUseWithinDays }, _, { urn, opts }) => {
				const { project, stack } = parseUrn(urn);
				if (!patternOf(name, "stacks", stacks).test(`${project}/${stack}`)) return [];
				if (opts.protect || client.deletionGuard != null) return [];
				return [
					`The client has neither deletionGuard nor protect. A deleted client and its secret can't be brought back, and whoever uses it stops working. Set deletionGuard: { inUseWithinDays: ${inUseWithinDays} }, or the resource option protect: true.`,
				];
			},
			remedy(client, { inUseWithinDays }) {
				client.deletionGuard = { inUseWithinDays };
			},
		},
		options,
	);
}

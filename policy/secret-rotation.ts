import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import type { RotationInputs } from "../provider/rotating-oauth-client";
import { RotatingOAuthClient } from "../provider/rotating-oauth-client";
import { clientRule } from "./client-rule";
import { NotYetKnown } from "./not-yet-known";
import { isExcepted, type RuleOptions, settingsOf } from "./rule";
import { parseUrn } from "./urn";

/** The options of {@link requireSecretRotation}. */
export interface SecretRotationOptions extends RuleOptions {
	/**
	 * How old a secret may be, in days.
	 *
	 * @default 90
	 */
	maxAgeDays?: number;
}

/** The type of what keeps the rotation of a RotatingOAuthClient. */
const rotationType = "pulumi-nodejs:dynamic/genesyscloud:ClientRotation";
const why = "A secret that leaked unnoticed works until it is renewed";

/**
 * Secrets are renewed every `maxAgeDays` at least. Advisory by default. Of a `RotatingOAuthClient` the rule looks at the rotation, not at
 * the two clients: each of them is renewed at the beginning of every second period.
 */
export function requireSecretRotation(options: SecretRotationOptions = {}): ResourceValidationPolicy {
	const policy = clientRule<SecretRotationOptions>(
		{
			name: "require-secret-rotation",
			description: "Secrets of OAuth clients are renewed as often as required.",
			enforcementLevel: "advisory",
			options: {
				maxAgeDays: {
					type: "number",
					exclusiveMinimum: 0,
					description: "How old a secret may be, in days.",
					default: 90,
				},
			},
			violations: (client, { maxAgeDays }, _, { opts }) => {
				if (opts.parent !== undefined && parseUrn(opts.parent).type === RotatingOAuthClient.__pulumiType) return [];
				const age = client.secretRotation?.maxAgeDays;
				if (age != null && age <= maxAgeDays) return [];
				if (client.authorizedGrantType === "TOKEN") return [];
				return age == null
					? [
							`The secret is never renewed by its age. ${why}. Set secretRotation: { maxAgeDays: ${maxAgeDays} }, or declare a RotatingOAuthClient, which renews it without a failed login.`,
						]
					: [`secretRotation.maxAgeDays is more than ${maxAgeDays}. ${why}. Set it to ${maxAgeDays} or less.`];
			},
		},
		options,
	);
	const validateTurn = (resource: ResourceValidationArgs, reportViolation: (message: string) => void) => {
		const { maxAgeDays, except } = settingsOf<SecretRotationOptions>(policy, resource);
		const { name, opts } = resource;
		if (isExcepted(except, { name, ...opts })) return;
		const unknown = new NotYetKnown();
		const message = unknown.read(() => slowRotation(resource.props as Partial<RotationInputs>, maxAgeDays));
		if (message === undefined) unknown.rethrow();
		else reportViolation(message);
	};
	const validateClient = [policy.validateResource ?? []].flat();
	return {
		...policy,
		validateResource: async (resource, reportViolation) => {
			if (resource.type === rotationType) validateTurn(resource, reportViolation);
			else for (const validate of validateClient) await validate(resource, reportViolation);
		},
	};
}

/** What is wrong with the rotation of a pair of clients, if anything is. */
function slowRotation(rotation: Partial<RotationInputs>, maxAgeDays: number): string | undefined {
	const { periodDays } = rotation;
	const longest = Math.floor((maxAgeDays / 2) * 100) / 100;
	if (periodDays == null) {
		return `The two clients take turns when a value changes, however long that takes. ${why}. Give rotation.periodDays, ${longest} or less, in place of rotateWhenChanged.`;
	}
	// Through its own period a secret is current, through the next one it is previous, and it may be made useless earlier.
	if (periodDays + (rotation.deactivatePreviousAfterDays ?? periodDays) <= maxAgeDays) return undefined;
	return `A secret serves for two periods of rotation.periodDays, which is more than ${maxAgeDays} days. ${why}. Set rotation.periodDays to ${longest} or less.`;
}

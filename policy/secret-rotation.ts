import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import type { RotationInput } from "../provider/lifecycle/rotating-oauth-client/inputs";
import { RotatingOAuthClient } from "../provider/rotating-oauth-client";
import { clientRule } from "./resource-rule";
import { isTypeOf } from "./resource-types";
import { isExcepted, type RuleOptions, settingsOf } from "./rule";
import { UnknownValues } from "./unknown-values";
import { parseUrn } from "./urn";

/** The options of {@link requireSecretRotation}. */
export interface SecretRotationOptions extends RuleOptions {
	/**
	 * The maximum age of a secret, in days.
	 *
	 * @default 90
	 */
	maxAgeDays?: number;
}

/** The resource that schedules the rotation of a RotatingOAuthClient. */
const clientRotation = { __pulumiType: "pulumi-nodejs:dynamic/genesyscloud:ClientRotation" };
const why = "A secret that leaked unnoticed works until it is rotated";

/**
 * Secrets must be rotated at least every `maxAgeDays`. Advisory by default. For a `RotatingOAuthClient` the rule checks the rotation, not
 * the two clients: the secret of each is rotated at the beginning of every second period.
 */
export function requireSecretRotation(options: SecretRotationOptions = {}): ResourceValidationPolicy {
	const policy = clientRule<SecretRotationOptions>(
		{
			name: "require-secret-rotation",
			description: "Secrets of OAuth clients must not get older than allowed.",
			enforcementLevel: "advisory",
			options: {
				maxAgeDays: {
					type: "number",
					exclusiveMinimum: 0,
					description: "The maximum age of a secret, in days.",
					default: 90,
				},
			},
			violations: (client, { maxAgeDays }, _, { opts }) => {
				if (opts.parent !== undefined && isTypeOf(RotatingOAuthClient, parseUrn(opts.parent).type)) return [];
				const age = client.secretRotation?.maxAgeDays;
				if (age != null && age <= maxAgeDays) return [];
				if (client.authorizedGrantType === "TOKEN") return [];
				return age == null
					? [
							`The secret is never rotated by age. ${why}. Set secretRotation: { maxAgeDays: ${maxAgeDays} }, or declare a RotatingOAuthClient, which rotates it without a failed login.`,
						]
					: [`secretRotation.maxAgeDays is more than ${maxAgeDays}. ${why}. Set it to ${maxAgeDays} or less.`];
			},
		},
		options,
	);
	const validateRotation = (resource: ResourceValidationArgs, reportViolation: (message: string) => void) => {
		const { maxAgeDays, except } = settingsOf<SecretRotationOptions>(policy, resource);
		const { name, opts } = resource;
		if (isExcepted(except, { name, ...opts })) return;
		const unknowns = new UnknownValues();
		const message = unknowns.read(() => slowRotation(resource.props as Partial<RotationInput>, maxAgeDays));
		if (message === undefined) unknowns.rethrow();
		else reportViolation(message);
	};
	const validateClient = [policy.validateResource ?? []].flat();
	return {
		...policy,
		validateResource: async (resource, reportViolation) => {
			if (isTypeOf(clientRotation, resource.type)) validateRotation(resource, reportViolation);
			else for (const validate of validateClient) await validate(resource, reportViolation);
		},
	};
}

/** The message for a rotation that is too slow, otherwise undefined. */
function slowRotation(rotation: Partial<RotationInput>, maxAgeDays: number): string | undefined {
	const { periodDays } = rotation;
	const longest = Math.floor((maxAgeDays / 2) * 100) / 100;
	if (periodDays == null) {
		return `The secrets are rotated only when a value changes, however long that takes. ${why}. Set rotation.periodDays to ${longest} or less instead of rotateWhenChanged.`;
	}
	// A secret is current for one period and previous for the next, unless the previous client is deactivated earlier.
	if (periodDays + (rotation.deactivatePreviousAfterDays ?? periodDays) <= maxAgeDays) return undefined;
	return `A secret stays valid for two periods of rotation.periodDays, which is more than ${maxAgeDays} days. ${why}. Set rotation.periodDays to ${longest} or less.`;
}

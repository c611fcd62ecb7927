import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { SecretRotationInput } from "../provider/lifecycle/oauth-client/inputs";
import type { RotationInput } from "../provider/lifecycle/rotating-oauth-client/inputs";
import { RotatingOAuthClient } from "../provider/rotating-oauth-client";
import { clientRule } from "./resource-rule";
import { isTypeOf } from "./resource-types";
import type { RuleOptions } from "./rule";

/** The options of {@link requireSecretRotation}. */
export interface SecretRotationOptions extends RuleOptions {
	/**
	 * The maximum age of a secret, in days.
	 *
	 * @default 90
	 */
	maxAgeDays?: number;
}

const why = "A secret that leaked unnoticed works until it is rotated";

/**
 * Secrets must be rotated at least every `maxAgeDays`. Advisory by default. A `RotatingOAuthClient` rotates each of its secrets at the beginning
 * of every second period.
 */
export function requireSecretRotation(options: SecretRotationOptions = {}): ResourceValidationPolicy {
	return clientRule<SecretRotationOptions>(
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
			violations: (client, { maxAgeDays }, _, { type }) => {
				const message = isTypeOf(RotatingOAuthClient, type)
					? slowPair(client.rotation, maxAgeDays)
					: slowClient(client.secretRotation, maxAgeDays);
				// Read last: a client without a secret may rotate it as it likes, and a rotation that is fast enough needs no more.
				return message === undefined || client.authorizedGrantType === "TOKEN" ? [] : [message];
			},
		},
		options,
	);
}

/** The message for a client whose rotation is too slow, otherwise undefined. */
function slowClient(rotation: SecretRotationInput | undefined, maxAgeDays: number): string | undefined {
	const age = rotation?.maxAgeDays;
	if (age == null) {
		return `The secret is never rotated by age. ${why}. Set secretRotation: { maxAgeDays: ${maxAgeDays} }, or declare a RotatingOAuthClient, which rotates it without a failed login.`;
	}
	if (age <= maxAgeDays) return undefined;
	return `secretRotation.maxAgeDays is more than ${maxAgeDays}. ${why}. Set it to ${maxAgeDays} or less.`;
}

/** The message for a pair whose rotation is too slow, otherwise undefined. */
function slowPair(rotation: RotationInput | undefined, maxAgeDays: number): string | undefined {
	const periodDays = rotation?.periodDays;
	const longest = Math.floor((maxAgeDays / 2) * 100) / 100;
	if (periodDays == null) {
		return `The secrets are rotated only when a value changes, however long that takes. ${why}. Set rotation.periodDays to ${longest} or less instead of rotateWhenChanged.`;
	}
	// A secret is current for one period and previous for the next, unless the previous client is deactivated earlier.
	if (periodDays + (rotation?.deactivatePreviousAfterDays ?? periodDays) <= maxAgeDays) return undefined;
	return `A secret stays valid for two periods of rotation.periodDays, which is more than ${maxAgeDays} days. ${why}. Set rotation.periodDays to ${longest} or less.`;
}

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { IntegrationCredential } from "../provider/integration-credential";
import type { IntegrationCredentialInputs } from "../provider/lifecycle/integration-credential/inputs";
import { resourceRule } from "./resource-rule";
import type { RuleOptions } from "./rule";

/** The options of {@link noPlainCredentialFields}. */
export interface CredentialFieldOptions extends RuleOptions {
	/**
	 * The names of fields that may be plain values.
	 *
	 * @default clientId, userName, loginUrl
	 */
	allowed?: string[];
}

/** Fields of integration credentials must be secrets in the program. Mandatory by default. */
export function noPlainCredentialFields(options: CredentialFieldOptions = {}): ResourceValidationPolicy {
	return resourceRule<CredentialFieldOptions, Partial<IntegrationCredentialInputs>>(
		[IntegrationCredential],
		{
			name: "no-plain-credential-fields",
			description: "Fields of integration credentials must be secrets in the program.",
			enforcementLevel: "mandatory",
			options: {
				allowed: {
					type: "array",
					items: { type: "string" },
					description: "Names of fields that may be plain values.",
					default: ["clientId", "userName", "loginUrl"],
				},
			},
			violations: ({ plainFields = [] }, { allowed }) => {
				const plain = plainFields.filter((name) => !allowed.includes(name));
				if (plain.length === 0) return [];
				return [
					`${plain.join(", ")} ${plain.length === 1 ? "is a plain value" : "are plain values"}. Whoever reads the program or its configuration can read it. Use the stack's configuration with --secret, a secret store, or client with an OAuthClient.`,
				];
			},
		},
		options,
	);
}

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { clientRule } from "./client-rule";
import type { RuleOptions } from "./rule";

/** No client uses the implicit grant, `TOKEN`. Mandatory by default. */
export function noImplicitGrant(options: RuleOptions = {}): ResourceValidationPolicy {
	return clientRule<RuleOptions>(
		{
			name: "no-implicit-grant",
			description: "No OAuth client uses the implicit grant.",
			enforcementLevel: "mandatory",
			options: {},
			violations: ({ authorizedGrantType }) =>
				authorizedGrantType === "TOKEN"
					? [
							"authorizedGrantType is TOKEN. Tokens then pass through the browser's address bar, where history and scripts can read them, and Genesys Cloud is withdrawing this grant. Use CODE, with PKCE where the application has no server; that makes a new client.",
						]
					: [],
		},
		options,
	);
}

/** No client uses the password grant, `PASSWORD`. Mandatory by default. */
export function noPasswordGrant(options: RuleOptions = {}): ResourceValidationPolicy {
	return clientRule<RuleOptions>(
		{
			name: "no-password-grant",
			description: "No OAuth client uses the password grant.",
			enforcementLevel: "mandatory",
			options: {},
			violations: ({ authorizedGrantType }) =>
				authorizedGrantType === "PASSWORD"
					? [
							"authorizedGrantType is PASSWORD. The application then sees its users' passwords, past single sign-on and second factors. Use CODE where people log in, CLIENT-CREDENTIALS for a service; that makes a new client.",
						]
					: [],
		},
		options,
	);
}

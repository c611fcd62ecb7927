import type { ResourceValidationPolicy } from "@pulumi/policy";
import { endOfImplicitGrant, moveFromImplicitGrant } from "../provider/lifecycle/oauth-client/implicit-grant";
import { clientRule } from "./resource-rule";
import type { RuleOptions } from "./rule";

/** Clients must not use the implicit grant, `TOKEN`. Mandatory by default. */
export function noImplicitGrant(options: RuleOptions = {}): ResourceValidationPolicy {
	return clientRule<RuleOptions>(
		{
			name: "no-implicit-grant",
			description: "OAuth clients must not use the implicit grant.",
			enforcementLevel: "mandatory",
			options: {},
			violations: ({ authorizedGrantType }) =>
				authorizedGrantType === "TOKEN"
					? [
							`authorizedGrantType is TOKEN. Its tokens appear in the browser's address bar, where history and scripts can read them, and ${endOfImplicitGrant}. ${moveFromImplicitGrant}; this replaces the client.`,
						]
					: [],
		},
		options,
	);
}

/** Clients must not use the password grant, `PASSWORD`. Mandatory by default. */
export function noPasswordGrant(options: RuleOptions = {}): ResourceValidationPolicy {
	return clientRule<RuleOptions>(
		{
			name: "no-password-grant",
			description: "OAuth clients must not use the password grant.",
			enforcementLevel: "mandatory",
			options: {},
			violations: ({ authorizedGrantType }) =>
				authorizedGrantType === "PASSWORD"
					? [
							"authorizedGrantType is PASSWORD. The application then sees its users' passwords and bypasses single sign-on and second factors. Use CODE if people log in, CLIENT-CREDENTIALS for a service; this replaces the client.",
						]
					: [],
		},
		options,
	);
}

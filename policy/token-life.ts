import type { ResourceValidationPolicy } from "@pulumi/policy";
import { defaults } from "../provider/lifecycle/oauth-client/arguments";
import { clientRule } from "./resource-rule";
import type { RuleOptions } from "./rule";

/** The options of {@link limitTokenLife}. */
export interface TokenLifeOptions extends RuleOptions {
	/**
	 * The maximum token lifetime, in seconds: 300 or more.
	 *
	 * @default 86400 (a day), Genesys Cloud's default
	 */
	maxSeconds?: number;
}

/** Tokens must expire after at most `maxSeconds`. Mandatory by default; `remediate` lowers a longer lifetime. */
export function limitTokenLife(options: TokenLifeOptions = {}): ResourceValidationPolicy {
	return clientRule<TokenLifeOptions>(
		{
			name: "limit-token-life",
			description: "Tokens of OAuth clients must not live longer than allowed.",
			enforcementLevel: "mandatory",
			options: {
				maxSeconds: {
					type: "integer",
					minimum: 300,
					description: "The maximum token lifetime, in seconds.",
					default: 86_400,
				},
			},
			violations: ({ accessTokenValiditySeconds }, { maxSeconds }) => {
				if ((accessTokenValiditySeconds ?? defaults.accessTokenValiditySeconds) <= maxSeconds) return [];
				const what =
					accessTokenValiditySeconds === undefined
						? `accessTokenValiditySeconds isn't set, so tokens live ${defaults.accessTokenValiditySeconds} seconds, which is more than ${maxSeconds}`
						: `accessTokenValiditySeconds is more than ${maxSeconds}`;
				return [
					`${what}. A stolen token works until it expires. Set accessTokenValiditySeconds to ${maxSeconds} or less.`,
				];
			},
			remedy(client, { maxSeconds }) {
				client.accessTokenValiditySeconds = maxSeconds;
			},
		},
		options,
	);
}

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { defaults } from "../provider/lifecycle/state/settings";
import { clientRule } from "./client-rule";
import type { RuleOptions } from "./rule";

/** The options of {@link limitTokenLife}. */
export interface TokenLifeOptions extends RuleOptions {
	/**
	 * How long a token may live at most, in seconds: 300 or more.
	 *
	 * @default 86400 (a day), which is what a client gets that doesn't say
	 */
	maxSeconds?: number;
}

/** Tokens live `maxSeconds` at most. Mandatory by default; with `remediate` longer lives are cut down. */
export function limitTokenLife(options: TokenLifeOptions = {}): ResourceValidationPolicy {
	return clientRule<TokenLifeOptions>(
		{
			name: "limit-token-life",
			description: "Tokens of an OAuth client live no longer than allowed.",
			enforcementLevel: "mandatory",
			options: {
				maxSeconds: {
					type: "integer",
					minimum: 300,
					description: "How long a token may live at most, in seconds.",
					default: 86_400,
				},
			},
			violations: ({ accessTokenValiditySeconds }, { maxSeconds }) => {
				if ((accessTokenValiditySeconds ?? defaults.accessTokenValiditySeconds) <= maxSeconds) return [];
				const what =
					accessTokenValiditySeconds === undefined
						? `accessTokenValiditySeconds isn't given, so tokens live ${defaults.accessTokenValiditySeconds} seconds, which is more than ${maxSeconds}`
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

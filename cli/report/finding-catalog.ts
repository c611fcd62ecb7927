import { endOfImplicitGrant, moveFromImplicitGrant } from "../../provider/lifecycle/oauth-client/implicit-grant";

/** The severities of findings, the most severe first. */
export const severities = ["high", "medium", "low", "info"] as const;

/** The severity of a finding. */
export type Severity = (typeof severities)[number];

/** What all findings of one kind have in common. */
export interface FindingKind {
	/** The severity. */
	severity: Severity;
	/** The title for people. */
	title: string;
	/** Why it matters. */
	why: string;
	/** What to do about it. */
	remedy: string;
}

/** Every kind of finding by its name, which never changes: `--fail-on` and users' scripts rely on it. */
export const findingKinds = {
	"ending-grant": {
		severity: "high",
		title: "Grant that ends",
		why: `${endOfImplicitGrant}.`,
		remedy: moveFromImplicitGrant,
	},
	"forbidden-grant": {
		severity: "high",
		title: "Forbidden grant",
		why: "With the implicit grant (TOKEN), tokens appear in browser addresses and histories; with PASSWORD, the application handles people's passwords.",
		remedy: "Move the application to CODE with PKCE, or to CLIENT-CREDENTIALS if it acts for no user",
	},
	"secret-too-old": {
		severity: "high",
		title: "Secret too old",
		why: "The older a secret is, the more places have seen it, and every copy works until the secret is rotated.",
		remedy:
			"Rotate the secret: now with GENESYSCLOUD_ROTATE=<client id>@<order>, by age with secretRotation (of a pair: rotation) in the stack that manages it",
	},
	"near-deletion": {
		// "low" if the client certainly wasn't used.
		severity: "high",
		title: "Near deletion",
		why: "Genesys Cloud deletes the client on that date. Whatever still uses it stops working, and the client id never comes back.",
		remedy: "Set the client's state to active if anything needs it; otherwise there is nothing to do",
	},
	unused: {
		severity: "medium",
		title: "Unused",
		why: "Nobody misses an unused credential, and nobody notices when a stranger begins to use it.",
		remedy: "Ask its owner, then deactivate it; delete it if nobody complains",
	},
	"token-life-too-long": {
		severity: "medium",
		title: "Tokens live too long",
		why: "A leaked token works until it expires, even after the secret was rotated.",
		remedy: "Lower accessTokenValiditySeconds",
	},
	"scope-unused": {
		severity: "medium",
		title: "Unused scopes",
		why: "A leaked token allows everything that its scopes allow, not only what the application does.",
		remedy: "Grant the narrower set. It ignores calls that are made so rarely that none was in the period",
	},
	"secret-may-be-too-old": {
		severity: "low",
		title: "Secret may be too old",
		why: "Genesys Cloud doesn't show when a secret was created. This one is as old as the client unless it was rotated since.",
		remedy: "Find out when the secret was rotated, or rotate it; with secretRotation in a stack its age is known",
	},
	unmanaged: {
		severity: "low",
		title: "Not managed by a given stack",
		why: "Nobody reviews changes to it, and nothing rotates its secret.",
		remedy:
			"Adopt it into a stack (genesyscloud-oauth export writes the program), or give the export of the stack that manages it",
	},
	"usage-unknown": {
		severity: "info",
		title: "Usage unknown",
		why: "Without usage data this report can't tell whether the client is in use and which scopes it needs.",
		remedy: "Run the report again later",
	},
} as const satisfies Record<string, FindingKind>;

/** The name of a kind of finding. */
export type FindingName = keyof typeof findingKinds;

/** All names, the most severe first. */
export const findingNames = Object.keys(findingKinds) as FindingName[];

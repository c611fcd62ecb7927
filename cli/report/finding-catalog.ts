/** How grave a finding is, the gravest first. */
export const severities = ["high", "medium", "low", "info"] as const;

/** How grave a finding is. */
export type Severity = (typeof severities)[number];

/** What is the same for every finding of one kind. */
export interface FindingKind {
	/** How grave it is. */
	severity: Severity;
	/** What it is called for people. */
	title: string;
	/** Why it matters. */
	why: string;
	/** What to do about it. */
	remedy: string;
}

/** Every kind of finding under its name, which never changes: `--fail-on` and people's scripts use it. */
export const findingKinds = {
	"forbidden-grant": {
		severity: "high",
		title: "Forbidden grant",
		why: "With the implicit grant (TOKEN) tokens pass through browser addresses and histories, with PASSWORD an application handles people's passwords.",
		remedy: "Move the application to CODE with PKCE, or to CLIENT-CREDENTIALS when it acts for no user",
	},
	"secret-too-old": {
		severity: "high",
		title: "Secret too old",
		why: "The longer a secret lives, the more places have seen it, and a copy works until the secret is renewed.",
		remedy: "Renew the secret: secretRotation in the stack that manages the client does so by age",
	},
	"near-deletion": {
		// "low" when it surely wasn't used.
		severity: "high",
		title: "Near deletion",
		why: "Genesys Cloud deletes the client on that date. What still uses it stops working, and the client id never comes back.",
		remedy: "Restore the client (set its state to active) if anything needs it; otherwise nothing is to be done",
	},
	unused: {
		severity: "medium",
		title: "Unused",
		why: "Nobody misses a credential that nobody uses, and nobody notices when somebody else begins to.",
		remedy: "Ask its owner, then deactivate it; delete it when nobody has complained",
	},
	"token-life-too-long": {
		severity: "medium",
		title: "Tokens live too long",
		why: "A token that got out works until it expires, also after the secret was renewed.",
		remedy: "Lower accessTokenValiditySeconds",
	},
	"scope-unused": {
		severity: "medium",
		title: "Scopes without use",
		why: "Whoever gets hold of a token can do all that its scopes allow, not only what the application does.",
		remedy: "Grant the narrower set. Calls that are made less often than the report looks back don't show in it",
	},
	"secret-may-be-too-old": {
		severity: "low",
		title: "Secret may be too old",
		why: "Genesys Cloud doesn't show when a secret was made. This one is as old as the client, unless somebody has renewed it since.",
		remedy: "Find out when the secret was renewed, or renew it; under secretRotation in a stack its age is known",
	},
	unmanaged: {
		severity: "low",
		title: "Not managed by a given stack",
		why: "Nobody reviews changes to it, and nothing renews its secret.",
		remedy:
			"Adopt it into a stack (genesyscloud-oauth export writes the program), or give the export of the stack that has it",
	},
	"usage-unknown": {
		severity: "info",
		title: "Use unknown",
		why: "Without usage data this report can't tell whether the client is in use, nor which scopes it needs.",
		remedy: "Run the report again later",
	},
} as const satisfies Record<string, FindingKind>;

/** The name of a kind of finding. */
export type FindingName = keyof typeof findingKinds;

/** All names, the gravest first. */
export const findingNames = Object.keys(findingKinds) as FindingName[];

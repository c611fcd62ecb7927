/** Which existing client to bring under management, in place of making one. Give `clientId` or `name`. */
export interface AdoptInput {
	/** The client's id. Another id later replaces the resource. */
	clientId?: string;
	/** The client's exact name. Several clients of that name are an error that lists their ids. */
	name?: string;
	/**
	 * Whether the client gets a new secret, so that the stack knows it. The old one stops working at once. Without it `clientSecret`
	 * stays empty, and each run warns of that, unless this is `false` in so many words: the API never shows an existing secret.
	 *
	 * @default false
	 */
	rotateSecret?: boolean;
}

/** When the client gets a new secret, under the same client id. The old one stops working at once: see `RotatingOAuthClient`. */
export interface SecretRotationInput {
	/** Any values: when one of them changes, the secret is renewed. Given for the first time, it renews nothing. */
	rotateWhenChanged?: Record<string, unknown>;
	/**
	 * The greatest age of a secret, in days (0.01 to 3650). Counted from the secret's own date. The first
	 * `pulumi up` after the secret is due renews it; nothing happens without a run, so runs must come at least as often as a secret is due
	 * ahead of its greatest age: see `renewBeforeDays`.
	 */
	maxAgeDays?: number;
	/**
	 * How many days before its greatest age a secret is due; less than `maxAgeDays`. Each client is due up to a fifth of `maxAgeDays`
	 * earlier still, at a fixed place of its own, so that clients made together aren't renewed together.
	 *
	 * @default a tenth of maxAgeDays
	 */
	renewBeforeDays?: number;
}

/** When a deletion, also that of a replaced client, is refused. */
export interface DeletionGuardInput {
	/**
	 * The client isn't deleted when it made requests in so many days (1 to 365), or when that can't be found out. Genesys Cloud's usage
	 * data doesn't hold the current day.
	 */
	inUseWithinDays: number;
}

/** How long an operation on this client may take, in seconds, waiting for the rate limit included. Pulumi's `customTimeouts` has no effect. */
export interface TimeoutsInput {
	/** Making or adopting it, in seconds (1 to 86400). @default 600 */
	create?: number;
	/** Reading it in a refresh, in seconds (1 to 86400). @default 600 */
	read?: number;
	/** Changing it and renewing its secret, in seconds (1 to 86400). @default 600 */
	update?: number;
	/** Deleting it, its guard included, in seconds (1 to 86400). @default 600 */
	delete?: number;
}

/**
 * Where the settings of another organization's connection stand: for each, the *name* of an environment variable (`STAGING_REGION`)
 * or of a key of the stack's configuration (`staging:region`). Never a value. What isn't named here isn't looked for.
 */
export interface ConnectionInput {
	/** Where the region stands. */
	region?: string;
	/** Where the client id stands. */
	oauthClientId?: string;
	/** Where the client secret stands. */
	oauthClientSecret?: string;
	/** Where a ready access token stands. */
	accessToken?: string;
	/** Where the gateway's protocol stands. */
	gatewayProtocol?: string;
	/** Where the gateway's host stands. */
	gatewayHost?: string;
	/** Where the gateway's port stands. */
	gatewayPort?: string;
}

import type { AdoptInput, OAuthClientInputs } from "../oauth-client/inputs";

/** When a pair of clients rotates. Set either `periodDays` or `rotateWhenChanged`. */
export interface RotationInput {
	/**
	 * How long a client is current, in days (0.01 to 3650). The first `pulumi up` in a new period rotates: it gives the standby client a
	 * new secret and makes it current. Nothing happens without a run. After missed periods it rotates once. Rotations are at least half a
	 * period apart.
	 */
	periodDays?: number;
	/**
	 * The start of the first period: an ISO 8601 date or date-time.
	 *
	 * @default "2020-01-01T00:00:00Z"
	 */
	startingAt?: string;
	/** Any values: when one of them changes, the next `pulumi up` rotates. Adding it to an existing pair does not rotate. */
	rotateWhenChanged?: Record<string, unknown>;
	/**
	 * When the previous client is set to inactive, in days after the rotation: logins with it then fail until the next rotation. Genesys
	 * Cloud deletes clients that are inactive for 7 days, so this must be at least `periodDays` minus 6, and needs `periodDays`.
	 *
	 * @default never
	 */
	deactivatePreviousAfterDays?: number;
}

/** The existing clients to manage as a pair. Set `a`, `b`, or both: the other one is created. */
export interface AdoptPairInput {
	/** The client that is current at first. */
	a?: AdoptInput;
	/** The standby client. The first rotation gives it a new secret, and its old one stops working. */
	b?: AdoptInput;
}

/** The plain arguments of a `RotatingOAuthClient`: those of an OAuthClient, which both clients have, and when it rotates. */
export interface RotatingOAuthClientInputs extends Omit<OAuthClientInputs, "adopt" | "secretRotation" | "state"> {
	/** When to rotate. */
	rotation: RotationInput;
	/**
	 * Manages existing clients instead of creating them. The first `pulumi up` changes only what differs, as `pulumi preview` shows. After
	 * the adoption this has no effect: a later replacement creates new clients.
	 */
	adopt?: AdoptPairInput;
}

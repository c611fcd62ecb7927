import type { OptionName, SettingName } from "./input-schema";
import type { DomainEntityRef, GrantType } from "../api/models";
import type { Scope } from "../scopes";

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

/** A role that a CLIENT-CREDENTIALS client acts with, and where. */
export interface RoleDivisionInput {
	/**
	 * Id of the role (Admin > Roles / Permissions). The client that Pulumi logs in with must hold the role itself; otherwise the API
	 * answers 400 `bad.client.role`.
	 */
	roleId: string;
	/**
	 * Id of the division the role is granted in, or `*` for every division.
	 *
	 * @default the organization's home division
	 */
	divisionId?: string;
}

/**
 * What a program declares of an OAuth client. The names are the API's own (OAuthClientRequest), so any API document pastes in.
 * Everything updates in place with one PUT, unless its own text says otherwise.
 */
export interface OAuthClientInputs {
	/** The client's name, as administrators see it. Must not be empty; need not be unique. */
	name: string;
	/**
	 * How the application gets its tokens: `CODE` (an application with a server, for its users), `CLIENT-CREDENTIALS` (a service, for
	 * itself), `TOKEN` (implicit; being withdrawn by the vendor), `SAML2-BEARER` or `PASSWORD`.
	 *
	 * Changing it replaces the client: a new client id and secret, made before the old one is deleted. The grant decides who may
	 * hold the credential, so a secret made under the old one must not live on. See `replaceOnGrantTypeChange`.
	 */
	authorizedGrantType: GrantType;
	/** What the client is for, as administrators see it. @default "" */
	description?: string;
	/**
	 * How long a token of this client lives, in seconds: 300 (5 minutes) to 172800 (48 hours); up to 38880000 (450 days) for SCIM
	 * integrations only.
	 *
	 * @default 86400
	 */
	accessTokenValiditySeconds?: number;
	/**
	 * Where users may be sent back to after login: absolute URIs, in any order. Required for `CODE` and `TOKEN`.
	 *
	 * @default []
	 */
	registeredRedirectUri?: string[];
	/**
	 * What the application may do for its users: ids of scopes such as `users:readonly`, in any order. Required for every grant but
	 * `CLIENT-CREDENTIALS`, for which scopes have no effect (roles decide there) and are refused.
	 */
	scope?: Scope[];
	/**
	 * The roles of a `CLIENT-CREDENTIALS` client, each in a division, in any order. Required for that grant (or `roleIds`), refused
	 * for the others, where the API drops them.
	 */
	roleDivisions?: RoleDivisionInput[];
	/**
	 * Ids of the roles of a `CLIENT-CREDENTIALS` client, in any order. Give this or `roleDivisions`, not both.
	 *
	 * @deprecated by the vendor; use `roleDivisions`
	 */
	roleIds?: string[];
	/**
	 * `active`, or `inactive`: no new tokens. Genesys Cloud deletes clients that stay inactive. A client declared inactive from the
	 * start is created active and then set inactive, since the API takes no other way.
	 *
	 * @default "active"
	 */
	state?: "active" | "inactive";
	/**
	 * Whether a new `authorizedGrantType` replaces the client. `false` changes it in place: client id and secret stay, and whoever
	 * holds the old secret keeps access under the new grant.
	 *
	 * @default true
	 */
	replaceOnGrantTypeChange?: boolean;
	/**
	 * Whether a new client is made without asking for others of its name. Otherwise the first create of a run lists the clients: one of
	 * the same name that the same login made within 24 hours, and that no resource of the run has in state, may be what an interrupted run
	 * has left, and the create is refused until you decide (`GENESYSCLOUD_TAKE_OVER`, `GENESYSCLOUD_ALLOW_SAME_NAME`). For programs that
	 * make several clients of one name, such as review stacks.
	 *
	 * @default false
	 */
	allowSameName?: boolean;
	/**
	 * Brings an existing client under management in place of making one. The first `pulumi up` changes only what differs, `pulumi
	 * preview` says what that is. Once the client is adopted, this has no effect: what replaces it later is a new client.
	 */
	adopt?: AdoptInput;
	/** When the client gets a new secret. @default never */
	secretRotation?: SecretRotationInput;
	/** Refuses to delete the client while it is in use. Must have been applied by a `pulumi up` to have an effect. @default no guard */
	deletionGuard?: DeletionGuardInput;
	/**
	 * What a deletion does: `delete`, or `deactivate`: the client is left inactive, and Genesys Cloud deletes it after its grace period
	 * (7 days). Until then `adopt` brings it back. Must have been applied by a `pulumi up` to have an effect.
	 *
	 * @default "delete"
	 */
	deletion?: "delete" | "deactivate";
	/**
	 * Whether a refresh tries the secret in state at the login (`CLIENT-CREDENTIALS` only, one login a refresh), so that the next
	 * `pulumi up` renews a secret that somebody else has reset.
	 *
	 * @default false
	 */
	detectSecretReset?: boolean;
	/** How long operations on this client may take. */
	timeouts?: TimeoutsInput;
	/**
	 * A module of the program that stores the secret: a file (`./store-secret.js`, from the program's directory) or a package. Its
	 * exported function `storeSecret({ name, clientId, clientSecret, secretVersion, rotation })` is called after the client was made and after
	 * each rotation, before success is reported; also when it is declared for the first time, where the secret is known. When it throws or
	 * rejects, the run fails, the secret stays in state, and the next run calls it again.
	 *
	 * @default no sink
	 */
	secretSink?: string;
	/** Where the connection's settings stand, for a client in another organization. @default the usual configuration */
	connection?: ConnectionInput;
}

/** What state keeps of an OAuth client: its settings as the API has them, what the API adds, and the options. */
export interface OAuthClientOutputs
	extends
		Required<Pick<OAuthClientInputs, Exclude<SettingName, "roleDivisions" | "state">>>,
		Pick<OAuthClientInputs, OptionName> {
	/** The client id (also the resource's id). */
	clientId: string;
	/** The client secret, always a Pulumi secret; empty where there is none, and where this stack didn't make it. */
	clientSecret: string;
	/** The roles as the API has them: each with its division. */
	roleDivisions: Required<RoleDivisionInput>[];
	/** `active`, `inactive`, or `disabled` by Genesys Cloud's support. */
	state: string;
	/** When Genesys Cloud will delete the client: ISO 8601, when it will. */
	dateToDelete?: string;
	/** When the client was made: ISO 8601, UTC. */
	dateCreated: string;
	/** When the client was last changed: ISO 8601, UTC. */
	dateModified: string;
	/** Who made it. */
	createdBy: DomainEntityRef;
	/** Who last changed it. */
	modifiedBy: DomainEntityRef;
	/** The client's path in the API. */
	selfUri: string;
	/** How many secrets this stack has had for the client; 0 while it knows none. */
	secretVersion: number;
	/** When the present secret was made: ISO 8601, UTC; empty for clients without a secret. */
	secretRotatedAt: string;
	/** When the secret is due for renewal by `secretRotation.maxAgeDays`: ISO 8601, UTC; absent without it. */
	secretRotatesAt?: string;
	/** Shows whether two secrets are the same without showing them: the first 12 hexadecimal digits of the SHA-256. Empty for none. */
	secretFingerprint: string;
	/** The steps on the secret that a failed run left to the next one; absent when there are none. */
	pendingSecretSteps?: string[];
	/** The home division, when a role was given without a division. */
	homeDivisionId?: string;
	/** The client id of the login that made or last changed the client: tells whether a 404 comes from the same organization. */
	loginClientId?: string;
	/** Tells two entries of state that hold one client apart; absent for a client that the stack made. */
	adoptionId?: string;
	/** The optional settings that the program gave, so that a refresh can tell them from defaults. */
	declared: string[];
	/** Properties that this version doesn't know: a secret, since nobody knows what they hold; a PUT without them would wipe them. */
	unmanagedSettings?: Record<string, unknown>;
}

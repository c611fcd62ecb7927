import type { ConnectionInput, TimeoutsInput } from "../shared-inputs";
import type { GrantType } from "../../api/models";
import type { Scope } from "../../api/scopes";

/** The states that a program may declare. */
export type DeclaredState = "active" | "inactive";

/** The effect of a deletion: deletes the client, or sets it to inactive. */
export type ClientDeletion = "delete" | "deactivate";

/** The existing client to manage instead of creating one. Set either `clientId` or `name`. */
export interface AdoptInput {
	/** The client's id. Changing it later replaces the resource. */
	clientId?: string;
	/** The client's exact name. If several clients have it, the error lists their ids. */
	name?: string;
	/**
	 * Whether to rotate the client's secret, so that the stack knows it. The old one stops working immediately. Otherwise, and without
	 * `clientSecret`, the output `clientSecret` stays empty, since the API never shows an existing secret, and each run warns about that unless
	 * this is explicitly `false`. Excludes `clientSecret`.
	 *
	 * @default false
	 */
	rotateSecret?: boolean;
	/**
	 * The client's current secret, always a Pulumi secret: the stack uses it instead of rotating it. A login tries it before anything is
	 * changed; a secret that is rejected for 55 seconds fails the run. For grants that users log in with, the login may not recognize a wrong
	 * secret: then it is accepted untried, with a message. An inactive client's secret is accepted once the client is active. Its age counts
	 * from that run. It may also be set later, for a client whose secret the stack doesn't know. Once a secret is known, this has no effect.
	 *
	 * @default the secret stays unknown
	 */
	clientSecret?: string;
}

/** When to rotate the client's secret. The client id stays. The old secret stops working immediately; `RotatingOAuthClient` avoids that. */
export interface SecretRotationInput {
	/** Any values: when one of them changes, the secret is rotated. Adding it to an existing client does not rotate its secret. */
	rotateWhenChanged?: Record<string, unknown>;
	/**
	 * The maximum age of a secret, in days (0.01 to 3650), counted from its creation. The first `pulumi up` after the secret is due rotates
	 * it. Nothing happens without a run, so the time between runs must be at most `renewBeforeDays`.
	 */
	maxAgeDays?: number;
	/**
	 * How many days before its maximum age a secret is due; less than `maxAgeDays`. In addition, each client is due earlier by a fixed share
	 * of up to a fifth of `maxAgeDays`, so that clients created together aren't rotated together.
	 *
	 * @default a tenth of maxAgeDays
	 */
	renewBeforeDays?: number;
}

/** When to refuse to delete the client, including its deletion after a replacement. */
export interface DeletionGuardInput {
	/**
	 * Refuses the deletion if the client made requests in this number of days (1 to 365), or if that can't be checked. Genesys Cloud's usage
	 * data doesn't include the current day.
	 */
	inUseWithinDays: number;
}

/** A role of a CLIENT-CREDENTIALS client, and its division. */
export interface RoleDivisionInput {
	/**
	 * Id of the role (Admin > Roles / Permissions). The client that Pulumi logs in with must have the role itself; otherwise the API returns
	 * 400 `bad.client.role`.
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
 * The plain arguments of an OAuth client. Settings have their names in the API (OAuthClientRequest). A change updates the client in place
 * with one GET and one PUT, unless stated otherwise.
 */
export interface OAuthClientInputs {
	/** The client's name. Must not be empty; need not be unique. */
	name: string;
	/**
	 * How the application gets its tokens: `CODE` (an application with a server, for its users), `CLIENT-CREDENTIALS` (a service, for
	 * itself), `SAML2-BEARER`, `PASSWORD`, or `TOKEN` (implicit), which Genesys Cloud is ending: new clients can't be created since March or May
	 * 2026, and existing ones stop working in March or May 2027 (its community and its help name different months). Move applications to
	 * `CODE` with PKCE; a new `TOKEN` client causes a warning.
	 *
	 * Changing it replaces the client: a new client, with a new id and secret, is created before the old one is deleted, since a secret
	 * issued for one grant must not be valid for another. See `replaceOnGrantTypeChange`.
	 */
	authorizedGrantType: GrantType;
	/** The client's description. @default "" */
	description?: string;
	/**
	 * How long a token of this client is valid, in seconds: 300 (5 minutes) to 172800 (48 hours); up to 38880000 (450 days) for SCIM
	 * integrations only.
	 *
	 * @default 86400
	 */
	accessTokenValiditySeconds?: number;
	/**
	 * The allowed redirect URIs after login: absolute URIs, in any order. `CODE` and `TOKEN` usually need at least one:
	 * without it there is a warning.
	 *
	 * @default []
	 */
	registeredRedirectUri?: string[];
	/**
	 * Ids of the scopes that limit what the application may do for its users, such as `users:readonly`, in any order. Required for every grant
	 * except `CLIENT-CREDENTIALS`, which uses roles: scopes are refused there.
	 */
	scope?: Scope[];
	/**
	 * The roles of a `CLIENT-CREDENTIALS` client, each in a division, in any order. Required for that grant (or `roleIds`), refused for the
	 * others.
	 */
	roleDivisions?: RoleDivisionInput[];
	/**
	 * Ids of the roles of a `CLIENT-CREDENTIALS` client, in any order. Set this or `roleDivisions`, not both.
	 *
	 * @deprecated by Genesys Cloud; use `roleDivisions`
	 */
	roleIds?: string[];
	/**
	 * `active`, or `inactive`: no new tokens. Genesys Cloud deletes clients that stay inactive. A new inactive client is created active and
	 * then set to inactive, as the API requires.
	 *
	 * @default "active"
	 */
	state?: DeclaredState;
	/**
	 * Settings of the API that this version has no argument for, by their names in the API: sent as they are, compared with the API's values,
	 * always a secret. A setting that you remove here is no longer sent, so that the API's default applies. When this package has an argument
	 * for a setting, move it there; this changes nothing in Genesys Cloud.
	 *
	 * @default none
	 */
	additionalSettings?: Record<string, unknown>;
	/**
	 * Whether a new `authorizedGrantType` replaces the client. `false` changes it in place: client id and secret stay, so everyone with the
	 * secret has access under the new grant.
	 *
	 * @default true
	 */
	replaceOnGrantTypeChange?: boolean;
	/**
	 * Whether to create the client without checking for others of the same name. Otherwise the first create of a run lists the clients. If
	 * the same login created one of the same name in the last 24 hours, and it isn't in the run's state, an interrupted run may have left it:
	 * the create is refused until you decide (`GENESYSCLOUD_TAKE_OVER`, `GENESYSCLOUD_ALLOW_SAME_NAME`). Set it for clients with the same
	 * name, such as in review stacks.
	 *
	 * @default false
	 */
	allowSameName?: boolean;
	/**
	 * Manages an existing client instead of creating one. The first `pulumi up` changes only what differs, as `pulumi preview` shows. After
	 * the adoption this has no effect: a later replacement creates a new client.
	 */
	adopt?: AdoptInput;
	/** When to rotate the client's secret. @default never */
	secretRotation?: SecretRotationInput;
	/** Refuses to delete the client while it is in use. Takes effect after a `pulumi up`. @default no guard */
	deletionGuard?: DeletionGuardInput;
	/**
	 * The effect of a deletion: `delete`, or `deactivate`, which sets the client to inactive; Genesys Cloud deletes it after its grace period
	 * (7 days). Until then `adopt` restores it. Takes effect after a `pulumi up`.
	 *
	 * @default "delete"
	 */
	deletion?: ClientDeletion;
	/**
	 * Whether each refresh checks the secret in state with a login, so that the next `pulumi up` rotates a secret that was reset outside
	 * Pulumi. A rejection counts when it has lasted for 50 seconds. Otherwise only a refresh that finds the client changed since state was
	 * saved does so. For grants that users log in with, a rejection counts only
	 * after the login has recognized a correct secret of the client.
	 *
	 * @default false
	 */
	detectSecretReset?: boolean;
	/** Timeouts of operations on this client. */
	timeouts?: TimeoutsInput;
	/**
	 * A module that stores the secret: a file relative to the program's directory (`./store-secret.js`) or a package. Its exported function
	 * `storeSecret({ name, clientId, clientSecret, secretVersion, rotation })` is called after the client is created, after each rotation, and
	 * when the sink is added to a client whose secret is known. If it throws or rejects, the run fails, the secret stays in state, and the
	 * next run calls it again.
	 *
	 * @default no sink
	 */
	secretSink?: string;
	/**
	 * Whether the state keeps the secret. With `false`, only `secretSink` gets it, which must be set: `clientSecret` is empty, and the state has a
	 * fingerprint. If the sink fails, the secret is lost, and the next `pulumi up` makes a new one; the previous one is invalid already. The secret
	 * of an existing client is removed from the state once the sink has it, without a rotation. If you set it to `true` again, `clientSecret` stays
	 * empty until the next rotation. Excludes `detectSecretReset` and `adopt.clientSecret`.
	 *
	 * @default true
	 */
	keepSecretInState?: boolean;
	/** Where to read the connection settings of another organization. @default the usual configuration */
	connection?: ConnectionInput;
}

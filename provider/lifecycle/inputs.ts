import type { OptionName } from "./input-schema";
import type { DomainEntityRef, GrantType } from "../api/models";
import type { Scope } from "../scopes";
import type {
	AdoptInput,
	ConnectionInput,
	DeletionGuardInput,
	SecretRotationInput,
	TimeoutsInput,
} from "./option-inputs";

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
	 * exported function `storeSecret({ name, clientId, clientSecret, secretVersion, turn })` is called after the client was made and after
	 * each rotation, before success is reported; also when it is declared for the first time, where the secret is known. When it throws or
	 * rejects, the run fails, the secret stays in state, and the next run calls it again.
	 *
	 * @default no sink
	 */
	secretSink?: string;
	/** Where the connection's settings stand, for a client in another organization. @default the usual configuration */
	connection?: ConnectionInput;
}

/** The settings that the API always has, whatever the program gives. */
type EffectiveSettings = Required<
	Pick<
		OAuthClientInputs,
		| "name"
		| "authorizedGrantType"
		| "description"
		| "accessTokenValiditySeconds"
		| "registeredRedirectUri"
		| "scope"
		| "roleIds"
	>
>;

/** What is kept of an OAuth client in state: the effective settings and what the API adds. */
export interface OAuthClientOutputs extends EffectiveSettings, Pick<OAuthClientInputs, OptionName> {
	/** The client id (also the resource's id). */
	clientId: string;
	/**
	 * The client secret, always a Pulumi secret. Empty for clients that have none (`TOKEN`) and for those this stack didn't make: the
	 * API shows a secret only when it makes one.
	 */
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
	/**
	 * How many secrets this stack has had for the client: 1 after it was made, 1 more after each rotation, 0 while its secret isn't known
	 * here.
	 */
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
	/**
	 * The client id of the login that made or last changed the client: with another organization's credentials, where the client isn't
	 * found, it stays in state.
	 */
	loginClientId?: string;
	/** Tells two entries of state that hold one client apart; absent for a client that the stack made. */
	adoptionId?: string;
	/** The optional settings that the program gave, so that a refresh can tell them from defaults. */
	declared: string[];
	/**
	 * Settings that the API returned and this version doesn't know, kept (as a secret, since nobody knows what they hold) because a
	 * PUT would otherwise wipe them.
	 */
	unmanagedSettings?: Record<string, unknown>;
}

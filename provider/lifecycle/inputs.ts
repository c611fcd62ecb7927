import type { DomainEntityRef, GrantType } from "../api/models";

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
	scope?: string[];
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
	 * When Genesys Cloud is to delete the client: ISO 8601 with time and zone, such as `2027-01-31T00:00:00Z`. Left alone when not given.
	 */
	dateToDelete?: string;
	/**
	 * Whether a new `authorizedGrantType` replaces the client. `false` changes it in place: client id and secret stay, and whoever
	 * holds the old secret keeps access under the new grant.
	 *
	 * @default true
	 */
	replaceOnGrantTypeChange?: boolean;
}

/** What is kept of an OAuth client in state: the effective settings and what the API adds. */
export interface OAuthClientOutputs extends Required<
	Omit<OAuthClientInputs, "roleDivisions" | "dateToDelete" | "replaceOnGrantTypeChange" | "state">
> {
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
	/** The home division, when a role was given without a division. */
	homeDivisionId?: string;
	/** The optional settings that the program gave, so that a refresh can tell them from defaults. */
	declared: string[];
	/**
	 * Settings that the API returned and this version doesn't know, kept (as a secret, since nobody knows what they hold) because a
	 * PUT would otherwise wipe them.
	 */
	unmanagedSettings?: Record<string, unknown>;
}

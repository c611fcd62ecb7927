/** A grant a client may be made for (`authorizedGrantType` of the Platform API). */
export type GrantType = "CODE" | "TOKEN" | "SAML2-BEARER" | "PASSWORD" | "CLIENT-CREDENTIALS";

/** The state of a client (`state` of the Platform API). */
export type ClientState = "active" | "disabled" | "inactive";

/** A role in a division. */
export interface RoleDivision {
	/** The id of the role. */
	roleId: string;
	/** The id of the division, or `*` for all divisions. */
	divisionId: string;
}

/** A reference to who made or changed something. */
export interface PersonReference {
	/** The id. */
	id: string;
	/** The name. */
	name?: string;
}

/** A role of the simulated organization. */
export interface RoleSeed {
	/** The id. @default a random UUID */
	id?: string;
	/** The name. The role named `SCIM Integration` is what allows a token to live up to 38,880,000 s. */
	name: string;
	/**
	 * What a client that holds the role may do, for example `oauth:client:view`; `"all"` is everything.
	 * @default []
	 */
	permissions?: string[] | "all";
	/** The description. @default "" */
	description?: string;
	/** The vendor's own id of a built-in role, for example `employee`. A role that has one is a default role. @default none */
	defaultRoleId?: string;
	/** How many users have it: told unless the caller asks not to count. @default 0 */
	userCount?: number;
}

/** A division of the simulated organization. */
export interface DivisionSeed {
	/** The id. @default a random UUID */
	id?: string;
	/** The name. */
	name: string;
	/** The description. @default "" */
	description?: string;
	/** Whether it is the home division. Exactly one must be. @default false */
	home?: boolean;
}

/** An OAuth client that is there from the start, or that is put there out of band. Fields have the Platform API's names. */
export interface ClientSeed {
	/** The client id. @default a random UUID */
	id?: string;
	/** The secret. Rarely needed: `organization.regenerateSecret(id)` hands out one. @default a random one */
	secret?: string;
	/** The name. */
	name: string;
	/** The description. @default none */
	description?: string;
	/** The grant. @default "CLIENT-CREDENTIALS" */
	authorizedGrantType?: GrantType;
	/** How long a token lives, in seconds. Not checked here. @default 86400 */
	accessTokenValiditySeconds?: number;
	/** The callbacks. @default [] */
	registeredRedirectUri?: string[];
	/** The roles (deprecated form). @default [] */
	roleIds?: string[];
	/** The roles in their divisions. @default [] */
	roleDivisions?: RoleDivision[];
	/** The scopes. Any text, known or not. @default [] */
	scope?: string[];
	/** The state. @default "active" */
	state?: ClientState;
	/** When it was made, ISO 8601. @default the start of the simulator */
	dateCreated?: string;
	/** When it was last changed, ISO 8601. @default dateCreated */
	dateModified?: string;
	/** When it will be removed, ISO 8601. @default none */
	dateToDelete?: string;
	/** Who made it. @default the administrator */
	createdBy?: PersonReference;
	/** Who last changed it. @default createdBy */
	modifiedBy?: PersonReference;
	/**
	 * What its tokens may do, for example `["oauth:client:view"]`; `"all"` is everything.
	 * @default what its roles allow
	 */
	permissions?: string[] | "all";
	/**
	 * The scopes of its client-credentials tokens; they count only while {@link Seed.scopeEnforcement} is on.
	 * @default ["all"]
	 */
	tokenScopes?: string[];
	/** More fields that the API gives back for this client, as a later version of the API may. @default {} */
	extra?: Record<string, unknown>;
}

/** The state of an authorization (the vendor's OAuthAuthorization). */
export type AuthorizationState = "Unauthorized" | "Requested" | "Authorized" | "Revoked";

/** A foreign client that the organization was asked to authorize. */
export interface AuthorizationSeed {
	/** The id of that client. @default a random UUID */
	clientId?: string;
	/** Its name. */
	clientName: string;
	/** Its description: one text, or one for each language (`{"en-us": ..., "de": ...}`). @default none */
	description?: string | Record<string, string>;
	/** Its grant. @default "CODE" */
	authorizedGrantType?: GrantType;
	/** The scopes it asks for. @default [] */
	scope?: string[];
	/** The ids of the roles it was given. @default [] */
	roles?: string[];
	/** The state. */
	state: AuthorizationState;
	/** Who owns what is being shared. @default the organization */
	resourceOwner?: PersonReference;
	/** When it was made, ISO 8601. @default the start of the simulator */
	dateCreated?: string;
	/** When it was last changed, ISO 8601. @default dateCreated */
	dateModified?: string;
}

/** Calls that a client made before the simulator started. */
export interface UsageSeed {
	/** The client. */
	clientId: string;
	/** The UTC day, `yyyy-mm-dd`. */
	date: string;
	/** The path template, for example `/api/v2/users`. */
	templateUri: string;
	/** The HTTP method, in capitals. */
	httpMethod: string;
	/** Answers with 2xx. @default 0 */
	status200?: number;
	/** Answers with 3xx. @default 0 */
	status300?: number;
	/** Answers with 4xx, those with 429 included. @default 0 */
	status400?: number;
	/** Answers with 5xx. @default 0 */
	status500?: number;
	/** Answers with 429. @default 0 */
	status429?: number;
	/** All answers. @default the sum of status200, status300, status400 and status500 */
	requests?: number;
}

/** The limits of the simulated organization. `null` is no limit. */
export interface LimitSeed {
	/** How many clients may exist, the administrator not counted. @default null */
	clients?: number | null;
	/** API calls a minute for one token (the vendor's `client.credentials.token.rate.per.minute`). @default 300 */
	requestsPerMinute?: number | null;
	/** Requests a minute to the token endpoint for one client. The vendor gives no number. @default null */
	tokenRequestsPerMinute?: number | null;
	/** The size of a request body, in bytes (the vendor's `request.bytes.max`). @default 512000 */
	requestBytes?: number;
}

/** How lists and usage queries behave. */
export interface UsageQuerySeed {
	/** How many times a query is polled as Running (a job first as Queued) before it ends. @default 1 */
	runningPolls?: number;
	/** How many rows come with one answer; more rows come with cursors. `null` is all. @default null */
	rowsPerAnswer?: number | null;
	/** Which usage APIs there are: `oauth` under /api/v2/oauth/clients, `jobs` under /api/v2/usage. @default both */
	apis?: ("oauth" | "jobs")[];
}

/** How the lists of roles and of divisions behave where the vendor's documents are silent. */
export interface AuthorizationListSeed {
	/** Which names `name` finds: those that hold it, begin with it, or are it. @default "contains" */
	nameFilter?: "contains" | "startsWith" | "equals";
	/** Whether `name` tells upper case from lower case. @default false */
	nameFilterIsCaseSensitive?: boolean;
	/** Whether a role must have any or all of several `permission`s. @default "any" */
	permissionFilter?: "any" | "all";
	/** The largest `pageSize` of numbered pages; a larger one is refused. `null` is no limit. @default null */
	maxPageSize?: number | null;
	/** Whether a numbered page has the path of the next. Without it only `pageCount` tells that there is one. @default true */
	nextUri?: boolean;
	/** What `userCount` is when the caller asks not to count: not there, or 0. @default "absent" */
	uncountedUsers?: "absent" | "zero";
}

/** What the simulated organization is like at the start. A part that is given replaces that part of the default seed. */
export interface Seed {
	/** The organization itself. */
	organization?: {
		/** The id. @default a random UUID */
		id?: string;
		/** The name. @default "Simulated Organization" */
		name?: string;
		/** The ISO 3166 code of its country. @default "US" */
		defaultCountryCode?: string;
	};
	/** The administrator, the one client that is always there. */
	administrator?: {
		/** The client id. @default a random UUID */
		id?: string;
		/** The name. @default "Administrator" */
		name?: string;
		/** How long its tokens live, in seconds. @default 86400 */
		accessTokenValiditySeconds?: number;
	};
	/** The roles. @default employee, Communicate - User, SCIM Integration, Master Admin */
	roles?: RoleSeed[];
	/** The divisions. @default Home and one other */
	divisions?: DivisionSeed[];
	/** The clients, beside the administrator. @default [] */
	clients?: ClientSeed[];
	/** The authorizations. @default one in each of the four states */
	authorizations?: AuthorizationSeed[];
	/** Calls made before the start. @default [] */
	usage?: UsageSeed[];
	/** Usage queries. */
	usageQueries?: UsageQuerySeed;
	/** The limits. */
	limits?: LimitSeed;
	/** How many clients one page of the listing has; `null` is all of them. @default null */
	clientsPerPage?: number | null;
	/** The lists of roles and of divisions. */
	authorizationLists?: AuthorizationListSeed;
	/** How long every call takes, in milliseconds, by the clock. @default 0 */
	latencyMs?: number;
	/** Whether a token also needs the scope of an operation (an organization's setting, off unless asked for). @default false */
	scopeEnforcement?: boolean;
	/** The code of the 401 for a token that has expired. @default "bad.credentials" */
	expiredTokenCode?: "bad.credentials" | "credentials.expired";
	/**
	 * Fields that POST and PUT take and keep beside those of the vendor's OAuthClientRequest, as a later version of the API may.
	 * @default []
	 */
	extraProperties?: string[];
}

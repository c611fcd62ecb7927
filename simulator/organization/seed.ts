import type { AssumptionSeed, LagSeed } from "./assumption-seed";
import type { ClientState, GrantType } from "./client-values";

/** A role in a division. */
export interface RoleDivision {
	/** The id of the role. */
	roleId: string;
	/** The id of the division, or `*` for all divisions. */
	divisionId: string;
}

/** A reference to who created or changed something. */
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
	/** The name. The role named `SCIM Integration` allows token lifetimes up to 38,880,000 s. */
	name: string;
	/**
	 * What a client with this role may do, for example `oauth:client:view`; `"all"` means everything.
	 * @default []
	 */
	permissions?: string[] | "all";
	/** The description. @default "" */
	description?: string;
	/** The vendor's own id of a built-in role, for example `employee`. A role that has one is a default role. @default none */
	defaultRoleId?: string;
	/** How many users have it; in the response unless the caller asks not to count. @default 0 */
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

/** An OAuth client that exists from the start or is added without the API. Fields have the Platform API's names. */
export interface ClientSeed {
	/** The client id. The package takes only a UUID. @default a random UUID */
	id?: string;
	/** The secret. Rarely needed: `organization.regenerateSecret(id)` returns one. @default a random one */
	secret?: string;
	/** The name. */
	name: string;
	/** The description. @default none */
	description?: string;
	/** The grant. @default "CLIENT-CREDENTIALS" */
	authorizedGrantType?: GrantType;
	/** The token lifetime, in seconds. Not checked here. @default 86400 */
	accessTokenValiditySeconds?: number;
	/** The redirect URIs. @default [] */
	registeredRedirectUri?: string[];
	/** The roles (deprecated form). @default [] */
	roleIds?: string[];
	/** The roles in their divisions. @default [] */
	roleDivisions?: RoleDivision[];
	/** The scopes: any texts, known or not. @default [] */
	scope?: string[];
	/** The state. @default "active" */
	state?: ClientState;
	/** When it was created, ISO 8601. @default the start of the simulator */
	dateCreated?: string;
	/** When it was last changed, ISO 8601. @default dateCreated */
	dateModified?: string;
	/** When it will be deleted, ISO 8601. @default none */
	dateToDelete?: string;
	/** Who created it. @default the administrator */
	createdBy?: PersonReference;
	/** Who last changed it. @default createdBy */
	modifiedBy?: PersonReference;
	/**
	 * What its tokens may do, for example `["oauth:client:view"]`; `"all"` means everything.
	 * @default what its roles allow
	 */
	permissions?: string[] | "all";
	/**
	 * The scopes of its client-credentials tokens; they matter only if {@link Seed.scopeEnforcement} is on.
	 * @default ["all"]
	 */
	tokenScopes?: string[];
	/** Whether the login refuses it for the address it is called from, whatever its secret. @default false */
	addressIsDenied?: boolean;
	/** More fields that the API returns for this client, as a later version of the API may. @default {} */
	extra?: Record<string, unknown>;
}

/** The state of an authorization (the vendor's OAuthAuthorization). */
export type AuthorizationState = "Unauthorized" | "Requested" | "Authorized" | "Revoked";

/** A client of another organization that this organization was asked to authorize. */
export interface AuthorizationSeed {
	/** The id of that client. @default a random UUID */
	clientId?: string;
	/** Its name. */
	clientName: string;
	/** Its description: one text, or one for each language (`{"en-us": ..., "de": ...}`). @default none */
	description?: string | Record<string, string>;
	/** Its grant type. @default "CODE" */
	authorizedGrantType?: GrantType;
	/** The scopes it requests. @default [] */
	scope?: string[];
	/** The ids of its roles. @default [] */
	roles?: string[];
	/** The state. */
	state: AuthorizationState;
	/** The owner of the shared resources. @default the organization */
	resourceOwner?: PersonReference;
	/** When it was created, ISO 8601. @default the start of the simulator */
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
	/** Responses with 2xx. @default 0 */
	status200?: number;
	/** Responses with 3xx. @default 0 */
	status300?: number;
	/** Responses with 4xx, including 429. @default 0 */
	status400?: number;
	/** Responses with 5xx. @default 0 */
	status500?: number;
	/** Responses with 429. @default 0 */
	status429?: number;
	/** All responses. @default the sum of status200, status300, status400 and status500 */
	requests?: number;
}

/** An integration credential that exists from the start or is added without the API. */
export interface CredentialSeed {
	/** The id. The package takes only a UUID. @default a random UUID */
	id?: string;
	/** The name. Genesys Cloud has credentials without one, but none can be created so. @default none */
	name?: string;
	/** The name of its type. @default "pureCloudOAuthClient" */
	type?: string;
	/** The values of its fields, not checked here. @default {} */
	fields?: Record<string, string>;
	/** When it was created, ISO 8601. @default the start of the simulator */
	createdDate?: string;
	/** When it was last changed, ISO 8601. @default createdDate */
	modifiedDate?: string;
}

/** An integration, which uses credentials. The API only reads it. */
export interface IntegrationSeed {
	/** The id. @default a random UUID */
	id?: string;
	/** The name. */
	name: string;
	/** The id of its type. @default "purecloud-data-actions" */
	integrationType?: string;
	/** The ids of the credentials that it uses. @default [] */
	credentialIds?: string[];
}

/** How integration credentials behave where the vendor documents nothing. */
export interface IntegrationCredentialSeed {
	/** What a read has in place of a sensitive value: no field, a mask of asterisks, or an empty text. @default "masked" */
	redaction?: "omitted" | "masked" | "empty";
	/** Whether a read has the client id of a `pureCloudOAuthClient`. @default true */
	showsClientId?: boolean;
	/** What a PUT does to fields that it omits or leaves empty. @default "clear" */
	omittedFields?: "clear" | "keep";
	/** Whether a credential that an integration uses can be deleted; if not, 409 `request.conflict`. @default true */
	usedOnesCanBeDeleted?: boolean;
}

/** The limits of the simulated organization. `null` means no limit. */
export interface LimitSeed {
	/** How many clients may exist, not counting the administrator. @default null */
	clients?: number | null;
	/** API calls per minute for one token (the vendor's `client.credentials.token.rate.per.minute`). @default 300 */
	requestsPerMinute?: number | null;
	/** Requests per minute to the token endpoint for one client. The vendor gives no number. @default null */
	tokenRequestsPerMinute?: number | null;
	/** The maximum size of a request body, in bytes (the vendor's `request.bytes.max`). @default 512000 */
	requestBytes?: number;
}

/** How usage queries behave. */
export interface UsageQuerySeed {
	/** How many polls return Running (for a job, the first one Queued) before the query ends. @default 1 */
	runningPolls?: number;
	/** How many rows are in one response; the others follow by cursor. `null` means all. @default null */
	rowsPerAnswer?: number | null;
	/** The usage APIs that exist: `oauth` under /api/v2/oauth/clients, `jobs` under /api/v2/usage. @default both */
	apis?: ("oauth" | "jobs")[];
}

/** How the lists of roles and of divisions behave where the vendor documents nothing. */
export interface AuthorizationListSeed {
	/** How `name` matches names. @default "contains" */
	nameFilter?: "contains" | "startsWith" | "equals";
	/** Whether `name` is case-sensitive. @default false */
	nameFilterIsCaseSensitive?: boolean;
	/** Whether a role must have any or all of several `permission`s. @default "any" */
	permissionFilter?: "any" | "all";
	/** The maximum `pageSize` of numbered pages; a larger one is refused. `null` means no maximum. @default null */
	maxPageSize?: number | null;
	/** Whether a numbered page has the path of the next one. Without it, only `pageCount` shows that there is one. @default true */
	nextUri?: boolean;
	/** `userCount` if the caller asks not to count: absent or 0. @default "absent" */
	uncountedUsers?: "absent" | "zero";
}

/** The initial organization. A given part replaces that part of the default seed. */
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
	/** The administrator, the only client that always exists. */
	administrator?: {
		/** The client id. The package takes only a UUID. @default a random UUID */
		id?: string;
		/** The name. @default "Administrator" */
		name?: string;
		/** The token lifetime, in seconds. @default 86400 */
		accessTokenValiditySeconds?: number;
	};
	/** The roles. @default employee, Communicate - User, SCIM Integration, Master Admin */
	roles?: RoleSeed[];
	/** The divisions. @default Home and Support */
	divisions?: DivisionSeed[];
	/** The clients, not including the administrator. @default [] */
	clients?: ClientSeed[];
	/** The authorizations. @default one in each of the four states */
	authorizations?: AuthorizationSeed[];
	/** The integration credentials. @default [] */
	credentials?: CredentialSeed[];
	/** The integrations. @default [] */
	integrations?: IntegrationSeed[];
	/** Calls made before the start. @default [] */
	usage?: UsageSeed[];
	/** Usage queries. */
	usageQueries?: UsageQuerySeed;
	/** The limits. */
	limits?: LimitSeed;
	/** How many clients are on one page of the list; `null` means all. @default null */
	clientsPerPage?: number | null;
	/** The lists of roles and of divisions. */
	authorizationLists?: AuthorizationListSeed;
	/** Integration credentials. */
	integrationCredentials?: IntegrationCredentialSeed;
	/** How long each call takes by the clock, in milliseconds. @default 0 */
	latencyMs?: number;
	/** Whether a token also needs the scope of an operation (a setting of organizations, off by default). @default false */
	scopeEnforcement?: boolean;
	/** The code of the 401 for a token that has expired. @default "bad.credentials" */
	expiredTokenCode?: "bad.credentials" | "credentials.expired";
	/**
	 * Fields that POST and PUT accept and store in addition to the vendor's OAuthClientRequest, as a later version of the API may.
	 * @default []
	 */
	extraProperties?: string[];
	/** After how long something new is seen. @default at once */
	lag?: LagSeed;
	/** What is assumed where public evidence allows another reading. @default each of today's assumptions */
	assumptions?: AssumptionSeed;
}

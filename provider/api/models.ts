/**
 * The vendor's models, under the vendor's names. Every field the API may leave out is optional, and a response may carry fields
 * that aren't listed here: they are kept, not dropped.
 */

import type { Scope } from "../scopes";

/** How an application gets its tokens. Source: the vendor's OAuthClientRequest. */
export type GrantType = "CODE" | "TOKEN" | "SAML2-BEARER" | "PASSWORD" | "CLIENT-CREDENTIALS";

/** The state of a client. `disabled` is set by the vendor's support. Source: the vendor's OAuthClient. */
export type OAuthClientState = "active" | "disabled" | "inactive";

/** A role, and the division it is granted in. Source: the vendor's RoleDivision. */
export interface RoleDivision {
	/** Id of the role. */
	roleId: string;
	/** Id of the division the role is granted in, or `*` for all divisions. */
	divisionId: string;
}

/** Somebody, or something, that the API refers to. Source: the vendor's DomainEntityRef. */
export interface DomainEntityRef {
	/** Id of the entity. */
	id?: string;
	/** Its name, when the API knows it. */
	name?: string;
	/** Path of the entity in the API. */
	selfUri?: string;
}

/** What POST and PUT take. A PUT replaces the client: what it leaves out goes to its default. Source: the vendor's OAuthClientRequest. */
export interface OAuthClientRequest {
	/** The name of the application. Not unique. */
	name: string;
	/** How the application gets its tokens. */
	authorizedGrantType: GrantType;
	/** What the application is for. */
	description?: string;
	/** How long a token lives, in seconds: 300 to 172800, for SCIM integrations up to 38880000. @default 86400 */
	accessTokenValiditySeconds?: number;
	/** Where users may be sent back to after login (CODE, TOKEN): absolute URIs. */
	registeredRedirectUri?: string[];
	/** Ids of the roles of a CLIENT-CREDENTIALS client. Deprecated by the vendor: use `roleDivisions`. */
	roleIds?: string[];
	/** The roles of a CLIENT-CREDENTIALS client, each in a division. */
	roleDivisions?: RoleDivision[];
	/** What an application that acts for a user may do: ids of scopes. Not for CLIENT-CREDENTIALS. */
	scope?: Scope[];
	/** A new client must be `active`. @default "active" */
	state?: OAuthClientState;
	/** When the client will be deleted: ISO 8601, UTC. */
	dateToDelete?: string;
}

/** What the API answers. Source: the vendor's OAuthClient. */
export interface OAuthClient extends Omit<OAuthClientRequest, "authorizedGrantType" | "state"> {
	/** The client id: a UUID. */
	id: string;
	/** How the application gets its tokens. */
	authorizedGrantType: GrantType;
	/** The client's secret: only in the answers of post_oauth_clients and post_oauth_client_secret. */
	secret?: string;
	/** The state. `deleted` isn't in the vendor's list, but has been seen. */
	state?: OAuthClientState | "deleted";
	/** When the client was made: ISO 8601, UTC. */
	dateCreated?: string;
	/** When the client was last changed: ISO 8601, UTC. */
	dateModified?: string;
	/** Who made the client. */
	createdBy?: DomainEntityRef;
	/** Who last changed the client. */
	modifiedBy?: DomainEntityRef;
	/** Path of the client in the API. */
	selfUri?: string;
}

/** A division. Source: the vendor's AuthzDivision. */
export interface AuthzDivision {
	/** Id of the division. */
	id: string;
	/** Its name. */
	name?: string;
	/** What it is for. */
	description?: string;
	/** Whether it is the organization's home division. */
	homeDivision?: boolean;
	/** Path of the division in the API. */
	selfUri?: string;
}

/** A page of divisions, or all of them. Source: the vendor's AuthzDivisionEntityListing. */
export interface AuthzDivisionEntityListing {
	/** The divisions. */
	entities: AuthzDivision[];
	/** How many there are. */
	total?: number;
}

/** A role. Source: the vendor's DomainOrganizationRole. */
export interface DomainOrganizationRole {
	/** Id of the role. */
	id: string;
	/** Its name. */
	name?: string;
	/** What it is for. */
	description?: string;
	/** The vendor's own id of a built-in role, such as `employee`: the same in every organization. */
	defaultRoleId?: string;
	/** Whether it is a built-in role. */
	default?: boolean;
	/** Whether it is a base role. */
	base?: boolean;
	/** General permissions, such as `group_creation`. */
	permissions?: string[];
	/** Permissions by domain and entity. */
	permissionPolicies?: DomainPermissionPolicy[];
	/** Path of the role in the API. */
	selfUri?: string;
}

/** What a role allows with one kind of thing. Source: the vendor's DomainPermissionPolicy. */
export interface DomainPermissionPolicy {
	/** The part of Genesys Cloud, such as `oauth`. */
	domain?: string;
	/** The kind of thing, such as `client`; `*` for all. */
	entityName?: string;
	/** What may be done, such as `view`; `*` for everything. */
	actionSet?: string[];
}

/** A page of roles, or all of them. Source: the vendor's OrganizationRoleEntityListing. */
export interface OrganizationRoleEntityListing {
	/** The roles. */
	entities: DomainOrganizationRole[];
	/** How many there are. */
	total?: number;
}

/** A page of clients, or all of them. Source: the vendor's OAuthClientEntityListing. */
export interface OAuthClientEntityListing {
	/** The clients of this page. */
	entities: OAuthClient[];
	/** How many clients there are in all. */
	total?: number;
	/** How many fit on a page. */
	pageSize?: number;
	/** Which page this is, from 1. */
	pageNumber?: number;
	/** How many pages there are. */
	pageCount?: number;
	/** Path of the next page, when there is one. */
	nextUri?: string;
	/** Path of this listing in the API. */
	selfUri?: string;
}

/** A scope: what an application that acts for a user may do. Source: the vendor's OAuthScope. */
export interface OAuthScope {
	/** Id of the scope, such as `users:readonly`. */
	id: string;
	/** What it allows, in the language asked for. */
	description?: string;
	/** Path of the scope in the API. */
	selfUri?: string;
}

/** All scopes. Source: the vendor's OAuthScopeListing. */
export interface OAuthScopeListing {
	/** The scopes. */
	entities: OAuthScope[];
	/** How many there are. */
	total?: number;
	/** Path of this listing in the API. */
	selfUri?: string;
}

/** How far the authorization of a client is. Source: the vendor's OAuthAuthorization. */
export type OAuthAuthorizationState = "Unauthorized" | "Requested" | "Authorized" | "Revoked";

/** What a resource owner (the organization) lets a client do. Source: the vendor's OAuthAuthorization. */
export interface OAuthAuthorization {
	/** The client. */
	client?: Partial<OAuthClient>;
	/** Ids of the scopes granted. */
	scope?: Scope[];
	/** Roles granted. */
	roles?: string[];
	/** Who granted it. */
	resourceOwner?: DomainEntityRef;
	/** When it was made: ISO 8601, UTC. */
	dateCreated?: string;
	/** When it was last changed: ISO 8601, UTC. */
	dateModified?: string;
	/** Who made it. */
	createdBy?: DomainEntityRef;
	/** Who last changed it. */
	modifiedBy?: DomainEntityRef;
	/** Whether it waits for somebody's decision. */
	pending?: boolean;
	/** How far it is. */
	state?: OAuthAuthorizationState;
	/** Path of the authorization in the API. */
	selfUri?: string;
}

/** All authorizations. Source: the vendor's OAuthAuthorizationListing. */
export interface OAuthAuthorizationListing {
	/** The authorizations. */
	entities: OAuthAuthorization[];
	/** How many there are. */
	total?: number;
	/** Path of this listing in the API. */
	selfUri?: string;
}

/** How usage is summed over time. Source: the vendor's ApiUsageClientQuery. */
export type UsageGranularity = "Day" | "Week" | "Month";

/** What usage counts. `Status429` is a part of `Status400`. Source: the vendor's ApiUsageClientQuery. */
export type UsageMetric = "Status200" | "Status300" | "Status400" | "Status500" | "Status429" | "Requests";

/** What usage is split by. Source: the vendor's ApiUsageClientQuery. */
export type UsageGroupBy = "OAuthClientId" | "OrganizationId" | "TemplateUri" | "HttpMethod";

/** A question about a client's use of the API. Source: the vendor's ApiUsageClientQuery. */
export interface ApiUsageQuery {
	/** The time asked about: `start/end`, ISO 8601, dates or date-times, UTC. */
	interval: string;
	/** How the counts are summed over time. */
	granularity?: UsageGranularity;
	/** What is counted. @default all metrics */
	metrics?: UsageMetric[];
	/** What the counts are split by. */
	groupBy?: UsageGroupBy[];
}

/** Where the answer to a usage question will be. Source: the vendor's UsageExecutionResult. */
export interface UsageExecutionResult {
	/** Id to ask for the result with. */
	executionId: string;
	/** Path of the result in the API. */
	resultsUri?: string;
}

/** A row of usage. Source: the vendor's ApiUsageRow. */
export interface ApiUsageRow {
	/** Id of the client. */
	clientId?: string;
	/** Name of the client. */
	clientName?: string;
	/** Id of the organization. */
	organizationId?: string;
	/** Id of the user, for clients that act for one. */
	userId?: string;
	/** The operation called, such as `/api/v2/users/{userId}`. */
	templateUri?: string;
	/** Its HTTP method. */
	httpMethod?: string;
	/** Answers with 2xx. */
	status200?: number;
	/** Answers with 3xx. */
	status300?: number;
	/** Answers with 4xx. */
	status400?: number;
	/** Answers with 5xx. */
	status500?: number;
	/** Answers with 429: a part of `status400`. */
	status429?: number;
	/** All requests. */
	requests?: number;
	/** The day, or the first day of the week or month: UTC. */
	date?: string;
}

/** The answer to a usage question, or how far it is. Source: the vendor's ApiUsageQueryResult. */
export interface ApiUsageQueryResult {
	/** The rows, when the query is complete. */
	results?: ApiUsageRow[];
	/** How far the query is. */
	queryStatus?: "Complete" | "Failed" | "Running";
	/** Marks of the neighbouring pages. */
	cursors?: {
		/** Mark of the page before. */
		before?: string;
		/** Mark of the page after. */
		after?: string;
	};
}

/** Whose token a call was made with. Source: the vendor's TokenInfo, as far as it is used here. */
export interface TokenInfo {
	/** The organization that the token is for. */
	organization?: DomainEntityRef;
	/** The client that the token was made for. */
	OAuthClient?: Partial<OAuthClient> & {
		/** The client's own organization; `purecloud-builtin` when a person logged in with the vendor's own tools. */
		organization?: DomainEntityRef;
	};
	/** The scopes of the token. */
	authorizedScope?: Scope[];
}

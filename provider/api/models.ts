/**
 * The vendor's models, under the vendor's names. Every field that the API may omit is optional. A response may have fields that aren't
 * listed here: they are kept.
 */

import type { Scope } from "./scopes";

/** How an application gets its tokens. Source: the vendor's OAuthClientRequest. */
export type GrantType = "CODE" | "TOKEN" | "SAML2-BEARER" | "PASSWORD" | "CLIENT-CREDENTIALS";

/** The state of a client. Only Genesys Cloud support sets `disabled`. Source: the vendor's OAuthClient. */
export type ClientState = "active" | "disabled" | "inactive";

/** A role and the division it is granted in. Source: the vendor's RoleDivision. */
export interface RoleDivision {
	/** Id of the role. */
	roleId: string;
	/** Id of the division the role is granted in, or `*` for all divisions. */
	divisionId: string;
}

/** A reference to a user or another object. Source: the vendor's DomainEntityRef. */
export interface DomainEntityRef {
	/** Id of the entity. */
	id?: string;
	/** Its name, if the API returns it. */
	name?: string;
	/** Path of the entity in the API. */
	selfUri?: string;
}

/** The body of POST and PUT. A PUT replaces all settings: those it omits are reset to their defaults. Source: the vendor's OAuthClientRequest. */
export interface OAuthClientRequest {
	/** The name of the client. Not unique. */
	name: string;
	/** How the application gets its tokens. */
	authorizedGrantType: GrantType;
	/** The description of the client. */
	description?: string;
	/** How long a token is valid, in seconds: 300 to 172800, for SCIM integrations up to 38880000. @default 86400 */
	accessTokenValiditySeconds?: number;
	/** Allowed redirect URIs (CODE, TOKEN): absolute URIs. */
	registeredRedirectUri?: string[];
	/** Ids of the roles of a CLIENT-CREDENTIALS client. Deprecated by the vendor: use `roleDivisions`. */
	roleIds?: string[];
	/** The roles of a CLIENT-CREDENTIALS client, each in a division. */
	roleDivisions?: RoleDivision[];
	/** Ids of the scopes that the application gets when it acts for a user. Not for CLIENT-CREDENTIALS. */
	scope?: Scope[];
	/** A new client must be `active`. @default "active" */
	state?: ClientState;
	/** When Genesys Cloud will delete the client: ISO 8601, UTC. */
	dateToDelete?: string;
}

/** A client as the API returns it. Source: the vendor's OAuthClient. */
export interface OAuthClient extends Omit<OAuthClientRequest, "authorizedGrantType" | "state"> {
	/** The client id: a UUID. */
	id: string;
	/** How the application gets its tokens. */
	authorizedGrantType: GrantType;
	/** The client secret: only in the responses of post_oauth_clients and post_oauth_client_secret. */
	secret?: string;
	/** The state. `deleted` isn't documented, but occurs. */
	state?: ClientState | "deleted";
	/** When the client was created: ISO 8601, UTC. */
	dateCreated?: string;
	/** When the client was last changed: ISO 8601, UTC. */
	dateModified?: string;
	/** Who created the client. */
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
	/** Its description. */
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
	/** Total number. */
	total?: number;
}

/** A role. Source: the vendor's DomainOrganizationRole. */
export interface DomainOrganizationRole {
	/** Id of the role. */
	id: string;
	/** Its name. */
	name?: string;
	/** Its description. */
	description?: string;
	/** Genesys Cloud's fixed id of a built-in role, such as `employee`: the same in every organization. */
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

/** What a role allows for one entity type. Source: the vendor's DomainPermissionPolicy. */
export interface DomainPermissionPolicy {
	/** The domain in Genesys Cloud, such as `oauth`. */
	domain?: string;
	/** The entity type, such as `client`; `*` for all. */
	entityName?: string;
	/** The allowed actions, such as `view`; `*` for all. */
	actionSet?: string[];
}

/** A page of roles, or all of them. Source: the vendor's OrganizationRoleEntityListing. */
export interface OrganizationRoleEntityListing {
	/** The roles. */
	entities: DomainOrganizationRole[];
	/** Total number. */
	total?: number;
}

/** A page of clients, or all of them. Source: the vendor's OAuthClientEntityListing. */
export interface OAuthClientEntityListing {
	/** The clients of this page. */
	entities: OAuthClient[];
	/** Total number of clients. */
	total?: number;
	/** Number of clients per page. */
	pageSize?: number;
	/** Number of this page, from 1. */
	pageNumber?: number;
	/** Number of pages. */
	pageCount?: number;
	/** Path of the next page, if there is one. */
	nextUri?: string;
	/** Path of this listing in the API. */
	selfUri?: string;
}

/** A scope: a permission of an application that acts for a user. Source: the vendor's OAuthScope. */
export interface OAuthScope {
	/** Id of the scope, such as `users:readonly`. */
	id: string;
	/** What it allows, in the requested language. */
	description?: string;
	/** Path of the scope in the API. */
	selfUri?: string;
}

/** All scopes. Source: the vendor's OAuthScopeListing. */
export interface OAuthScopeListing {
	/** The scopes. */
	entities: OAuthScope[];
	/** Total number. */
	total?: number;
	/** Path of this listing in the API. */
	selfUri?: string;
}

/** The status of a client's authorization. Source: the vendor's OAuthAuthorization. */
export type OAuthAuthorizationState = "Unauthorized" | "Requested" | "Authorized" | "Revoked";

/** What a resource owner (the organization) allows a client. Source: the vendor's OAuthAuthorization. */
export interface OAuthAuthorization {
	/** The client. */
	client?: Partial<OAuthClient>;
	/** Ids of the scopes granted. */
	scope?: Scope[];
	/** Roles granted. */
	roles?: string[];
	/** Who granted it. */
	resourceOwner?: DomainEntityRef;
	/** When it was created: ISO 8601, UTC. */
	dateCreated?: string;
	/** When it was last changed: ISO 8601, UTC. */
	dateModified?: string;
	/** Who created it. */
	createdBy?: DomainEntityRef;
	/** Who last changed it. */
	modifiedBy?: DomainEntityRef;
	/** Whether a decision is pending. */
	pending?: boolean;
	/** Its status. */
	state?: OAuthAuthorizationState;
	/** Path of the authorization in the API. */
	selfUri?: string;
}

/** All authorizations. Source: the vendor's OAuthAuthorizationListing. */
export interface OAuthAuthorizationListing {
	/** The authorizations. */
	entities: OAuthAuthorization[];
	/** Total number. */
	total?: number;
	/** Path of this listing in the API. */
	selfUri?: string;
}

/** The period that usage is summed by. Source: the vendor's ApiUsageClientQuery. */
export type UsageGranularity = "Day" | "Week" | "Month";

/** What is counted. `Status429` is included in `Status400`. Source: the vendor's ApiUsageClientQuery. */
export type UsageMetric = "Status200" | "Status300" | "Status400" | "Status500" | "Status429" | "Requests";

/** What usage is grouped by. Source: the vendor's ApiUsageClientQuery. */
export type UsageGroupBy = "OAuthClientId" | "OrganizationId" | "TemplateUri" | "HttpMethod";

/** A query for a client's API usage. Source: the vendor's ApiUsageClientQuery. */
export interface ApiUsageQuery {
	/** The period: `start/end`, ISO 8601, dates or date-times, UTC. */
	interval: string;
	/** The period that counts are summed by. */
	granularity?: UsageGranularity;
	/** What is counted. @default all metrics */
	metrics?: UsageMetric[];
	/** What the counts are grouped by. */
	groupBy?: UsageGroupBy[];
}

/** A usage query that was started. Source: the vendor's UsageExecutionResult. */
export interface UsageExecutionResult {
	/** Id to get the result with. */
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
	/** The operation that was called, such as `/api/v2/users/{userId}`. */
	templateUri?: string;
	/** Its HTTP method. */
	httpMethod?: string;
	/** Responses with 2xx. */
	status200?: number;
	/** Responses with 3xx. */
	status300?: number;
	/** Responses with 4xx. */
	status400?: number;
	/** Responses with 5xx. */
	status500?: number;
	/** Responses with 429, included in `status400`. */
	status429?: number;
	/** All requests. */
	requests?: number;
	/** The day, or the first day of the week or month: UTC. */
	date?: string;
}

/** The result of a usage query, or its status. Source: the vendor's ApiUsageQueryResult. */
export interface ApiUsageQueryResult {
	/** The rows, once the query is complete. */
	results?: ApiUsageRow[];
	/** The status of the query. */
	queryStatus?: "Complete" | "Failed" | "Running";
	/** Cursors of the neighboring pages. */
	cursors?: {
		/** Cursor of the previous page. */
		before?: string;
		/** Cursor of the next page. */
		after?: string;
	};
}

/** The owner of the token in use. Source: the vendor's TokenInfo, only the fields used here. */
export interface TokenInfo {
	/** The organization that the token is for. */
	organization?: DomainEntityRef;
	/** The client that the token was issued to. */
	OAuthClient?: Partial<OAuthClient> & {
		/** The client's organization; `purecloud-builtin` if a user logged in with the vendor's tools. */
		organization?: DomainEntityRef;
	};
	/** The scopes of the token. */
	authorizedScope?: Scope[];
}

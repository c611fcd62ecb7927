import type { ClientState, GrantType } from "./client-values";
import type { AssumptionSeed, LagSeed } from "./assumption-seed";
import type {
	AuthorizationListSeed,
	AuthorizationSeed,
	IntegrationCredentialSeed,
	IntegrationSeed,
	LimitSeed,
	PersonReference,
	RoleDivision,
	UsageQuerySeed,
	UsageSeed,
} from "./seed";

/** A role of the organization. */
export interface StoredRole {
	/** The id. */
	id: string;
	/** The name. */
	name: string;
	/** What a client with this role may do. */
	permissions: string[] | "all";
	/** The description. */
	description: string;
	/** The vendor's own id, if it is a built-in role. */
	defaultRoleId: string | undefined;
	/** How many users have it. */
	userCount: number;
}

/** A division of the organization. */
export interface StoredDivision {
	/** The id. */
	id: string;
	/** The name. */
	name: string;
	/** The description. */
	description: string;
	/** Whether it is the home division. */
	home: boolean;
}

/** A client as the simulator stores it, with a digest of its secret. */
export interface StoredClient {
	/** The client id. */
	id: string;
	/** The name. */
	name: string;
	/** The description, if it has one. */
	description: string | undefined;
	/** The grant. */
	authorizedGrantType: GrantType;
	/** The token lifetime, in seconds. */
	accessTokenValiditySeconds: number;
	/** The redirect URIs. */
	registeredRedirectUri: string[];
	/** The roles (deprecated form). */
	roleIds: string[];
	/** The roles in their divisions. */
	roleDivisions: RoleDivision[];
	/** The scopes. */
	scope: string[];
	/** The state. */
	state: ClientState;
	/** When it was created, ISO 8601. */
	dateCreated: string;
	/** When it was last changed, ISO 8601. */
	dateModified: string;
	/** When it will be deleted, ISO 8601; undefined if it won't. */
	dateToDelete: string | undefined;
	/** Who created it. */
	createdBy: PersonReference;
	/** Who last changed it. */
	modifiedBy: PersonReference;
	/** Fields the API returns in addition to the vendor's model. */
	extra: Record<string, unknown>;
	/** The digest of the secret; undefined for a client without one. */
	secretDigest: string | undefined;
	/** What its tokens may do; undefined means what its roles allow. */
	permissions: string[] | "all" | undefined;
	/** The scopes of its client-credentials tokens. */
	tokenScopes: string[];
	/** Whether the login refuses it for its address. */
	addressIsDenied: boolean;
}

/** An integration credential as the simulator stores it: sensitive values as digests. */
export interface StoredCredential {
	/** The id. */
	id: string;
	/** The name; undefined if it has none. */
	name: string | undefined;
	/** The name of its type. */
	type: string;
	/** The values that a read may show. */
	values: Record<string, string>;
	/** The digests of the sensitive values; of an empty one "". */
	digests: Record<string, string>;
	/** When it was created, ISO 8601. */
	createdDate: string;
	/** When it was last changed, ISO 8601. */
	modifiedDate: string;
}

/** An integration as the simulator stores it. */
export type StoredIntegration = Required<IntegrationSeed>;

/** A token as the simulator stores it, under the digest of its text. */
export interface StoredToken {
	clientId: string;
	/** In milliseconds since 1970-01-01T00:00:00Z. */
	expires: number;
	scopes: string[];
	/** The minute of the rate limit. */
	window: RateWindow;
}

/** Calls counted in one minute. */
export interface RateWindow {
	/** When it began, in milliseconds since 1970-01-01T00:00:00Z. */
	start: number;
	/** How many calls there were. */
	count: number;
}

/** An authorization as the simulator stores it. */
export type StoredAuthorization = Required<Omit<AuthorizationSeed, "description">> &
	Pick<AuthorizationSeed, "description">;

/** The counts of one client, operation and UTC day. */
export type StoredUsage = Required<UsageSeed>;

/** A usage query that was started. */
interface StoredExecution {
	id: string;
	clientId: string;
	runningPolls: number;
	failed: boolean;
	rows: Record<string, unknown>[];
}

/** A usage job that was started. */
interface StoredUsageJob {
	id: string;
	/** The queried client; undefined for the organization. */
	clientId: string | undefined;
	/** How often it was polled, and how many polls it takes. */
	polls: number;
	runningPolls: number;
	failed: boolean;
	rows: Record<string, unknown>[];
}

/** The settings that can change while the simulator runs, as in the seed. */
export interface Settings {
	/** The limits. */
	limits: Required<LimitSeed>;
	/** Usage queries. */
	usageQueries: Required<UsageQuerySeed>;
	/** How many clients are on one page of the list; null means all. */
	clientsPerPage: number | null;
	/** The lists of roles and of divisions. */
	authorizationLists: Required<AuthorizationListSeed>;
	/** Integration credentials. */
	integrationCredentials: Required<IntegrationCredentialSeed>;
	/** How long each call takes, in milliseconds. */
	latencyMs: number;
	/** Whether a token also needs the scope of an operation. */
	scopeEnforcement: boolean;
	/** The code of the 401 for a token that has expired. */
	expiredTokenCode: "bad.credentials" | "credentials.expired";
	/** Fields that POST and PUT accept and store in addition to the vendor's. */
	extraProperties: string[];
	/** After how long something new is seen. */
	lag: Required<LagSeed>;
	/** What is assumed about the API. */
	assumptions: Required<AssumptionSeed>;
}

/** The whole state of the simulated organization: plain data, so that it can be copied. */
export interface OrganizationState {
	organization: { id: string; name: string; defaultCountryCode: string };
	administratorId: string;
	roles: Map<string, StoredRole>;
	divisions: Map<string, StoredDivision>;
	clients: Map<string, StoredClient>;
	tokens: Map<string, StoredToken>;
	/** Requests to the token endpoint, by client id. */
	tokenWindows: Map<string, RateWindow>;
	authorizations: StoredAuthorization[];
	credentials: Map<string, StoredCredential>;
	integrations: Map<string, StoredIntegration>;
	/** By client, day, method and template. */
	usage: Map<string, StoredUsage>;
	executions: Map<string, StoredExecution>;
	usageJobs: Map<string, StoredUsageJob>;
	/** How many of the next usage queries will fail. */
	failingQueries: number;
	/** When what wasn't there at the start was made, by what it is. */
	news: Map<string, number>;
	/** Until when a cached refusal holds, by what it is about. */
	cachedRefusals: Map<string, number>;
	/** Clients as they were before a change or a deletion that may not be seen yet, oldest first. */
	formerClients: { client: StoredClient; changedAt: number }[];
	/** The clients of replaced secrets, by the secret's digest. */
	oldSecrets: Map<string, string>;
	settings: Settings;
}

/** A copy of the organization that can be restored: clients, roles, tokens, usage, settings. It holds digests instead of secrets. */
export interface Snapshot {
	/** Internal. */
	readonly state: OrganizationState;
}

import type { RoleDivision } from "../../provider/api/models";
import type { Scope } from "../../provider/api/scopes";
import type { FindingName, Severity } from "./finding-catalog";
import type { ManagedBy, StackFile } from "../stack-export";

/**
 * The report, in the shape that `--json` prints. New fields may be added; `version` grows when a field changes its meaning or is removed.
 * All dates are UTC.
 */
export interface Report {
	/** The version of this shape. */
	version: 1;
	/** When it was made: ISO 8601. */
	generatedAt: string;
	/** The host of the API. */
	host: string;
	/** The days that the usage data covers; null with `--no-usage`. */
	period: Period | null;
	/** The limits that the findings are based on. */
	limits: ReportLimits;
	/** The given stack exports; null if none was given. */
	stacks: StackFile[] | null;
	/** The counts. */
	summary: Summary;
	/** The findings: the most severe first; among these what Genesys Cloud does soonest, then by kind and client. */
	findings: Finding[];
	/** The clients, by name. */
	clients: ReportedClient[];
	/** The usage of all clients together, for each day of the period; null with `--no-usage`. */
	usageByDay: DayUse[] | null;
}

/** A period of whole UTC days. */
export interface Period {
	/** The first day, such as `2026-01-01`. */
	from: string;
	/** The last day: yesterday, because usage data excludes the current day. */
	to: string;
	/** The number of days. */
	days: number;
}

/** The limits that the findings are based on. */
export interface ReportLimits {
	/** A client without a request for this many days is unused. */
	unusedDays: number;
	/** The maximum age of a secret, in days. */
	maxSecretAgeDays: number;
	/** The maximum token lifetime, in seconds. */
	maxTokenSeconds: number;
	/** A client that will be deleted within this many days is near its deletion. */
	nearDeletionDays: number;
	/** Grants that no client may have. */
	forbiddenGrants: string[];
}

/** The counts of a report. */
export interface Summary {
	/** All clients. */
	clients: number;
	/** Clients by state: `active`, `inactive`, `disabled`. */
	byState: Record<string, number>;
	/** Findings by severity. */
	bySeverity: Record<Severity, number>;
	/** Findings by name; names without a finding are absent. */
	byFinding: Partial<Record<FindingName, number>>;
	/** Known requests of all clients in the period; null with `--no-usage`. */
	requests: number | null;
}

/** Something that needs attention. */
export interface Finding {
	/** Name and client id: the same in every report as long as the finding lasts. */
	id: string;
	/** The kind of finding: a name for `--fail-on`. */
	finding: FindingName;
	/** The severity. */
	severity: Severity;
	/** The client's id. */
	clientId: string;
	/** The client's name. */
	clientName: string;
	/** When Genesys Cloud acts on its own, such as deletes the client: ISO 8601; null if it won't. */
	dueAt: string | null;
	/** What was found. */
	what: string;
	/** Why it matters. */
	why: string;
	/** What to do. */
	remedy: string;
}

/** A client, with what is known about it. Other fields of the API are omitted: a later one may hold a secret. */
export interface ReportedClient {
	/** The client id. */
	id: string;
	/** The name; not unique. */
	name: string;
	/** The description, or "". */
	description: string;
	/** The grant type, or "" if the API gave none. */
	authorizedGrantType: string;
	/** `active`, `inactive`, `disabled` (by Genesys Cloud's support), or another state from the API. */
	state: string;
	/** The token lifetime, in seconds; null if the API gave none. */
	accessTokenValiditySeconds: number | null;
	/** The granted scopes. None for CLIENT-CREDENTIALS, which has roles. */
	scope: Scope[];
	/** The roles of a CLIENT-CREDENTIALS client. */
	roleDivisions: RoleDivision[];
	/** The redirect URIs of a CODE or TOKEN client. */
	registeredRedirectUri: string[];
	/** When it was created: ISO 8601; null if the API gave no date. */
	dateCreated: string | null;
	/** Who created it; null if the API doesn't say. */
	createdBy: ReportedAuthor | null;
	/** When it was last changed: ISO 8601; null if the API gave no date. */
	dateModified: string | null;
	/** Who last changed it; null if the API doesn't say. */
	modifiedBy: ReportedAuthor | null;
	/** When Genesys Cloud will delete it: ISO 8601; null if it won't. */
	dateToDelete: string | null;
	/** The resources that manage it in the given stacks; null if no stack was given. */
	managedBy: ManagedBy[] | null;
	/** The integration credentials that contain it, as far as the API shows that; null if the login may not see credentials. */
	integrationCredentials: ReportedCredential[] | null;
	/** The age of its secret. */
	secret: SecretAge;
	/** Its usage; null with `--no-usage`. */
	usage: ClientUsage | null;
	/** What its calls show about each granted scope; null with `--no-usage` and for CLIENT-CREDENTIALS. */
	scopes: ScopeUse | null;
	/** The names of its findings, the most severe first. */
	findings: FindingName[];
}

/** Who created or changed a client: a user, or a client such as the one that Pulumi logs in with. */
export interface ReportedAuthor {
	/** The id. */
	id: string;
	/** The name: the API's, or that of the reported client with this id; "" if there is none. */
	name: string;
}

/** An integration credential. */
export interface ReportedCredential {
	/** Its id. */
	id: string;
	/** Its name; not unique. */
	name: string;
}

/** The age of a secret. Genesys Cloud doesn't show when a secret was created. */
export interface SecretAge {
	/**
	 * Where the age comes from. `stack`: the state of a stack has the date. `client`: the client's creation, so this is the maximum age.
	 * `none`: the grant has no secret. `unknown`: there is no date.
	 */
	source: "stack" | "client" | "none" | "unknown";
	/** The date that the age counts from: ISO 8601, or null. */
	since: string | null;
	/** Whole days since then, or null. */
	ageDays: number | null;
}

/** Counts of requests. */
export interface Counts {
	/** All requests. */
	requests: number;
	/** Responses with 2xx. */
	status200: number;
	/** Responses with 3xx. */
	status300: number;
	/** Responses with 4xx, including 429. */
	status400: number;
	/** Responses with 5xx. */
	status500: number;
	/** Responses with 429: calls over the rate limit. */
	status429: number;
}

/** The usage of one day. */
export interface DayUse extends Counts {
	/** The UTC day, such as `2026-01-31`. */
	date: string;
}

/** The usage of one operation. */
export interface OperationUse extends Counts {
	/** The HTTP method. */
	method: string;
	/** The path, such as `/api/v2/users/{userId}`. */
	path: string;
}

/** The usage of a client in the period. */
export interface ClientUsage {
	/**
	 * `complete`: these are all requests. `partial`: Genesys Cloud had more data but no way to get it. `failed`: the query failed, so
	 * nothing is known.
	 */
	status: "complete" | "partial" | "failed";
	/** Why the query failed, or null. */
	error: string | null;
	/** All requests of the period. */
	total: Counts;
	/** The last day with a request, or null. */
	lastUsed: string | null;
	/** Every day of the period, including days without a request. */
	days: DayUse[];
	/** What it called, the most frequent operation first. */
	operations: OperationUse[];
}

/** What the calls show about the scopes of a client. */
export interface ScopeUse {
	/** Each granted scope. */
	verdicts: ScopeVerdict[];
	/** The narrower set to grant instead, sorted; null if none can be proposed. */
	proposed: Scope[] | null;
}

/** What the calls show about a scope. */
export interface ScopeVerdict {
	/** Its id. */
	scope: Scope;
	/** `used`, `only-read` (its `:readonly` is enough), `no-call` (nothing needed it), or `cannot-tell`. */
	verdict: "used" | "only-read" | "no-call" | "cannot-tell";
	/** The reason for the verdict. */
	reason: string;
	/** What is enough instead; absent if nothing narrower is, or if that is unknown. */
	narrower?: Scope[];
}

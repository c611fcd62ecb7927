import type { RoleDivision } from "../../provider/api/models";
import type { Scope } from "../../provider/scopes";
import type { FindingName, Severity } from "./finding-catalog";
import type { ManagedBy, StackFile } from "../stack-export";

/**
 * What the command reports, and the shape that `--json` prints. Fields are only ever added; `version` grows when one changes its
 * meaning or goes. All dates are UTC.
 */
export interface Report {
	/** The version of this shape. */
	version: 1;
	/** When it was made: ISO 8601. */
	generatedAt: string;
	/** The host of the API that was asked. */
	host: string;
	/** The days that the usage data covers, from the first to the last; null with `--no-usage`. */
	period: Period | null;
	/** What counts as too long, too old, too soon, and which grants are forbidden. */
	limits: ReportLimits;
	/** The stacks whose exports were given; null when none was. */
	stacks: StackFile[] | null;
	/** The counts. */
	summary: Summary;
	/** The findings: the gravest first, then by client. */
	findings: Finding[];
	/** The clients, by name. */
	clients: ReportedClient[];
	/** The use of all clients together, for each day of the period; null with `--no-usage`. */
	usageByDay: DayUse[] | null;
}

/** A run of whole UTC days. */
export interface Period {
	/** The first day, such as `2026-01-01`. */
	from: string;
	/** The last day: yesterday, because usage data leaves out the day that isn't over. */
	to: string;
	/** How many days these are. */
	days: number;
}

/** The limits that findings are measured by. */
export interface ReportLimits {
	/** A client without a request for so many days is unused. */
	unusedDays: number;
	/** The greatest age of a secret, in days. */
	maxSecretAgeDays: number;
	/** The longest life of a token, in seconds. */
	maxTokenSeconds: number;
	/** A client that will be deleted within so many days is near its deletion. */
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
	/** Findings by name; names without a finding are left out. */
	byFinding: Partial<Record<FindingName, number>>;
	/** Requests of all clients in the period, as far as they are known; null with `--no-usage`. */
	requests: number | null;
}

/** Something that somebody should look at. */
export interface Finding {
	/** The same in every report as long as the finding lasts: name and client id. */
	id: string;
	/** What kind of finding it is: a name for `--fail-on`. */
	finding: FindingName;
	/** How grave it is. */
	severity: Severity;
	/** Id of the client. */
	clientId: string;
	/** Name of the client. */
	clientName: string;
	/** What was found. */
	what: string;
	/** Why it matters. */
	why: string;
	/** What to do. */
	remedy: string;
}

/** A client, with what is known about it. Fields of the API that aren't listed here are left out: a later one may hold a secret. */
export interface ReportedClient {
	/** The client id. */
	id: string;
	/** The name; not unique. */
	name: string;
	/** The description, or "". */
	description: string;
	/** How it gets its tokens, or "" when the API didn't say. */
	authorizedGrantType: string;
	/** `active`, `inactive`, `disabled` by Genesys Cloud's support, or what else the API said. */
	state: string;
	/** How long its tokens live, in seconds; null when the API didn't say. */
	accessTokenValiditySeconds: number | null;
	/** The scopes granted. None for CLIENT-CREDENTIALS, which has roles. */
	scope: Scope[];
	/** The roles of a CLIENT-CREDENTIALS client. */
	roleDivisions: RoleDivision[];
	/** When it was made: ISO 8601; null when the API didn't say. */
	dateCreated: string | null;
	/** When it was last changed: ISO 8601; null when the API didn't say. */
	dateModified: string | null;
	/** When Genesys Cloud will delete it: ISO 8601; null when it won't. */
	dateToDelete: string | null;
	/** The resources that manage it in the stacks given; null when none was given. */
	managedBy: ManagedBy[] | null;
	/** How old its secret is. */
	secret: SecretAge;
	/** Its use; null with `--no-usage`. */
	usage: ClientUsage | null;
	/** What its calls say about each scope granted; null with `--no-usage` and for CLIENT-CREDENTIALS. */
	scopes: ScopeUse | null;
	/** The names of its findings, the gravest first. */
	findings: FindingName[];
}

/** How old a secret is. Genesys Cloud doesn't show when it made one. */
export interface SecretAge {
	/**
	 * How the age is known. `stack`: the state of a stack says when the secret was made. `client`: the client was made then, so the
	 * secret is so old at most; `none`: its grant has no secret; `unknown`: nothing is known.
	 */
	source: "stack" | "client" | "none" | "unknown";
	/** The date that the age is counted from: ISO 8601, or null. */
	since: string | null;
	/** Whole days since then, or null. */
	ageDays: number | null;
}

/** Counts of requests. */
export interface Counts {
	/** All requests. */
	requests: number;
	/** Answers with 2xx. */
	status200: number;
	/** Answers with 3xx. */
	status300: number;
	/** Answers with 4xx, those with 429 included. */
	status400: number;
	/** Answers with 5xx. */
	status500: number;
	/** Answers with 429: calls over the rate limit. */
	status429: number;
}

/** The use of one day. */
export interface DayUse extends Counts {
	/** The UTC day, such as `2026-01-31`. */
	date: string;
}

/** The use of one operation. */
export interface OperationUse extends Counts {
	/** The HTTP method. */
	method: string;
	/** The path, such as `/api/v2/users/{userId}`. */
	path: string;
}

/** The use of a client in the period. */
export interface ClientUsage {
	/**
	 * `complete`: these are all requests. `partial`: there are more, but Genesys Cloud gave no way to get them. `failed`: the query
	 * failed, and nothing is known.
	 */
	status: "complete" | "partial" | "failed";
	/** Why the query failed, or null. */
	error: string | null;
	/** All requests of the period. */
	total: Counts;
	/** The last day with a request, or null. */
	lastUsed: string | null;
	/** Every day of the period, also those without a request. */
	days: DayUse[];
	/** What it called, the busiest operation first. */
	operations: OperationUse[];
}

/** What the calls say about the scopes of a client. */
export interface ScopeUse {
	/** Each scope granted. */
	verdicts: ScopeVerdict[];
	/** The narrower set to grant in place of today's, sorted; null when nothing narrower can be proposed. */
	proposed: Scope[] | null;
}

/** What the calls say about a scope. */
export interface ScopeVerdict {
	/** Its id. */
	scope: Scope;
	/** `used`, `only-read` (its `:readonly` would do), `no-call` (nothing needed it), or `cannot-tell`. */
	verdict: "used" | "only-read" | "no-call" | "cannot-tell";
	/** What that rests on. */
	reason: string;
	/** What would do in its place; absent when nothing less would, or that can't be told. */
	narrower?: Scope[];
}

import type { GrantType } from "./client-values";

/**
 * After how many milliseconds, by the clock, something new is seen; each 0 unless set. What the seed has is seen from the start; what comes
 * later lags, made by the API or by the organization's own methods.
 */
export interface LagSeed {
	/** The login accepts a new secret, that of a new client too. @default 0 */
	secretByLogin?: number;
	/** The login refuses a secret that was replaced. @default 0 */
	oldSecretByLogin?: number;
	/** The login knows a new client; until then it is unknown there. @default 0 */
	clientByLogin?: number;
	/** GET, PUT, DELETE, the secret and the usage of a new client find it; until then 404. @default 0 */
	clientById?: number;
	/** The list of clients has a new one. The API can't look a client up by its name. @default 0 */
	clientInList?: number;
	/** GET shows a change of a client, or that it was deleted. What writes acts on what is there. @default 0 */
	clientChangeById?: number;
	/** The list of clients shows a change of a client, or that it was deleted. @default 0 */
	clientChangeInList?: number;
	/** GET, PUT and DELETE of a new integration credential find it; until then 404. @default 0 */
	credentialById?: number;
	/** The lists of integration credentials have a new one. The API can't look one up by its name. @default 0 */
	credentialInList?: number;
	/** A role that was granted to a client, or added for the administrator, counts for what its tokens may do. @default 0 */
	roleGrant?: number;
	/** A new role is found by its id. @default 0 */
	roleById?: number;
	/** A list of roles without `name` and `id` has a new one. @default 0 */
	roleInList?: number;
	/** A list of roles by `name` has a new one. @default 0 */
	roleByName?: number;
	/**
	 * Whether a call too early prolongs its refusal: what a login, or a client with a new role, was refused is refused from a cache for as long
	 * as the lag, counted from that call. Applies to `secretByLogin`, `clientByLogin` and `roleGrant`.
	 * @default false
	 */
	refusalsAreCached?: boolean;
}

/** A refusal of the token endpoint. */
export interface TokenRefusal {
	/** The OAuth 2.0 error code, for example `invalid_client`. */
	error: string;
	/** What it says. */
	description: string;
}

/** A type of integration credentials. */
export interface CredentialTypeSeed {
	/** The name, by which the API refers to it. */
	name: string;
	/** The fields that a credential must have. @default [] */
	required?: string[];
	/** Fields that it may have, as its description lists them; others are accepted too. @default [] */
	optional?: string[];
	/** The fields that a read shows; all others are sensitive. @default [] */
	shown?: string[];
}

/**
 * What is assumed about the API where public evidence allows another reading, or is missing; each default is today's assumption. The ids are
 * those of the table in docs/simulator.md.
 */
export interface AssumptionSeed {
	/** A22: how the login refuses an unknown client. @default invalid_client, "authentication failed" */
	refusalOfUnknownClient?: TokenRefusal;
	/** A2, A25: how it refuses an inactive client. @default invalid_client, "client is inactive" */
	refusalOfInactiveClient?: TokenRefusal;
	/** A2, A25: how it refuses a disabled client. @default invalid_client, "client is disabled" */
	refusalOfDisabledClient?: TokenRefusal;
	/** A2: how it refuses a client with `addressIsDenied`, whatever its secret. @default invalid_client, "address is not allowed" */
	refusalOfDeniedAddress?: TokenRefusal;
	/** A2, A28: how it throttles. @default invalid_request, "rate limit exceeded; ..." */
	refusalOfThrottling?: TokenRefusal;
	/** A3, A26: whether it refuses a client of another grant before it checks the secret, which then can't be tried. @default false */
	loginChecksGrantFirst?: boolean;
	/** A18: whether a client's tokens end with its secret. @default false */
	tokensEndWithSecret?: boolean;
	/** A9: whether a client is returned with both `roleIds` and `roleDivisions`, whichever was sent. @default false */
	clientsHaveBothRoleForms?: boolean;
	/** A10: whether `createdBy` and `modifiedBy` have a name. @default true */
	referencesHaveNames?: boolean;
	/** A11: whom `createdBy` and `modifiedBy` name: the login's client, a user of its own for each login, or nobody. @default "login" */
	createdBy?: "login" | "user" | "absent";
	/** A7, A64: the grants that no client can get any more: 400 `bad.grant.type`. Clients that have one keep it. @default [] */
	refusedGrants?: GrantType[];
	/** A8: properties without which no CLIENT-CREDENTIALS client is created; accepted and stored in every request. @default [] */
	requiredProperties?: string[];
	/** A49: whether CODE and TOKEN need a redirect URI. @default false */
	redirectUriIsRequired?: boolean;
	/**
	 * A54: what a POST or PUT does with a property that isn't in the vendor's OAuthClientRequest and not in `extraProperties`: refuse it unless
	 * the client was returned with it, refuse it always, or ignore it. In the last two, what a client is returned with is read-only.
	 * @default "refusedUnlessRead"
	 */
	unknownProperties?: "refusedUnlessRead" | "refused" | "ignored";
	/** A12: whether a client younger than 30 days is kept or deleted when it becomes inactive. @default "kept" */
	youngInactiveClients?: "kept" | "deleted";
	/** A39: whether the list of clients has the one that asks. @default true */
	listHasLogin?: boolean;
	/** A66: whether a new secret sets `dateModified`. @default true */
	newSecretSetsDateModified?: boolean;
	/** A67, A96: how far the date of creation is ahead of the Date header, in milliseconds; may be negative. @default 0 */
	creationDateIsAheadMs?: number;
	/** A67: how far the date of the last change is ahead of the Date header, in milliseconds; may be negative. @default 0 */
	modificationDateIsAheadMs?: number;
	/** A4: whether `credentialId` filters the list of integrations; if not, it is ignored. @default true */
	integrationsFilterByCredential?: boolean;
	/**
	 * A5, A75: the types of integration credentials.
	 * @default pureCloudOAuthClient, basicAuth (the password is optional), userDefinedOAuth, callJourney
	 */
	credentialTypes?: CredentialTypeSeed[];
	/** A6: the fields by which a usage row of the OAuth API isn't grouped: absent, or an empty text, and counts of 0. @default "absent" */
	ungroupedUsageFields?: "absent" | "empty";
	/** A84: how many of the latest whole days have no usage yet. @default 0 */
	daysWithoutUsage?: number;
	/** A86: the maximum of `days`. @default 365 */
	maximumUsageDays?: number;
	/** A87: whether the `interval` of a usage query includes its end. @default false */
	usageIntervalIncludesEnd?: boolean;
	/** A33: the code of a 429. @default "too.many.requests" */
	rateLimitCode?: "too.many.requests" | "too.many.requests.retry.after";
	/** A31: by how many seconds `inin-ratelimit-reset` is later than the end of the minute. @default 0 */
	rateLimitResetIsLaterSeconds?: number;
}

import { describeCertificateFault } from "./certificate-faults";
import {
	ApiError,
	type ApiErrorContext,
	AuthenticationError,
	ConnectionError,
	type Created,
	NotFoundError,
	PermissionError,
	RateLimitError,
} from "./errors";
import { withoutCredentials } from "./masking";
import { fieldsOf, parseJson } from "./json";
import { similarRegion } from "./regions";
import { longestRetryAfter } from "./retry";

/** A response, reduced to what an error may contain. */
export interface HttpResponse {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

/** Whether a value looks like a code or correlation id; a longer text without a dot or colon may be a credential. */
const isPlainId = (value: unknown): value is string =>
	typeof value === "string" && /^[\w.:-]{1,100}$/.test(value) && withoutCredentials(value) === value;

/** The vendor's correlation id of a response: from the header, otherwise from `contextId` in the body. */
export function correlationIdOf(response: HttpResponse): string | undefined {
	const header = response.headers["inin-correlation-id"];
	const found = typeof header === "string" && header !== "" ? header : fieldsOf(parseJson(response.body))["contextId"];
	return isPlainId(found) ? found : undefined;
}

const advice: Record<string, string> = {
	"app.not.authorized.for.scope": "Add one of the named scopes to the OAuth client that Pulumi logs in with",
	"auth.invalid.scope": "Check the scopes for typos: getOAuthScopes lists those that exist",
	"auth.too.many.clients": "Delete unused clients, or ask Genesys Cloud to raise the organization's limit",
	"bad.client.role":
		"Check that every role and division exists, and that the OAuth client that Pulumi logs in with has every role it grants; if it was given one just now, run again in a minute",
	"cannot.delete.client": "The client was activated again meanwhile; run the deletion again",
	"ip.not.authorized": "Run Pulumi from an IP address that the organization allows",
};

/** Advice for a gateway that requires credentials of its own. For a proxy see `tunnel-errors.ts`. */
export const gatewayCredentialsAdvice =
	"The gateway requires a user name and password: set or check gatewayAuthUsername and gatewayAuthPassword where its host is set (GENESYSCLOUD_GATEWAY_AUTH_USERNAME and GENESYSCLOUD_GATEWAY_AUTH_PASSWORD in the environment)";

/** The permission for operations that a login may lack although it can do everything else. */
const permissions: [operations: RegExp, permission: string][] = [
	[/^get_authorization_role/, "authorization:role:view"],
	[/^(get|post)_usage_client_/, "usage:client:view (oauth:client:view isn't enough for usage jobs)"],
	[/^(get|post)_usage_aggregates_/, "usage:organization:view"],
];

function adviceFor({ status, code, operation }: ApiErrorContext, response: HttpResponse): string | undefined {
	const known = code === undefined || !Object.hasOwn(advice, code) ? undefined : advice[code];
	if (known !== undefined) return known;
	const seconds = Number(response.headers["retry-after"]);
	if ((status === 429 || status >= 500) && seconds * 1000 > longestRetryAfter)
		return `Genesys Cloud requested a wait of ${seconds} seconds, longer than this package waits; run again after that`;
	if (code === "bad.client.state" && operation === "put_oauth_client") {
		return "Genesys Cloud support has disabled this client, and only they can enable it";
	}
	// The vendor's 404 for a single client needs no advice.
	if (status === 404 && !/^(get|put|delete)_oauth_client(_|$)/.test(operation))
		return "Check the region, the gateway and the ids";
	if (status === 403) {
		const missing = permissions.find(([operations]) => operations.test(operation))?.[1] ?? "the missing permission";
		return `Give the OAuth client that Pulumi logs in with a role that has ${missing}, then run again`;
	}
	if (status === 407) return gatewayCredentialsAdvice;
	if (status === 429) return "The rate limit was still exceeded after waiting; run again in a few minutes";
	if (status >= 500) return "This is a Genesys Cloud error: run again later, or give their support the correlation id";
	return undefined;
}

/**
 * The error for an error response. The only place that maps HTTP statuses to error classes.
 *
 * @param operation the vendor's name of the operation
 * @param response the response
 * @param credentialSource where the credentials came from, for a 401
 */
export function errorOfResponse(
	operation: string,
	response: HttpResponse,
	credentialSource: string,
): ApiError | AuthenticationError {
	const body = fieldsOf(parseJson(response.body));
	const code = isPlainId(body["code"]) ? body["code"] : undefined;
	const vendorMessage = code !== undefined && typeof body["message"] === "string" ? body["message"] : undefined;
	const correlationId = correlationIdOf(response);
	const context: ApiErrorContext = { operation, status: response.status, code, vendorMessage, correlationId };
	if (response.status === 401 && code !== "ip.not.authorized") {
		const said = `${operation} failed: 401 ${code ?? "unauthorized"}${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}`;
		return new AuthenticationError(
			`${said}. Genesys Cloud rejected the token; the credentials came from ${credentialSource}: check that they are current and belong to this region`,
			{ status: 401, code, correlationId },
		);
	}
	// A gateway may send its own 404 page, or lead to a page to sign in: only the vendor's code tells that the object doesn't exist.
	if (response.status === 404 && (code === "client.not.found" || code === "not.found")) {
		return new NotFoundError(context, adviceFor(context, response));
	}
	if (response.status < 400 || (response.status === 404 && code === undefined)) {
		return new ApiError(context, "The response isn't from Genesys Cloud: check the region and the gateway");
	}
	if (response.status === 403) return new PermissionError(context, adviceFor(context, response));
	if (response.status === 429) return new RateLimitError(context, adviceFor(context, response));
	return new ApiError(context, adviceFor(context, response));
}

/** Why a call got no response. */
export interface NoResponse {
	/** The error code, such as `ECONNRESET`. */
	code: string;
	/** The phase that timed out, such as `connect`; undefined if none did. */
	timedOutIn?: string | undefined;
}

/** Node's code for a header with a character that it can't hold: a retry would fail again. */
export const unsendable = "ERR_INVALID_CHAR";

const neverSent = new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"ENETUNREACH",
	unsendable,
	"EHOSTUNREACH",
	"EADDRINUSE",
	"EADDRNOTAVAIL",
]);
const phasesBeforeSending = new Set(["lookup", "connect", "secureConnect"]);

/** Whether a request without a response may have been sent. */
export function mayHaveBeenSent({ code, timedOutIn }: NoResponse): boolean {
	return !(
		neverSent.has(code) ||
		// Other TLS errors can occur after the request was sent.
		/CERT|VERIFY|HANDSHAKE|WRONG_VERSION_NUMBER/.test(code) ||
		(timedOutIn !== undefined && phasesBeforeSending.has(timedOutIn))
	);
}

/** The error for a call that got no response. */
export function errorOfNoResponse(operation: string, host: string, failure: NoResponse): ConnectionError {
	const { code, timedOutIn } = failure;
	const mayHaveActed = mayHaveBeenSent(failure);
	const { what, next } = describeCertificateFault(host, code) ??
		describeUnsendable(host, code) ?? {
			what:
				timedOutIn === undefined
					? `no response from ${host} (${code})`
					: `no response from ${host} in time (${timedOutIn})`,
			next: mayHaveActed ? adviceAfterNoResponse(operation) : adviceForUnsent(host, code),
		};
	return new ConnectionError(`${operation} failed: ${what}. ${next}`, { operation, code, mayHaveActed });
}

/** Of all headers only those with the token and the language have text from elsewhere. */
const describeUnsendable = (host: string, code: string) =>
	code === unsendable
		? {
				what: `the request to ${host} can't be sent (${code})`,
				next: "The access token, or the language, contains a line break or another character that a header can't hold",
			}
		: undefined;

/** What to do about a call that was certainly not sent. */
function adviceForUnsent(host: string, code: string): string {
	const meant = code === "ENOTFOUND" ? similarRegion(host) : undefined;
	return `Check the network, the region, the gateway and proxies${meant === undefined ? "" : `; did you mean the region ${meant}?`}`;
}

/** What to do about a call that may have taken effect. */
function adviceAfterNoResponse(operation: string): string {
	if (operation.startsWith("login")) return "Run again; if that doesn't help, check the network and the gateway";
	const mayBe = "The request may still have taken effect";
	// What to do about a POST depends on what it creates: the caller adds that.
	return operation.startsWith("post_") ? mayBe : `${mayBe}; it is safe to run again`;
}

/**
 * The error for a success status whose body is unusable.
 *
 * @param fault what is wrong with it, without its values. @default it isn't JSON
 * @param created what it tells of what the operation created
 */
export function errorOfUnreadable(
	operation: string,
	response: HttpResponse,
	fault?: string,
	created?: Created,
): ConnectionError {
	const correlationId = correlationIdOf(response);
	return new ConnectionError(
		`${operation} failed: ${response.status}, but the response isn't the expected JSON${fault === undefined ? "" : `: ${fault}`}${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}. Check proxies and the gateway, which may have changed it`,
		{ operation, code: "UNREADABLE", mayHaveActed: true, created },
	);
}

/** The error for a response that is larger than any that Genesys Cloud sends, and was therefore not read. */
export function errorOfTooLarge(operation: string, bytes: number): ConnectionError {
	return new ConnectionError(
		`${operation} failed: the response is larger than ${bytes / 1024 / 1024} MiB. Check proxies and the gateway, which may have changed it`,
		{ operation, code: "UNREADABLE", mayHaveActed: true },
	);
}

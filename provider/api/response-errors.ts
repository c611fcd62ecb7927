import {
	ApiError,
	type ApiErrorContext,
	AuthenticationError,
	ConnectionError,
	NotFoundError,
	PermissionError,
	RateLimitError,
	withoutCredentials,
} from "./errors";
import { fieldsOf, parseJson } from "./json";
import { longestRetryAfter } from "./retry";

/** An answer, reduced to what an error may say of it. */
export interface HttpResponse {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

/** What codes and correlation ids look like; a longer run without a dot or colon may be a credential. */
const isPlainId = (value: unknown): value is string =>
	typeof value === "string" && /^[\w.:-]{1,100}$/.test(value) && withoutCredentials(value) === value;

/** The vendor's correlation id of an answer: the header, else the body's `contextId`. */
export function correlationIdOf(answer: HttpResponse): string | undefined {
	const header = answer.headers["inin-correlation-id"];
	const found = typeof header === "string" && header !== "" ? header : fieldsOf(parseJson(answer.body))["contextId"];
	return isPlainId(found) ? found : undefined;
}

const advice: Record<string, string> = {
	"app.not.authorized.for.scope": "Add the missing scope to the OAuth client that Pulumi logs in with",
	"auth.invalid.scope": "Check the scopes for typos: getOAuthScopes lists those that exist",
	"auth.too.many.clients": "Delete unused clients, or ask Genesys Cloud to raise the organization's limit",
	"bad.client.role":
		"Check that every role and division exists, and that the OAuth client that Pulumi logs in with has every role it grants",
	"cannot.delete.client": "The client was activated again meanwhile; run the deletion again",
	"ip.not.authorized": "Run Pulumi from an IP address that the organization allows",
};

function adviceFor({ status, code, operation }: ApiErrorContext, answer: HttpResponse): string | undefined {
	const known = code === undefined || !Object.hasOwn(advice, code) ? undefined : advice[code];
	if (known !== undefined) return known;
	const seconds = Number(answer.headers["retry-after"]);
	if ((status === 429 || status >= 500) && seconds * 1000 > longestRetryAfter)
		return `Genesys Cloud requested a wait of ${seconds} seconds, longer than this package waits; run again after that`;
	if (code === "bad.client.state" && operation === "put_oauth_client") {
		return "Genesys Cloud support has disabled this client, and only they can enable it";
	}
	// Of a single client the vendor's 404 says enough.
	if (status === 404 && !/^(get|put|delete)_oauth_client(_|$)/.test(operation))
		return "Check the region, the gateway and the ids";
	if (status === 403) {
		const missing = operation.startsWith("get_authorization_role")
			? "authorization:role:view"
			: "the missing permission";
		return `Give the OAuth client that Pulumi logs in with a role that has ${missing}, then run again`;
	}
	if (status === 429) return "The rate limit was still exceeded after waiting; run again in a few minutes";
	if (status >= 500) return "This is a Genesys Cloud error: run again later, or give their support the correlation id";
	return undefined;
}

/**
 * The error for an answer that is one: the only place where an HTTP status becomes a class.
 *
 * @param operation the operation by its own name
 * @param answer what came back
 * @param credentialSource where the credentials came from, for a 401
 */
export function errorOfResponse(
	operation: string,
	answer: HttpResponse,
	credentialSource: string,
): ApiError | AuthenticationError {
	const body = fieldsOf(parseJson(answer.body));
	const code = isPlainId(body["code"]) ? body["code"] : undefined;
	const vendorMessage = code !== undefined && typeof body["message"] === "string" ? body["message"] : undefined;
	const correlationId = correlationIdOf(answer);
	const context: ApiErrorContext = { operation, status: answer.status, code, vendorMessage, correlationId };
	if (answer.status === 401 && code !== "ip.not.authorized") {
		const said = `${operation} failed: 401 ${code ?? "unauthorized"}${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}`;
		return new AuthenticationError(
			`${said}. Genesys Cloud rejected the token; the credentials came from ${credentialSource}: check that they are current and belong to this region`,
			{ status: 401, code, correlationId },
		);
	}
	// A gateway's own 404 page says nothing about the object: only the vendor's code does.
	if (answer.status === 404 && (code === "client.not.found" || code === "not.found")) {
		return new NotFoundError(context, adviceFor(context, answer));
	}
	if (answer.status === 404 && code === undefined) {
		return new ApiError(context, "The response isn't from Genesys Cloud: check the region and the gateway");
	}
	if (answer.status === 403) return new PermissionError(context, adviceFor(context, answer));
	if (answer.status === 429) return new RateLimitError(context, adviceFor(context, answer));
	return new ApiError(context, adviceFor(context, answer));
}

/** What a call that got no answer failed with. */
export interface NoResponse {
	/** Such as `ECONNRESET`. */
	code: string;
	/** The phase in which the time ran out, such as `connect`, when it did. */
	timedOutIn?: string | undefined;
}

const neverSent = new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"ENETUNREACH",
	"ERR_INVALID_CHAR",
	"EHOSTUNREACH",
	"EADDRINUSE",
	"EADDRNOTAVAIL",
]);
const phasesBeforeSending = new Set(["lookup", "connect", "secureConnect"]);

/** The error for a call that got no answer. */
export function errorOfNoResponse(operation: string, host: string, failure: NoResponse): ConnectionError {
	const { code, timedOutIn } = failure;
	const mayHaveActed = !(
		neverSent.has(code) ||
		// Other faults of TLS can come after the request has left.
		/CERT|VERIFY|HANDSHAKE|WRONG_VERSION_NUMBER/.test(code) ||
		(timedOutIn !== undefined && phasesBeforeSending.has(timedOutIn))
	);
	const what =
		timedOutIn === undefined
			? `no response from ${host} (${code})`
			: `no response from ${host} in time (${timedOutIn})`;
	const next = mayHaveActed ? adviceAfterNoResponse(operation) : "Check the network, the region and the gateway";
	return new ConnectionError(`${operation} failed: ${what}. ${next}`, { operation, code, mayHaveActed });
}

/** What to do about a call that may have been carried out, in words. */
function adviceAfterNoResponse(operation: string): string {
	if (operation.startsWith("login")) return "Run again; if that doesn't help, check the network and the gateway";
	const mayBe = "The request may still have taken effect";
	// What to do about a POST depends on what it made: whoever sent it says so.
	return operation.startsWith("post_") ? mayBe : `${mayBe}; it is safe to run again`;
}

/** The error for a successful status whose body can't be read. */
export function errorOfUnreadable(operation: string, answer: HttpResponse): ConnectionError {
	const correlationId = correlationIdOf(answer);
	return new ConnectionError(
		`${operation} failed: ${answer.status}, but the response isn't the expected JSON${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}. Check proxies and the gateway, which may have changed it`,
		{ operation, code: "UNREADABLE", mayHaveActed: true },
	);
}

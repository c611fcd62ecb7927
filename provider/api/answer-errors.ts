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
export interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

/** What codes and correlation ids look like; a longer run without a dot or colon may be a credential. */
const isPlainId = (value: unknown): value is string =>
	typeof value === "string" && /^[\w.:-]{1,100}$/.test(value) && withoutCredentials(value) === value;

/** The vendor's correlation id of an answer: the header, else the body's `contextId`. */
export function correlationIdOf(answer: Answer): string | undefined {
	const header = answer.headers["inin-correlation-id"];
	const found = typeof header === "string" && header !== "" ? header : fieldsOf(parseJson(answer.body))["contextId"];
	return isPlainId(found) ? found : undefined;
}

const advice: Record<string, string> = {
	"app.not.authorized.for.scope": "Give the OAuth client that Pulumi logs in with the scope it lacks",
	"auth.invalid.scope": "Look for a typo among the scopes: getOAuthScopes lists those that exist",
	"auth.too.many.clients": "Delete clients that nobody uses, or ask Genesys Cloud to raise the organization's limit",
	"bad.client.role":
		"Every role and division must exist, and the OAuth client that Pulumi logs in with must hold every role that it hands on",
	"cannot.delete.client": "Somebody made the client active again meanwhile; run the deletion again",
	"ip.not.authorized": "Run Pulumi from an address that the organization allows",
};

/** The permission that operations need, where a login that can do everything else may lack it. */
const permissions: [operations: RegExp, permission: string][] = [
	[/^get_authorization_role/, "authorization:role:view"],
	[/^(get|post)_usage_client_/, "usage:client:view (oauth:client:view isn't enough for usage jobs)"],
	[/^(get|post)_usage_aggregates_/, "usage:organization:view"],
];

function adviceFor({ status, code, operation }: ApiErrorContext, answer: Answer): string | undefined {
	const known = code === undefined || !Object.hasOwn(advice, code) ? undefined : advice[code];
	if (known !== undefined) return known;
	const seconds = Number(answer.headers["retry-after"]);
	if ((status === 429 || status >= 500) && seconds * 1000 > longestRetryAfter)
		return `Genesys Cloud asks to wait ${seconds} seconds, longer than this package waits; run again then`;
	if (code === "bad.client.state" && operation === "put_oauth_client") {
		return "Genesys Cloud's support has disabled this client, and only they can enable it";
	}
	// Of a single client the vendor's 404 says enough.
	if (status === 404 && !/^(get|put|delete)_oauth_client(_|$)/.test(operation))
		return "Check the region, the gateway and the ids that were sent";
	if (status === 403) {
		const missing = permissions.find(([operations]) => operations.test(operation))?.[1] ?? "what is missing";
		return `Give the OAuth client that Pulumi logs in with a role that has ${missing}, then run again`;
	}
	if (status === 429) return "The rate limit was still exceeded after waiting; run again in a few minutes";
	if (status >= 500)
		return "The fault is on Genesys Cloud's side; run again later, and quote the correlation id to their support";
	return undefined;
}

/**
 * The error for an answer that is one: the only place where an HTTP status becomes a class.
 *
 * @param operation the operation by its own name
 * @param answer what came back
 * @param credentialSource where the credentials came from, for a 401
 */
export function errorOfAnswer(
	operation: string,
	answer: Answer,
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
			`${said}. Genesys Cloud doesn't accept the token; the credentials came from ${credentialSource}: check that they are current and belong to this region`,
			{ status: 401, code, correlationId },
		);
	}
	// A gateway's own 404 page says nothing about the object: only the vendor's code does.
	if (answer.status === 404 && (code === "client.not.found" || code === "not.found")) {
		return new NotFoundError(context, adviceFor(context, answer));
	}
	if (answer.status === 404 && code === undefined) {
		return new ApiError(context, "The answer isn't Genesys Cloud's own: check the region or the gateway");
	}
	if (answer.status === 403) return new PermissionError(context, adviceFor(context, answer));
	if (answer.status === 429) return new RateLimitError(context, adviceFor(context, answer));
	return new ApiError(context, adviceFor(context, answer));
}

/** What a call that got no answer failed with. */
export interface NoAnswer {
	/** Such as `ECONNRESET`. */
	code: string;
	/** The phase in which the time ran out, such as `connect`, when it did. */
	timedOutIn?: string | undefined;
}

const neverLeft = new Set([
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
export function errorOfNoAnswer(operation: string, host: string, failure: NoAnswer): ConnectionError {
	const { code, timedOutIn } = failure;
	const mayHaveActed = !(
		neverLeft.has(code) ||
		// Other faults of TLS can come after the request has left.
		/CERT|VERIFY|HANDSHAKE|WRONG_VERSION_NUMBER/.test(code) ||
		(timedOutIn !== undefined && phasesBeforeSending.has(timedOutIn))
	);
	const what =
		timedOutIn === undefined ? `no answer from ${host} (${code})` : `no answer from ${host} in time (${timedOutIn})`;
	const next = mayHaveActed ? afterNoAnswer(operation) : "Check the network, the region and the gateway";
	return new ConnectionError(`${operation} failed: ${what}. ${next}`, { operation, code, mayHaveActed });
}

/** What to do about a call that may have been carried out, in words. */
function afterNoAnswer(operation: string): string {
	if (operation.startsWith("login")) return "Run again; if that doesn't help, check the network and the gateway";
	const mayBe = "It may have been carried out all the same";
	// What to do about a POST depends on what it made: whoever sent it says so.
	return operation.startsWith("post_") ? mayBe : `${mayBe}, and may be repeated: run again`;
}

/** The error for a successful status whose body can't be read. */
export function errorOfUnreadable(operation: string, answer: Answer): ConnectionError {
	const correlationId = correlationIdOf(answer);
	return new ConnectionError(
		`${operation} failed: ${answer.status}, but the answer isn't the JSON it should be${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}. Something between here and Genesys Cloud may have changed it: check proxies and the gateway`,
		{ operation, code: "UNREADABLE", mayHaveActed: true },
	);
}

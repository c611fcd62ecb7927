const brand = Symbol.for("pulumi-genesyscloud-oauth/error");

/** A text as one line without control characters: whatever a server or a program put into a message, a terminal shows it as it is. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ").trim();

/** Blots out what looks like a credential: a server may quote what it was sent. Ids of the vendor's (36 characters) stay. */
export const withoutCredentials = (text: string): string =>
	text.replaceAll(/\b(bearer|basic)\s+\S+/gi, "$1 [redacted]").replaceAll(/[\w+=~-]{40,}/g, "[redacted]");

/**
 * A text without a secret and the longer words of it.
 *
 * @param shortestPiece how many characters a word has at least that is hidden as a piece of the secret
 */
export function withoutSecret(text: string, secret: string, shortestPiece = 6): string {
	const isPiece = (word: string) => word.length >= shortestPiece && secret.includes(word);
	return text.replaceAll(secret, "[secret]").replaceAll(/[\w+-]+/g, (word) => (isPiece(word) ? "[secret]" : word));
}

/** What a message quotes of a text that may be of any length. */
export const quoted = (text: string, longest = 100): string =>
	text.length > longest ? `${text.slice(0, longest)}…` : text;

/**
 * What every error of this package is. Its message is one line: what was tried, what came back, what to do. It never holds a
 * response body, a token or a secret.
 */
export class GenesysCloudError extends Error {
	override readonly name: string = "GenesysCloudError";

	constructor(message: string) {
		super(oneLine(message));
		Object.defineProperty(this, brand, { value: true });
	}
}

/** The configuration can't be used; nothing was sent. */
export class ConfigurationError extends GenesysCloudError {
	override readonly name = "ConfigurationError";
}

/** The login was refused, or the API didn't take the token. */
export class AuthenticationError extends GenesysCloudError {
	override readonly name = "AuthenticationError";
	/** HTTP status of the refusal. */
	readonly status: number;
	/** The vendor's error code, such as `invalid_client` (login) or `bad.credentials` (API), when there was one. */
	readonly code: string | undefined;
	/** The vendor's correlation id, to quote to their support, when there was one. */
	readonly correlationId: string | undefined;

	constructor(
		message: string,
		context: { status: number; code?: string | undefined; correlationId?: string | undefined },
	) {
		super(message);
		this.status = context.status;
		this.code = context.code;
		this.correlationId = context.correlationId;
	}
}

/** What is known about a call that the API answered with an error. */
export interface ApiErrorContext {
	/** The operation by its own name, such as `post_oauth_clients`. */
	operation: string;
	/** HTTP status. */
	status: number;
	/** The vendor's error code, such as `client.not.found`; absent when the answer wasn't the vendor's. */
	code?: string | undefined;
	/** The vendor's message, one line. */
	vendorMessage?: string | undefined;
	/** The vendor's correlation id (header `ININ-Correlation-Id`). */
	correlationId?: string | undefined;
}

/** The API answered with an error. */
export class ApiError extends GenesysCloudError {
	override readonly name: string = "ApiError";
	readonly operation: string;
	readonly status: number;
	readonly code: string | undefined;
	readonly correlationId: string | undefined;

	constructor(context: ApiErrorContext, advice?: string) {
		super(
			[
				`${context.operation} failed: ${context.status}`,
				context.code === undefined ? "" : ` ${context.code}`,
				context.vendorMessage
					? `: ${withoutCredentials(oneLine(context.vendorMessage))
							.slice(0, 400)
							.replace(/[.\s]+$/, "")}`
					: "",
				context.correlationId === undefined ? "" : ` (correlation id ${context.correlationId})`,
				advice === undefined ? "" : `. ${advice}`,
			].join(""),
		);
		this.operation = context.operation;
		this.status = context.status;
		this.code = context.code;
		this.correlationId = context.correlationId;
	}
}

/** The vendor said, in its own error format, that the object doesn't exist. A 404 of any other make is a plain {@link ApiError}. */
export class NotFoundError extends ApiError {
	override readonly name = "NotFoundError";
}

/** The caller lacks a permission, a role or a scope (403). */
export class PermissionError extends ApiError {
	override readonly name = "PermissionError";
}

/** The rate limit was still exceeded after all waiting (429). */
export class RateLimitError extends ApiError {
	override readonly name = "RateLimitError";
}

/** No usable answer came: the connection failed or was cut, the time ran out, or the answer wasn't JSON. */
export class ConnectionError extends GenesysCloudError {
	override readonly name = "ConnectionError";
	/** The operation by its own name, such as `post_oauth_clients`. */
	readonly operation: string;
	/** What went wrong, such as `ECONNRESET` or `ETIMEDOUT`. */
	readonly code: string;
	/** True when the server may have acted: the request had left, or may have. False when it surely hadn't. */
	readonly mayHaveActed: boolean;

	constructor(message: string, context: { operation: string; code: string; mayHaveActed: boolean }) {
		super(message);
		this.operation = context.operation;
		this.code = context.code;
		this.mayHaveActed = context.mayHaveActed;
	}
}

/** Whether this is an error of this package, also when another copy of the package made it. */
export function isGenesysCloudError(error: unknown): error is GenesysCloudError {
	return typeof error === "object" && error !== null && (error as Record<symbol, unknown>)[brand] === true;
}

/** Whether the vendor itself said that the object doesn't exist. */
export function isNotFoundError(error: unknown): error is NotFoundError {
	return isGenesysCloudError(error) && error.name === "NotFoundError";
}

/** Whether no usable answer came. */
export function isConnectionError(error: unknown): error is ConnectionError {
	return isGenesysCloudError(error) && error.name === "ConnectionError";
}

/** Whether the API answered with an error: any of the kinds it has. */
export function isApiError(error: unknown): error is ApiError {
	return isGenesysCloudError(error) && "operation" in error && "status" in error;
}

/** Whether a call that failed may have been carried out all the same. A 5xx or 408 may come from a gateway that lost the answer. */
export function mayHaveActed(error: unknown, operation: string): error is ApiError | ConnectionError {
	// The login that goes before a call fails under its own name: then the call hasn't been sent.
	if (isConnectionError(error)) return error.mayHaveActed && error.operation === operation;
	return isApiError(error) && error.operation === operation && (error.status >= 500 || error.status === 408);
}

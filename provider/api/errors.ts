import { withoutCredentials } from "./masking";
import { oneLine } from "./one-line";

const brand = Symbol.for("pulumi-genesyscloud-oauth/error");

/** Shortens a text for a message, between characters. */
export const quoted = (text: string, longest = 100): string =>
	text.length > longest ? `${text.slice(0, longest).replace(/\p{Cs}$/u, "")}…` : text;

/** The longest message or notice, in characters: what it quotes is cut before, so that its advice fits. */
const longestMessage = 1500;

/** A text that is safe to print, whatever a server or program put into it: one line of limited length. */
export const printable = (text: string): string => quoted(oneLine(text), longestMessage);

/** A text of several lines that is safe to print, the further ones indented. */
export const printableLines = (lines: readonly string[]): string => lines.map(printable).join("\n    ");

/** The first of some ids or names, and how many more there are. */
export function enumerated(items: readonly string[], most = 5, longest?: number): string {
	const shown = items.slice(0, most).map((item) => quoted(item, longest));
	const more = items.length - shown.length;
	return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * The base class of this package's errors. The message is one line: what was tried, what came back, what to do. It never contains a
 * response body, a token or a secret.
 */
export class GenesysCloudError extends Error {
	override readonly name: string = "GenesysCloudError";

	constructor(message: string) {
		super(printable(message));
		Object.defineProperty(this, brand, { value: true });
	}
}

/** The configuration is incomplete or invalid; nothing was sent. */
export class ConfigurationError extends GenesysCloudError {
	override readonly name = "ConfigurationError";
	/** The one setting that is missing or wrong, and what is wrong with it, for a message that names the setting itself. */
	readonly fault: { setting: string; problem: string } | undefined;

	constructor(message: string, fault?: { setting: string; problem: string }) {
		super(message);
		this.fault = fault;
	}
}

/** The login was refused, or the API rejected the token. */
export class AuthenticationError extends GenesysCloudError {
	override readonly name = "AuthenticationError";
	/** HTTP status of the response. */
	readonly status: number;
	/** The vendor's error code, such as `invalid_client` (login) or `bad.credentials` (API), if there was one. */
	readonly code: string | undefined;
	/** What the login says of a refusal, if it says something. */
	readonly description: string | undefined;
	/** The vendor's correlation id, for their support, if there was one. */
	readonly correlationId: string | undefined;

	constructor(
		message: string,
		context: {
			status: number;
			code?: string | undefined;
			description?: string | undefined;
			correlationId?: string | undefined;
		},
	) {
		super(message);
		this.status = context.status;
		this.code = context.code;
		this.description = context.description;
		this.correlationId = context.correlationId;
	}
}

/** The details of an error response. */
export interface ApiErrorContext {
	/** The vendor's name of the operation, such as `post_oauth_clients`. */
	operation: string;
	/** HTTP status. */
	status: number;
	/** The vendor's error code, such as `client.not.found`; absent if the response didn't come from the vendor. */
	code?: string | undefined;
	/** The vendor's message. */
	vendorMessage?: string | undefined;
	/** The vendor's correlation id (header `ININ-Correlation-Id`). */
	correlationId?: string | undefined;
}

/** The API returned an error. */
export class ApiError extends GenesysCloudError {
	override readonly name: string = "ApiError";
	readonly operation: string;
	readonly status: number;
	readonly code: string | undefined;
	readonly correlationId: string | undefined;
	/** The vendor's words, as the message has them; empty without any. */
	readonly vendorMessage: string;
	/** How much of the message stands before the vendor's words, in characters. */
	readonly #before: number;

	constructor(context: ApiErrorContext, advice?: string) {
		const told = withoutCredentials(oneLine(context.vendorMessage ?? ""));
		const vendorMessage = quoted(told, 400).replace(/[.\s]+$/, "");
		const code = context.code === undefined ? "" : ` ${context.code}`;
		const before = `${context.operation} failed: ${context.status}${code}${vendorMessage === "" ? "" : ": "}`;
		const correlationId = context.correlationId === undefined ? "" : ` (correlation id ${context.correlationId})`;
		super(`${before}${vendorMessage}${correlationId}${advice === undefined ? "" : `. ${advice}`}`);
		this.#before = before.length;
		this.operation = context.operation;
		this.status = context.status;
		this.code = context.code;
		this.correlationId = context.correlationId;
		this.vendorMessage = vendorMessage;
	}

	/**
	 * The message with the vendor's words changed, and ours as they are.
	 *
	 * @internal
	 */
	messageWith(change: (words: string) => string): string {
		const end = this.#before + this.vendorMessage.length;
		return this.message.slice(0, this.#before) + change(this.vendorMessage) + this.message.slice(end);
	}
}

/** The API returned, in its own error format, that the object doesn't exist. Any other 404 is a plain {@link ApiError}. */
export class NotFoundError extends ApiError {
	override readonly name = "NotFoundError";
}

/** The caller lacks a permission, a role or a scope (403). */
export class PermissionError extends ApiError {
	override readonly name = "PermissionError";
}

/** The rate limit was still exceeded after waiting (429). */
export class RateLimitError extends ApiError {
	override readonly name = "RateLimitError";
}

/** What an unusable answer to a POST tells of what the POST created. */
export interface Created {
	/** Its id. */
	id: string;
	/** Its secret, if the answer had a usable one. */
	secret?: string | undefined;
}

/** There was no usable response: the connection failed or was cut, the call timed out, or the response wasn't JSON. */
export class ConnectionError extends GenesysCloudError {
	override readonly name = "ConnectionError";
	/** The vendor's name of the operation, such as `post_oauth_clients`. */
	readonly operation: string;
	/** The error code, such as `ECONNRESET` or `ETIMEDOUT`. */
	readonly code: string;
	/** Whether the request may have taken effect; false only if it was certainly not sent. */
	readonly mayHaveActed: boolean;
	readonly #created: Created | undefined;

	constructor(
		message: string,
		context: { operation: string; code: string; mayHaveActed: boolean; created?: Created | undefined },
	) {
		super(message);
		this.operation = context.operation;
		this.code = context.code;
		this.mayHaveActed = context.mayHaveActed;
		this.#created = context.created;
	}

	/** What the POST created, if its unusable answer had a usable id. Not a property, so that nothing prints the secret. */
	get created(): Created | undefined {
		return this.#created;
	}
}

/** Whether this is an error of this package, including another copy of the package. */
export function isGenesysCloudError(error: unknown): error is GenesysCloudError {
	return typeof error === "object" && error !== null && (error as Record<symbol, unknown>)[brand] === true;
}

/** Whether this is a {@link NotFoundError}. */
export function isNotFoundError(error: unknown): error is NotFoundError {
	return isGenesysCloudError(error) && error.name === "NotFoundError";
}

/** Whether this is a {@link ConnectionError}. */
export function isConnectionError(error: unknown): error is ConnectionError {
	return isGenesysCloudError(error) && error.name === "ConnectionError";
}

/** Whether this is an {@link ApiError} or one of its subclasses. */
export function isApiError(error: unknown): error is ApiError {
	return isGenesysCloudError(error) && "operation" in error && "status" in error;
}

/** The operations that may have taken effect in an attempt before the one whose error this is. Not a property, so that nothing prints it. */
const actedBefore = new WeakMap<object, string>();

/** Notes on an error that an attempt of the operation may have taken effect, whatever the last one came to. */
export function noteMayHaveActed(error: unknown, operation: string): void {
	if (isGenesysCloudError(error)) actedBefore.set(error, operation);
}

/** Whether a failed call may have taken effect. A 5xx or 408 may come from a gateway that lost the response. */
export function mayHaveActed(error: unknown, operation: string): boolean {
	if (!isGenesysCloudError(error)) return false;
	if (actedBefore.get(error) === operation) return true;
	// A failed login before the call has its own operation name: then the call wasn't sent.
	if (isConnectionError(error)) return error.mayHaveActed && error.operation === operation;
	return isApiError(error) && error.operation === operation && isUnsettled(error.status);
}

/** Whether an error response leaves open whether the request has taken effect. */
export const isUnsettled = (status: number): boolean => status >= 500 || status === 408;

/** One kind of refusal by the Platform API. */
export interface ErrorTemplate {
	/** The HTTP status. */
	status: number;
	/** The message; `{name}` is replaced by the parameter of that name. */
	text: string;
}

/**
 * The error codes of the Platform API that the simulator can send, with status and message from the vendor's OpenAPI description
 * (`x-inin-error-codes`). The parameter names are the simulator's own: the vendor prints `%s`.
 */
export const ERROR_CATALOG = {
	"bad.request": {
		status: 400,
		text: "The request could not be understood by the server due to malformed syntax.",
	},
	"invalid.date": { status: 400, text: "Value [{value}] is not a valid ISO-8601 date or interval." },
	"invalid.query.param.value": {
		status: 400,
		text: "Value [{value}] is not valid for parameter [{parameter}]. Allowable values are: {allowed}",
	},
	"invalid.property": { status: 400, text: "Value [{value}] is not a valid property for object [{object}]" },
	"constraint.validation": { status: 400, text: "{reason}" },
	"invalid.value": {
		status: 400,
		text: "Value [{value}] is not valid for field type [{field}]. Allowable values are: {allowed}",
	},
	"grant.type.required": { status: 400, text: "Grant type is required." },
	"bad.grant.type": { status: 400, text: "Invalid grant type." },
	"missing.client.roles": { status: 400, text: "Client roles and divisions are missing." },
	"missing.client.scope": { status: 400, text: "Client scope is missing." },
	"bad.client.role": { status: 400, text: "Client role is invalid." },
	"bad.client.state": { status: 400, text: "New clients can only have an active state" },
	"auth.invalid.scope": { status: 400, text: "Client has invalid scope" },
	"auth.too.many.clients": { status: 400, text: "Too many clients exist in this organization." },
	"cannot.delete.client": {
		status: 400,
		text: "Clients must be marked as inactive to be eligible for deletion.",
	},
	"max.role.ids": { status: 400, text: "Only 100 roles can be requested at a time." },
	"both.after.and.before.provided": {
		status: 400,
		text: "Can not provide both after and before key in the same request.",
	},
	"authentication.required": {
		status: 401,
		text: "No authentication bearer token specified in authorization header.",
	},
	"bad.credentials": { status: 401, text: "Invalid login credentials." },
	"credentials.expired": { status: 401, text: "The supplied credentials are expired and cannot be used." },
	"missing.permissions": {
		status: 403,
		text: "Unable to perform the requested action. You are missing the following permission(s): {permissions}",
	},
	"missing.any.permissions": {
		status: 403,
		text: "Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}",
	},
	"not.authorized": { status: 403, text: "You are not authorized to perform the requested action." },
	"app.not.authorized.for.scope": { status: 403, text: "App not authorized to use scope [{scopes}]" },
	"not.found": { status: 404, text: "The requested resource was not found." },
	"client.not.found": { status: 404, text: "Client was not found." },
	"method.not.allowed": {
		status: 405,
		text: "The simulator does not have {method} {path}. It has {allowed} there.",
	},
	"client.timeout": {
		status: 408,
		text: "The client did not produce a request within the server timeout limit. This can be caused by a slow network connection and/or large payloads.",
	},
	"request.conflict": {
		status: 409,
		text: "The request conflicts with the current state of the target resource.",
	},
	"request.entity.too.large": { status: 413, text: "The request is over the size limit. Maximum bytes: {bytes}" },
	"unsupported.media.type": {
		status: 415,
		text: "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header.",
	},
	"too.many.requests": {
		status: 429,
		text: "Rate limit exceeded the maximum [{requests}] requests within [{seconds}] seconds",
	},
	"too.many.requests.retry.after": {
		status: 429,
		text: "Rate limit exceeded the maximum. Retry the request in [{seconds}] seconds",
	},
	"internal.server.error": {
		status: 500,
		text: "The server encountered an unexpected condition which prevented it from fulfilling the request.",
	},
	"not.simulated": { status: 501, text: "The simulator does not have {method} {path}." },
	"service.unavailable": {
		status: 503,
		text: "Service Unavailable - The server is currently unavailable (because it is overloaded or down for maintenance).",
	},
	"request.timeout": { status: 504, text: "The request timed out." },
} as const satisfies Record<string, ErrorTemplate>;

/** A code of the {@link ERROR_CATALOG}. */
export type ErrorCode = keyof typeof ERROR_CATALOG;

/** Whether a code is in the {@link ERROR_CATALOG}. */
export function isErrorCode(code: string): code is ErrorCode {
	return Object.hasOwn(ERROR_CATALOG, code);
}

/** The code of a fault that gives only a status. */
export function defaultErrorCode(status: number): ErrorCode | undefined {
	const codes: Record<number, ErrorCode> = {
		400: "bad.request",
		401: "bad.credentials",
		403: "not.authorized",
		404: "not.found",
		408: "client.timeout",
		409: "request.conflict",
		413: "request.entity.too.large",
		415: "unsupported.media.type",
		429: "too.many.requests",
		500: "internal.server.error",
		501: "not.simulated",
		503: "service.unavailable",
		504: "request.timeout",
	};
	return codes[status];
}

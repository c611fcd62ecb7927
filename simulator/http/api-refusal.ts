import { ERROR_CATALOG } from "./error-catalog";
import type { ErrorCode } from "./error-catalog";

/** Which limit was exceeded, as in the vendor's ErrorBody. */
export interface ErrorLimit {
	/** The name of the limit, for example `client.credentials.token.rate.per.minute`. */
	key: string;
	/** The service that has the limit, for example `platform.api`. */
	namespace: string;
	/** The limit. */
	value: number;
}

/** The error body of the Platform API (the vendor's ErrorBody). */
export interface ErrorBody {
	/** What is wrong, with the parameters filled in. */
	message: string;
	/** The vendor's code. */
	code: string;
	/** The HTTP status. */
	status: number;
	/** The message with its `{parameters}`. */
	messageWithParams: string;
	/** The values of the parameters. */
	messageParams: Record<string, string>;
	/** The correlation id of the call. */
	contextId: string;
	/** Always empty here. */
	details: never[];
	/** Always empty here. */
	errors: never[];
	/** The limit that was exceeded, on a 429. */
	limit?: ErrorLimit;
}

/** The optional parts of a refusal. */
export interface RefusalOptions {
	/**
	 * Values for the `{parameters}` of the message.
	 * @default {}
	 */
	params?: Record<string, string>;
	/** A text that replaces the catalogue's; it too may have `{parameters}`. */
	text?: string;
	/** Response headers. */
	headers?: Record<string, string>;
	/** The limit that was exceeded. */
	limit?: ErrorLimit;
}

/** A refusal by the simulated API. The rules throw it; one place turns it into a response. */
export class ApiRefusal extends Error {
	/** The HTTP status. */
	readonly status: (typeof ERROR_CATALOG)[ErrorCode]["status"];
	/** Response headers. */
	readonly headers: Record<string, string>;
	readonly #code: ErrorCode;
	readonly #template: string;
	readonly #params: Record<string, string>;
	readonly #limit: ErrorLimit | undefined;

	constructor(code: ErrorCode, options: RefusalOptions = {}) {
		const template = options.text ?? ERROR_CATALOG[code].text;
		const params = options.params ?? {};
		super(fill(template, params));
		this.name = "ApiRefusal";
		this.status = ERROR_CATALOG[code].status;
		this.headers = options.headers ?? {};
		this.#code = code;
		this.#template = template;
		this.#params = params;
		this.#limit = options.limit;
	}

	/** The vendor's error body for this refusal. */
	toBody(correlationId: string): ErrorBody {
		return toErrorBody(
			{ status: this.status, code: this.#code, template: this.#template, params: this.#params, limit: this.#limit },
			correlationId,
		);
	}
}

/** Builds the vendor's error body. */
export function toErrorBody(
	error: {
		status: number;
		code: string;
		template: string;
		params?: Record<string, string>;
		limit?: ErrorLimit | undefined;
	},
	correlationId: string,
): ErrorBody {
	const params = error.params ?? {};
	return {
		message: fill(error.template, params),
		code: error.code,
		status: error.status,
		messageWithParams: error.template,
		messageParams: params,
		contextId: correlationId,
		details: [],
		errors: [],
		...(error.limit === undefined ? {} : { limit: error.limit }),
	};
}

function fill(template: string, params: Record<string, string>): string {
	return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}

import { ERROR_CATALOG } from "./error-catalog";
import type { ErrorCode } from "./error-catalog";

/** Which limit was met, as the vendor's ErrorBody names it. */
export interface ErrorLimit {
	/** The name of the limit, for example `client.credentials.token.rate.per.minute`. */
	key: string;
	/** The service that has the limit, for example `platform.api`. */
	namespace: string;
	/** How much the limit allows. */
	value: number;
}

/** The error body of the Platform API (the vendor's ErrorBody). */
export interface ErrorBody {
	/** What is wrong, with the parameters filled in. */
	message: string;
	/** The vendor's code for it. */
	code: string;
	/** The HTTP status. */
	status: number;
	/** The message with its `{parameters}` not filled in. */
	messageWithParams: string;
	/** The values of the parameters. */
	messageParams: Record<string, string>;
	/** The correlation id of the call. */
	contextId: string;
	/** Always empty here. */
	details: never[];
	/** Always empty here. */
	errors: never[];
	/** The limit that was met, on a 429. */
	limit?: ErrorLimit;
}

/** What a refusal can carry beside its code. */
export interface RefusalOptions {
	/**
	 * Values for the `{parameters}` of the message.
	 * @default {}
	 */
	params?: Record<string, string>;
	/** A text that replaces the one of the catalogue; it too may have `{parameters}`. */
	text?: string;
	/** Headers to send along. */
	headers?: Record<string, string>;
	/** The limit that was met. */
	limit?: ErrorLimit;
}

/** The simulated API refuses a call. Thrown by the rules, turned into an answer in one place. */
export class ApiRefusal extends Error {
	/** The HTTP status to answer with. */
	readonly status: (typeof ERROR_CATALOG)[ErrorCode]["status"];
	/** Headers to send along. */
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

/** Puts the vendor's error body together. */
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

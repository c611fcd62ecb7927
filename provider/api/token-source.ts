import * as v from "valibot";
import { answerOf, maybe, numeric } from "./answer-fields";
import { basicAuthorization } from "./basic-credentials";
import type { Clock } from "./clock";
import { AuthenticationError } from "./errors";
import { withoutCredentials } from "./masking";
import { type HttpResponse, correlationIdOf, gatewayCredentialsAdvice } from "./response-errors";
import { fieldsOf, parseJson } from "./json";
import { retryDelay } from "./retry";
import type { FailedResponse, Transport } from "./transport";
import { usableAnswer } from "./usable-answer";

/** The credentials to log in with. */
export type Credentials =
	| {
			/** Client id of a CLIENT-CREDENTIALS client. */
			clientId: string;
			/** Its client secret. */
			clientSecret: string;
			/** Where both came from, for error messages. @default "the caller" */
			source?: string;
	  }
	| {
			/** An existing access token; it can't be renewed. */
			accessToken: string;
			/** Where it came from, for error messages. @default "the caller" */
			source?: string;
	  };

/** The timeout of a login for an additional token, in milliseconds. */
const furtherLoginTimeout = 5000;

/** How long before its expiry a token is renewed, in milliseconds, so that none expires in flight. */
const renewalMargin = 60_000;

const operation = "login (POST /oauth/token)";

/** Whether the login was throttled: it returns 400 instead of 429, and only the text differs from a refusal. */
function isThrottled(status: number | undefined, body = ""): boolean {
	const said = fieldsOf(parseJson(body))["error_description"];
	return status === 400 && typeof said === "string" && /^rate limit exceeded/i.test(said);
}

/** A login creates nothing persistent, so it is retried like a read. */
function loginDelay(failed: FailedResponse): number | undefined {
	const status = isThrottled(failed.status, failed.body) ? 429 : failed.status;
	return retryDelay({ ...failed, method: "GET", status });
}

const words = (value: unknown): string | undefined =>
	typeof value === "string" && /^[\w .,:;'"()-]{1,200}$/.test(value) ? withoutCredentials(value) : undefined;

/** A token goes into a header. */
const issuedToken = answerOf<{ access_token: string; expires_in?: number }>({
	access_token: v.pipe(v.string("a token"), v.regex(/^[\x21-\x7e]{1,10000}$/, "a token")),
	expires_in: maybe(numeric),
});

interface Login {
	token: string;
	/** When to fetch a new one, in milliseconds since 1970. */
	renewAt: number;
}

/** Options of a token source. */
export interface TokenSourceOptions {
	transport: Transport;
	/** Base URL of the login. */
	loginUrl: string;
	credentials: Credentials;
	clock: Clock;
	/** Whether a login is never retried and has a short timeout: for an optional token. @default false */
	triesOnce?: boolean;
}

/** Provides a token: fetched on first use, shared by concurrent callers, renewed before it expires. */
export class TokenSource {
	/** Where the credentials came from, for error messages. */
	readonly source: string;
	/** Whether a new token can be fetched after a rejected one. */
	readonly renewable: boolean;
	readonly #transport: Transport;
	readonly #loginUrl: string;
	readonly #credentials: Credentials;
	readonly #clock: Clock;
	readonly #triesOnce: boolean;
	#current: Promise<Login> | undefined;

	constructor(options: TokenSourceOptions) {
		this.source = options.credentials.source ?? "the caller";
		this.renewable = "clientId" in options.credentials;
		this.#transport = options.transport;
		this.#loginUrl = options.loginUrl;
		this.#credentials = options.credentials;
		this.#clock = options.clock;
		this.#triesOnce = options.triesOnce ?? false;
	}

	/** The token to use now. */
	async token(): Promise<string> {
		if ("accessToken" in this.#credentials) return this.#credentials.accessToken;
		const cached = this.#current;
		if (cached !== undefined) {
			const { token, renewAt } = await cached;
			if (this.#clock.now() < renewAt) return token;
			// The first caller renews it for all.
			if (this.#current === cached) this.#current = undefined;
		}
		this.#current ??= this.#fetch(this.#credentials.clientId, this.#credentials.clientSecret);
		return (await this.#current).token;
	}

	/** Discards a token that the API rejected, so that the next call fetches a new one. Several calls may report the same token. */
	async reject(token: string): Promise<void> {
		const cached = this.#current;
		if (cached !== undefined && (await cached).token === token && this.#current === cached) this.#current = undefined;
	}

	async #fetch(clientId: string, clientSecret: string): Promise<Login> {
		try {
			return await this.#login(clientId, clientSecret);
		} catch (error) {
			// The next caller tries again.
			this.#current = undefined;
			throw error;
		}
	}

	async #login(clientId: string, clientSecret: string): Promise<Login> {
		const asked = this.#clock.now();
		const { token, lifetime } = await login({
			transport: this.#transport,
			loginUrl: this.#loginUrl,
			clientId,
			clientSecret,
			source: this.source,
			...(this.#triesOnce ? { triesOnce: true, signal: AbortSignal.timeout(furtherLoginTimeout) } : {}),
		});
		return { token, renewAt: asked + Math.max(lifetime - renewalMargin, lifetime / 2) };
	}
}

/** Options of a login. */
export interface LoginOptions {
	transport: Transport;
	/** Base URL of the login. */
	loginUrl: string;
	clientId: string;
	clientSecret: string;
	/** Where both came from, for error messages. */
	source: string;
	/** Whether it is never retried. @default false */
	triesOnce?: boolean;
	/** Aborts the login. */
	signal?: AbortSignal | undefined;
}

/**
 * Logs in as a CLIENT-CREDENTIALS client.
 *
 * @returns the token and its lifetime in milliseconds
 * @throws AuthenticationError if the login is refused, ConnectionError without a usable response
 */
export async function login(options: LoginOptions): Promise<{ token: string; lifetime: number }> {
	const { transport, loginUrl, clientId, clientSecret } = options;
	const response = await transport.send({
		operation,
		method: "POST",
		url: `${loginUrl}/oauth/token`,
		headers: { authorization: basicAuthorization({ username: clientId, password: clientSecret }) },
		form: { grant_type: "client_credentials" },
		delay: options.triesOnce === true ? () => undefined : loginDelay,
		signal: options.signal,
	});
	if (response.status !== 200) throw refusal(options, response);
	const { access_token: token, expires_in: seconds = 300 } = usableAnswer(operation, response, issuedToken);
	return { token, lifetime: seconds * 1000 };
}

function refusal({ clientId, loginUrl, source }: LoginOptions, response: HttpResponse): AuthenticationError {
	const body = fieldsOf(parseJson(response.body));
	const code = words(body["error"]);
	const description = words(body["error_description"]) ?? words(body["description"]);
	const correlationId = correlationIdOf(response);
	const isBusy = isThrottled(response.status, response.body) || response.status === 429 || response.status >= 500;
	const check =
		code === "unauthorized_client"
			? "the client has another grant type; use one with CLIENT-CREDENTIALS"
			: "check that id and secret match, that the client is active, and that it belongs to this region";
	const advice = isBusy
		? "Run again later"
		: response.status === 407
			? gatewayCredentialsAdvice
			: response.status === 400 || response.status === 401
				? `The credentials came from ${source}: ${check}`
				: "The response isn't from Genesys Cloud: check the region and the gateway";
	return new AuthenticationError(
		`${operation} for OAuth client ${clientId} at ${new URL(loginUrl).host} failed: ${response.status}${code === undefined ? "" : ` ${code}`}${description === undefined ? "" : ` (${description})`}${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}. ${advice}`,
		{ status: response.status, code, description, correlationId },
	);
}

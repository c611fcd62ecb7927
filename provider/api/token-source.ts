import type { Clock } from "./clock";
import { AuthenticationError, withoutCredentials } from "./errors";
import { type HttpResponse, correlationIdOf, errorOfUnreadable } from "./response-errors";
import { fieldsOf, parseJson } from "./json";
import { retryDelay } from "./retry";
import type { FailedResponse, Transport } from "./transport";

/** How the package proves who it is. */
export type Credentials =
	| {
			/** Id of a CLIENT-CREDENTIALS client. */
			clientId: string;
			/** Its secret. */
			clientSecret: string;
			/** Where both came from, in words for an error message. @default "the caller" */
			source?: string;
	  }
	| {
			/** A token that somebody else fetched; it can't be renewed here. */
			accessToken: string;
			/** Where it came from, in words for an error message. @default "the caller" */
			source?: string;
	  };

/** How long a login that is tried only once may take, in real milliseconds. */
const furtherLoginTimeout = 5000;

/** A token is renewed this long before it expires, so that none expires on its way. */
const renewalMargin = 60_000;

const operation = "login (POST /oauth/token)";

/** The login's throttling comes as a 400, not as a 429, and nothing but its text tells it from a refusal. */
function isThrottled(status: number | undefined, body = ""): boolean {
	const said = fieldsOf(parseJson(body))["error_description"];
	return status === 400 && typeof said === "string" && /^rate limit exceeded/i.test(said);
}

/** Login makes nothing that lasts, so it may be repeated like a read. */
function loginDelay(failed: FailedResponse): number | undefined {
	const status = isThrottled(failed.status, failed.body) ? 429 : failed.status;
	return retryDelay({ ...failed, method: "GET", status });
}

const words = (value: unknown): string | undefined =>
	typeof value === "string" && /^[\w .,:;'"()-]{1,200}$/.test(value) ? withoutCredentials(value) : undefined;

interface Login {
	token: string;
	/** When to fetch the next, in milliseconds since 1970. */
	renewAt: number;
}

/** What a source of tokens needs. */
export interface TokenSourceOptions {
	transport: Transport;
	/** Base of the login. */
	loginUrl: string;
	credentials: Credentials;
	clock: Clock;
	/** Whether each login is tried only once, and not for long: for a token that one can do without. @default false */
	triesOnce?: boolean;
}

/** Holds a token: fetched on first need, shared by everybody who asks meanwhile, renewed before it expires. */
export class TokenSource {
	/** Where the credentials came from, in words. */
	readonly source: string;
	/** Whether a new token can be fetched when one is no longer taken. */
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
		const kept = this.#current;
		if (kept !== undefined) {
			const { token, renewAt } = await kept;
			if (this.#clock.now() < renewAt) return token;
			// Whoever comes first renews it for all.
			if (this.#current === kept) this.#current = undefined;
		}
		this.#current ??= this.#fetch(this.#credentials.clientId, this.#credentials.clientSecret);
		return (await this.#current).token;
	}

	/** Says that the API didn't take this token, so that the next call fetches another; once, however many calls it failed for. */
	async reject(token: string): Promise<void> {
		const kept = this.#current;
		if (kept !== undefined && (await kept).token === token && this.#current === kept) this.#current = undefined;
	}

	async #fetch(clientId: string, clientSecret: string): Promise<Login> {
		try {
			return await this.#login(clientId, clientSecret);
		} catch (error) {
			// A failed login isn't kept: the next caller tries again.
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

/** What a login needs. */
export interface LoginOptions {
	transport: Transport;
	/** Base of the login. */
	loginUrl: string;
	clientId: string;
	clientSecret: string;
	/** Where both came from, in words for an error message. */
	source: string;
	/** Whether it isn't repeated, whatever it fails with. @default false */
	triesOnce?: boolean;
	/** Aborts the login. */
	signal?: AbortSignal | undefined;
}

/**
 * Logs in as a CLIENT-CREDENTIALS client.
 *
 * @returns the token, and how many milliseconds it lives
 * @throws AuthenticationError when the login is refused, ConnectionError when no usable answer comes
 */
export async function login(options: LoginOptions): Promise<{ token: string; lifetime: number }> {
	const { transport, loginUrl, clientId, clientSecret } = options;
	const answer = await transport.send({
		operation,
		method: "POST",
		url: `${loginUrl}/oauth/token`,
		headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
		form: { grant_type: "client_credentials" },
		delay: options.triesOnce === true ? () => undefined : loginDelay,
		signal: options.signal,
	});
	if (answer.status !== 200) throw refusal(options, answer);
	const body = fieldsOf(parseJson(answer.body));
	const token = body["access_token"];
	if (typeof token !== "string" || token === "") throw errorOfUnreadable(operation, answer);
	return { token, lifetime: typeof body["expires_in"] === "number" ? body["expires_in"] * 1000 : 300_000 };
}

function refusal({ clientId, loginUrl, source }: LoginOptions, answer: HttpResponse): AuthenticationError {
	const body = fieldsOf(parseJson(answer.body));
	const code = words(body["error"]);
	const description = words(body["error_description"]) ?? words(body["description"]);
	const correlationId = correlationIdOf(answer);
	const isBusy = isThrottled(answer.status, answer.body) || answer.status === 429 || answer.status >= 500;
	const advice = isBusy
		? "Run again later"
		: answer.status === 400 || answer.status === 401
			? `The credentials came from ${source}: check that id and secret match, that the client is active, and that it belongs to this region`
			: "The response isn't from Genesys Cloud: check the region and the gateway";
	return new AuthenticationError(
		`${operation} for OAuth client ${clientId} at ${new URL(loginUrl).host} failed: ${answer.status}${code === undefined ? "" : ` ${code}`}${description === undefined ? "" : ` (${description})`}${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}. ${advice}`,
		{ status: answer.status, code, correlationId },
	);
}

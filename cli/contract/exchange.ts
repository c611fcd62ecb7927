import { type ApiClientOptions, transportOptions } from "../../provider/api/api-client";
import { basicAuthorization } from "../../provider/api/basic-credentials";
import type { Clock } from "../../provider/api/clock";
import { fieldsOf, parseJson } from "../../provider/api/json";
import { secretHider } from "../../provider/api/masking";
import { correlationIdOf, type HttpResponse } from "../../provider/api/response-errors";
import { retryDelay } from "../../provider/api/retry";
import { TokenSource } from "../../provider/api/token-source";
import { Transport, type TransportRequest } from "../../provider/api/transport";

/** An answer of the API or of the login, whatever its status. */
export interface Answer {
	/** HTTP status. */
	status: number;
	/** The fields of the body, if it is a JSON object; otherwise none. */
	body: Record<string, unknown>;
	/** What it lists: its `entities`, or the body itself if that is a list; otherwise nothing. */
	items: unknown[];
	/** The headers, in small letters. */
	headers: HttpResponse["headers"];
	/** The vendor's code, or the login's `error`; undefined without one. */
	code: string | undefined;
	/** The vendor's correlation id; undefined without one. */
	correlationId: string | undefined;
}

/** Whether an answer is a success. */
export const isFine = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** What a call sends. */
export interface CallOptions {
	/** The body, sent as JSON. @default none */
	json?: unknown;
	/** The query. @default none */
	query?: Record<string, string>;
	/** The token to call with. @default that of the login */
	token?: string;
}

/** The methods of the API. */
export type Method = TransportRequest["method"];

/** A run doesn't make this call: it was stopped, or has no more calls. */
export class NotSentError extends Error {
	override readonly name = "NotSentError";
}

/** Asks before each attempt, retries too. */
class GuardedTransport extends Transport {
	/** Throws for an attempt that may not be sent. */
	guard: () => void = () => undefined;

	override async send(request: TransportRequest): Promise<HttpResponse> {
		return super.send({
			...request,
			beforeAttempt: async () => {
				const headers = await request.beforeAttempt?.();
				this.guard();
				return headers ?? {};
			},
		});
	}
}

const neverAgain = () => undefined;

/** Sends the calls of a contract and counts them. An error answer is an answer too. It knows the secrets and tokens that went through it. */
export class Exchange {
	/** How many requests were sent: calls, logins and retries. */
	calls = 0;
	readonly #hosts: ApiClientOptions["hosts"];
	readonly #transport: GuardedTransport;
	readonly #tokens: TokenSource;
	readonly #secrets = new Set<string>();

	/** @param mayStillSend throws for a request that may not be sent; it is told how many were sent */
	constructor(connection: ApiClientOptions & { clock: Clock }, mayStillSend: (calls: number) => void) {
		const { hosts, credentials, clock } = connection;
		this.#hosts = hosts;
		this.#transport = new GuardedTransport(transportOptions(connection, clock));
		this.#transport.guard = () => {
			mayStillSend(this.calls);
			this.calls += 1;
		};
		this.#tokens = new TokenSource({ transport: this.#transport, loginUrl: hosts.login, credentials, clock });
		this.keep("clientSecret" in credentials ? credentials.clientSecret : credentials.accessToken);
	}

	/** Calls the API. A 429 and, for all but POST, a server's error are retried as everywhere in this package. */
	async call(method: Method, path: string, { json, query = {}, token }: CallOptions = {}): Promise<Answer> {
		// What an answer has as the path of a next page must not lead to another host.
		if (!path.startsWith("/api/v2/")) throw new Error("a path of the API begins with /api/v2/");
		const url = new URL(this.#hosts.api + path);
		for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
		const used = token ?? (await this.#ownToken());
		const response = await this.#transport.send({
			operation: `${method} ${path}`,
			method,
			url: url.href,
			headers: { authorization: `Bearer ${used}` },
			json,
			delay: retryDelay,
		});
		return this.#answerOf(response);
	}

	/** Asks the token endpoint. Nothing is retried. */
	async login(client: { id: string; secret: string } | undefined, form: Record<string, string>): Promise<Answer> {
		const headers =
			client === undefined
				? {}
				: { authorization: basicAuthorization({ username: client.id, password: client.secret }) };
		const url = `${this.#hosts.login}/oauth/token`;
		return this.#answerOf(
			await this.#transport.send({ operation: "login", method: "POST", url, headers, form, delay: neverAgain }),
		);
	}

	/** Remembers a secret that no report may have. */
	keep(secret: unknown): void {
		if (typeof secret === "string" && secret !== "") this.#secrets.add(secret);
	}

	/** Returns a function that hides every secret that was kept. */
	hider(): (text: string) => string {
		return secretHider([...this.#secrets], true);
	}

	async #ownToken(): Promise<string> {
		const token = await this.#tokens.token();
		this.keep(token);
		return token;
	}

	#answerOf(response: HttpResponse): Answer {
		const json = parseJson(response.body);
		const body = fieldsOf(json);
		for (const secret of [body["secret"], body["access_token"]]) this.keep(secret);
		const items = [json, body["entities"]].find((list) => Array.isArray(list)) ?? [];
		const { status, headers } = response;
		return { status, body, items, headers, code: codeOf(body), correlationId: correlationIdOf(response) };
	}
}

/** What looks like a code: another text may be anything. */
function codeOf(body: Record<string, unknown>): string | undefined {
	const texts = [body["code"], body["error"]].filter((text) => typeof text === "string");
	return texts.find((text) => /^[\w.:-]{1,100}$/.test(text));
}

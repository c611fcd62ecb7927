import type { Simulator } from "../../../simulator/index";

/** An answer of the simulator, as a test looks at it. */
export interface HttpResponse {
	status: number;
	headers: Headers;
	text: string;
	// The tests look into bodies of every shape, and vitest compares them by value.
	body: any;
}

/** What a call sends beside its method and path. */
export interface CallOptions {
	token?: string;
	json?: unknown;
	text?: string;
	headers?: Record<string, string>;
	/** Gives the call up. */
	signal?: AbortSignal;
}

/** Calls a simulator over real HTTP. */
export async function call(
	simulator: Simulator,
	method: string,
	path: string,
	{ token, json, text, headers, signal }: CallOptions = {},
): Promise<HttpResponse> {
	const body = json === undefined ? text : JSON.stringify(json);
	const response = await fetch(simulator.url + path, {
		method,
		headers: {
			...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
			...(json === undefined ? {} : { "content-type": "application/json" }),
			...headers,
		},
		...(body === undefined ? {} : { body }),
		...(signal === undefined ? {} : { signal }),
	});
	const answered = await response.text();
	const isJson = response.headers.get("content-type")?.includes("json") === true;
	return {
		status: response.status,
		headers: response.headers,
		text: answered,
		body: isJson ? parse(answered) : undefined,
	};
}

/** Asks for a token with an id and a secret. */
export async function requestToken(simulator: Simulator, id: string, secret: string): Promise<HttpResponse> {
	return call(simulator, "POST", "/oauth/token", {
		text: "grant_type=client_credentials",
		headers: {
			authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
			"content-type": "application/x-www-form-urlencoded",
		},
	});
}

/** A token of the administrator. */
export async function administratorToken(simulator: Simulator): Promise<string> {
	const { clientId, clientSecret } = simulator.administrator;
	const { body } = await requestToken(simulator, clientId, clientSecret);
	return body.access_token as string;
}

/** Calls as the administrator. */
export async function callAsAdministrator(
	simulator: Simulator,
	method: string,
	path: string,
	options: Omit<CallOptions, "token"> = {},
): Promise<HttpResponse> {
	return call(simulator, method, path, { ...options, token: await administratorToken(simulator) });
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

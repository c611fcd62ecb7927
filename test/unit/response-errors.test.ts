import { describe, expect, test } from "vitest";
import { type ApiError, isApiError, isNotFoundError } from "../../provider/api/errors";
import {
	type HttpResponse,
	correlationIdOf,
	errorOfResponse,
	errorOfNoResponse,
	errorOfUnreadable,
} from "../../provider/api/response-errors";

const source = "the environment variable X";

function answer(status: number, body: unknown, headers: HttpResponse["headers"] = {}): HttpResponse {
	return { status, headers, body: typeof body === "string" ? body : JSON.stringify(body) };
}
const errorOf = (status: number, body: unknown, operation = "get_oauth_client") =>
	errorOfResponse(operation, answer(status, body), source);

describe("a 404", () => {
	test.each(["client.not.found", "not.found"])("with the vendor's code %s is NotFound", (code) => {
		expect(isNotFoundError(errorOf(404, { code, message: "m", status: 404 }))).toBe(true);
	});

	test.each([
		["an HTML page", "<html><body>404 Not Found: client.not.found</body></html>"],
		["an empty body", ""],
		["plain text", "not.found"],
		["JSON of another make", { error: "not.found" }],
		["JSON that is a list", [{ code: "client.not.found" }]],
		["JSON that is a text", '"client.not.found"'],
		["a code that isn't a text", { code: ["client.not.found"] }],
		["another code", { code: "route.not.found", message: "no such route" }],
		["a code with more in it", { code: "client.not.found\n" }],
		["broken JSON", '{"code":"client.not.found"'],
	])("that is %s is never NotFound", (_, body) => {
		const error = errorOf(404, body);
		expect(isNotFoundError(error)).toBe(false);
		expect(isApiError(error)).toBe(true);
	});

	test("that isn't the vendor's says where to look", () => {
		expect(errorOf(404, "<html>").message).toContain("check the region and the gateway");
	});

	test.each([200, 400, 401, 403, 405, 410, 500, 503])("is the only status that can be: %i isn't", (status) => {
		expect(isNotFoundError(errorOf(status, { code: "client.not.found", message: "m" }))).toBe(false);
	});
});

describe("statuses become classes", () => {
	test.each([
		[400, "bad.client.role", "ApiError", "has every role it grants"],
		[400, "auth.invalid.scope", "ApiError", "Check the scopes for typos"],
		[400, "auth.too.many.clients", "ApiError", "Delete unused clients"],
		[400, "cannot.delete.client", "ApiError", "activated again"],
		[401, "bad.credentials", "AuthenticationError", source],
		[401, undefined, "AuthenticationError", source],
		[401, "ip.not.authorized", "ApiError", "from an IP address"],
		[403, "missing.any.permissions", "PermissionError", "a role that has the missing permission"],
		[403, "app.not.authorized.for.scope", "PermissionError", "Add one of the named scopes"],
		[403, undefined, "PermissionError", "a role that has the missing permission"],
		[407, undefined, "ApiError", "GENESYSCLOUD_GATEWAY_AUTH_USERNAME"],
		[429, "too.many.requests", "RateLimitError", "run again"],
		[500, "internal.server.error", "ApiError", "This is a Genesys Cloud error"],
		[503, undefined, "ApiError", "This is a Genesys Cloud error"],
		[302, undefined, "ApiError", "302"],
	])("%i %s is a %s that says: %s", (status, code, name, said) => {
		const error = errorOf(status, code === undefined ? "<html></html>" : { code, message: "The vendor says so." });
		expect(error.name).toBe(name);
		expect(error.message).toContain(said);
		expect(error.status).toBe(status);
		expect(error.code).toBe(code);
	});

	test("the scopes that the vendor names are all in the message", () => {
		const message = "App not authorized to use scope [telephony:readonly, telephony]";
		expect(errorOf(403, { code: "app.not.authorized.for.scope", message }).message).toContain(message);
	});

	test("bad.client.state on a PUT means the vendor's support, on a POST it doesn't", () => {
		const body = { code: "bad.client.state", message: "Client is disabled." };
		expect(errorOf(400, body, "put_oauth_client").message).toContain("support has disabled");
		expect(errorOf(400, body, "post_oauth_clients").message).not.toContain("support has disabled");
	});

	test("a Retry-After that is too long to be waited for is told", () => {
		const body = { code: "too.many.requests", message: "m" };
		const error = errorOfResponse("get_oauth_client", answer(429, body, { "retry-after": "3600" }), source);
		expect(error.message).toContain("3600 seconds");
		expect(error.message).not.toContain("after waiting");
	});
});

describe("hostile bodies", () => {
	const bodies: [string, string][] = [
		["huge", JSON.stringify({ code: "bad.request", message: "x".repeat(5_000_000) })],
		["a page as long as a book", `<html>${"<p>words</p>".repeat(200_000)}`],
		["with newlines", JSON.stringify({ code: "bad.request", message: "a\nb\r\nstack: at x\u2028y" })],
		["with a token", JSON.stringify({ code: "bad.request", message: "you sent Bearer tOkEn-1234567890" })],
		["with a secret", JSON.stringify({ code: "bad.request", message: `secret=${"Ab1-".repeat(11)}` })],
		["with a secret as code", JSON.stringify({ code: "Ab1-".repeat(11), message: "m" })],
		["with an odd code", JSON.stringify({ code: "x\ny \u001B[31m", message: "hidden away" })],
		["with an endless code", JSON.stringify({ code: "x".repeat(10_000), message: "m" })],
		["with a deep nest", "[".repeat(100_000)],
		["null", "null"],
		["with a prototype", '{"__proto__":{"code":"client.not.found"},"constructor":1}'],
		["with an odd correlation id", JSON.stringify({ code: "c", message: "m", contextId: "a b\nc" })],
	];
	test.each(bodies)("%s: the message stays one short line without a credential", (_, body) => {
		for (const status of [400, 401, 403, 404, 429, 500]) {
			const { message } = errorOfResponse("post_oauth_clients", { status, headers: {}, body }, source);
			expect(message.length).toBeLessThan(900);
			// oxlint-disable-next-line no-control-regex -- that is what must not be in it
			expect(message).not.toMatch(/[\u0000-\u001F\u007F\u0085\u2028\u2029]/);
			expect(message).not.toMatch(/tOkEn-1234|Ab1-Ab1-|<p>|hidden away/);
		}
	});

	test("without the vendor's code nothing of the body is told", () => {
		const error = errorOf(400, { message: "a message without a code", password: "p" }) as ApiError;
		expect(error.message).toBe("get_oauth_client failed: 400");
	});
});

describe("the correlation id", () => {
	const body = { code: "c", contextId: "from-body" };
	test.each([
		["of the header goes first", { "inin-correlation-id": "from-header" }, "from-header"],
		["is the body's contextId else", {}, "from-body"],
		["of an empty header doesn't count", { "inin-correlation-id": "" }, "from-body"],
		["with odd characters is left out", { "inin-correlation-id": "a b\n" }, undefined],
	])("%s", (_, headers, expected) => {
		expect(correlationIdOf(answer(400, body, headers))).toBe(expected);
		const { message } = errorOfResponse("o", answer(400, body, headers), source);
		expect(message.includes("correlation id")).toBe(expected !== undefined);
	});
});

describe("no response", () => {
	test.each([
		["ECONNREFUSED", undefined, false],
		["ENOTFOUND", undefined, false],
		["EAI_AGAIN", undefined, false],
		["DEPTH_ZERO_SELF_SIGNED_CERT", undefined, false],
		["ERR_TLS_CERT_ALTNAME_INVALID", undefined, false],
		["UNABLE_TO_VERIFY_LEAF_SIGNATURE", undefined, false],
		["ERR_INVALID_CHAR", undefined, false],
		["ETIMEDOUT", "lookup", false],
		["ETIMEDOUT", "connect", false],
		["ETIMEDOUT", "secureConnect", false],
		["ETIMEDOUT", "socket", true],
		["ETIMEDOUT", "send", true],
		["ETIMEDOUT", "response", true],
		["ETIMEDOUT", "request", true],
		["ECONNRESET", undefined, true],
		["EPIPE", undefined, true],
		["ETIMEDOUT", undefined, true],
		["HPE_INVALID_CONSTANT", undefined, true],
		["ERR_READING_RESPONSE_STREAM", undefined, true],
		["ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", undefined, true],
		["UNKNOWN", undefined, true],
	])("%s in phase %s: may have acted is %s", (code, timedOutIn, mayHaveActed) => {
		const error = errorOfNoResponse("post_oauth_clients", "api.example.com", { code, timedOutIn });
		expect(error.mayHaveActed).toBe(mayHaveActed);
		expect(error.message).toContain("api.example.com");
		expect(error.message.includes("may still have taken effect")).toBe(mayHaveActed);
	});

	test.each([
		["CERT_UNTRUSTED", true],
		["DEPTH_ZERO_SELF_SIGNED_CERT", true],
		["SELF_SIGNED_CERT_IN_CHAIN", true],
		["UNABLE_TO_GET_ISSUER_CERT", true],
		["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", true],
		["UNABLE_TO_VERIFY_LEAF_SIGNATURE", true],
		["CERT_HAS_EXPIRED", false],
		["ERR_TLS_CERT_ALTNAME_INVALID", false],
		["ECONNRESET", false],
	])("of a certificate with %s says NODE_EXTRA_CA_CERTS: %s", (code, isUnknown) => {
		const { message } = errorOfNoResponse("get_oauth_client", "api.example.com", { code });
		expect(message).toContain(`api.example.com`);
		expect(message).toContain(`(${code})`);
		expect(message.includes("NODE_EXTRA_CA_CERTS")).toBe(isUnknown);
	});

	test("an answer that can't be read may have acted", () => {
		const error = errorOfUnreadable("post_oauth_clients", answer(200, '{"secret":"hidden'));
		expect(error.mayHaveActed).toBe(true);
		expect(error.message).not.toContain("hidden");
	});
});

const adviceOf = (host: string, code: "ENOTFOUND" | "ECONNREFUSED") =>
	errorOfNoResponse("login (POST /oauth/token)", host, { code }).message.split(`(${code}). `)[1];

test("a host of a region that doesn't exist names the public region that was perhaps meant", () => {
	const advice = "Check the network, the region, the gateway and proxies";
	expect(adviceOf("login.mypurecloud.dee", "ENOTFOUND")).toBe(`${advice}; did you mean the region mypurecloud.de?`);
	expect(adviceOf("login.mypurecloud.de", "ENOTFOUND")).toBe(advice);
	expect(adviceOf("gw.example.com", "ENOTFOUND")).toBe(advice);
	expect(adviceOf("login.mypurecloud.dee", "ECONNREFUSED")).toBe(advice);
});

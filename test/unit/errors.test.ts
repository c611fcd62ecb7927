import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
	ApiError,
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	enumerated,
	GenesysCloudError,
	isApiError,
	isConnectionError,
	isGenesysCloudError,
	isNotFoundError,
	NotFoundError,
	PermissionError,
	quoted,
	RateLimitError,
} from "../../provider/api/errors";
import { LookupError } from "../../provider/lookups/find/lookup-error";

const context = { operation: "get_oauth_client", status: 404, code: "client.not.found" };

describe("messages", () => {
	test("are one line that a terminal shows as it is, whatever was put into them", () => {
		const { message } = new GenesysCloudError("  a\r\nb\tc\u2028d\u0085e\u0000f\u001B[2Jg\u202Eh\uD83Di😀  ");
		expect(message).toBe("a b c d e f [2Jg h i😀");
	});

	test("are cut between characters: gRPC carries no half of one, and its call would never end", () => {
		for (const text of ["ab😀😀", "a😀😀😀"]) {
			expect(quoted(text, 3)).toMatch(/^a(b|😀)…$/);
			const { message } = new ApiError({ ...context, vendorMessage: text.repeat(400) });
			expect(message.isWellFormed()).toBe(true);
		}
	});

	test("are cut, however much was put into them; of many ids they name a few", () => {
		const long = "x ".repeat(100_000);
		for (const error of [new GenesysCloudError(long), new LookupError(`a\n${long}`)]) {
			expect(error.message.length).toBeLessThan(1600);
			expect(error.message).not.toContain("\n");
		}
		expect(enumerated(["a", "b", "c"], 2)).toBe("a, b and 1 more");
		expect(enumerated(["a", "b"], 2)).toBe("a, b");
	});

	test("the secret that an unusable answer told isn't printed with its error", () => {
		const created = { id: "c", secret: "hunter2" };
		const error = new ConnectionError("m", { operation: "o", code: "UNREADABLE", mayHaveActed: true, created });
		expect(error.created).toEqual(created);
		expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain("hunter2");
	});

	test("an API error says what was tried, what came back and what to do", () => {
		const error = new ApiError(
			{ ...context, vendorMessage: "Client was not found.", correlationId: "c-1" },
			"Look again",
		);
		expect(error.message).toBe(
			"get_oauth_client failed: 404 client.not.found: Client was not found (correlation id c-1). Look again",
		);
	});

	test("a vendor's message of any length is cut", () => {
		expect(new ApiError({ ...context, vendorMessage: "x ".repeat(100_000) }).message.length).toBeLessThan(600);
	});

	test.each([
		["a bearer token", "Authorization was Bearer abc.def-123"],
		["basic credentials", "header: basic dXNlcjpwYXNz"],
		["a long token", `the token ${"aB3_".repeat(20)} is stale`],
		["a secret", "the secret kX9_vR-bTzQ4mN7pLwY2sHd8fJg5cAe1uK0oI6tBnM3 is wrong"],
	])("%s in a vendor's message is blotted out", (_, vendorMessage) => {
		const { message } = new ApiError({ ...context, vendorMessage });
		expect(message).toContain("[secret]");
		expect(message).not.toMatch(/abc\.def|dXNlcjpwYXNz|aB3_aB3_|kX9_/);
	});

	test("ids and names of permissions stay readable", () => {
		const vendorMessage =
			"client 5a1e0000-0000-4000-8000-000000000001 lacks oauth:client:edit for https://app.example.com/callback";
		expect(new ApiError({ ...context, vendorMessage }).message).toContain(vendorMessage);
	});
});

describe("kinds", () => {
	const errors = [
		new ConfigurationError("m"),
		new AuthenticationError("m", { status: 401 }),
		new ApiError(context),
		new NotFoundError(context),
		new PermissionError(context),
		new RateLimitError(context),
		new ConnectionError("m", { operation: "o", code: "ECONNRESET", mayHaveActed: true }),
	];

	test.each(errors)("$name is told apart by its guards", (error) => {
		expect(isGenesysCloudError(error)).toBe(true);
		expect(isNotFoundError(error)).toBe(error instanceof NotFoundError);
		expect(isConnectionError(error)).toBe(error instanceof ConnectionError);
		expect(isApiError(error)).toBe(error instanceof ApiError);
		expect(error.name).toBe(error.constructor.name);
	});

	test("an error of another copy of the package is recognised", () => {
		const foreign = Object.assign(new Error("m"), { name: "NotFoundError", ...context });
		Object.defineProperty(foreign, Symbol.for("pulumi-genesyscloud-oauth/error"), { value: true });
		expect(isGenesysCloudError(foreign)).toBe(true);
		expect(isNotFoundError(foreign)).toBe(true);
		expect(isApiError(foreign)).toBe(true);
	});

	test.each([undefined, null, "text", 5, {}, new Error("m"), Object.assign(new Error("m"), { name: "NotFoundError" })])(
		"%s is none of ours",
		(value) => {
			expect(isGenesysCloudError(value)).toBe(false);
			expect(isNotFoundError(value)).toBe(false);
			expect(isConnectionError(value)).toBe(false);
			expect(isApiError(value)).toBe(false);
		},
	);
});

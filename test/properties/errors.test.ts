import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ConnectionError, isApiError } from "../../provider/api/errors";
import { secretHider } from "../../provider/api/masking";
import { errorOfResponse, errorOfNoResponse, errorOfUnreadable } from "../../provider/api/response-errors";
import { partialFailure, presentable, reasonOf } from "../../provider/lifecycle/presentable-errors";
import { paths } from "../api/support/client-requests";
import { failureOf, startSimulatedApi } from "../api/support/simulated-api";
import { anything } from "./support/anything";
import { holds } from "./support/cases";

/** A secret as Genesys Cloud makes them: 43 characters. */
const secret = "Zk3-marker_8fQ2mWc0vT7yLr5xNbH9sJd1uPaEoG4i";
const text = fc.string({ unit: "binary", maxLength: 60 });
/** Text of a server that quotes what it was sent. */
const withSecret = fc.tuple(text, text).map(([before, after]) => `${before}${secret}${after}`);
const bodies = fc.oneof(
	text,
	withSecret,
	fc.json({ stringUnit: "binary" }),
	fc
		.record(
			{
				code: fc.oneof(
					text,
					withSecret,
					fc.constantFrom("bad.client.role", "client.not.found", "__proto__", "constructor"),
				),
				message: fc.oneof(text, withSecret, fc.constant(`x\n\u001b[31m${secret}\r\n`)),
				contextId: fc.oneof(text, withSecret),
				error: fc.oneof(text, withSecret),
				error_description: fc.oneof(text, withSecret),
				secret: fc.constant(secret),
				details: anything,
			},
			{ requiredKeys: [] },
		)
		.map((body) => JSON.stringify(body)),
);
const statuses = fc.oneof(fc.integer({ min: 300, max: 599 }), fc.constantFrom(400, 401, 403, 404, 408, 429, 500, 503));
const headers = fc.dictionary(
	fc.constantFrom("inin-correlation-id", "retry-after", "content-type", "x-other"),
	fc.oneof(text, withSecret, fc.array(text, { maxLength: 2 }), fc.constantFrom("100000", "1")),
);

/** One line, and nothing a terminal would obey. */
function expectOneLine(told: string): void {
	expect(told).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
	expect(told.length).toBeLessThan(1500);
}

test("an error of any answer is one line without the body", async () =>
	holds(
		1500,
		fc.property(statuses, headers, bodies, (status, given, body) => {
			const answer = { status, headers: given, body };
			for (const error of [
				errorOfResponse("post_oauth_clients", answer, "the tests"),
				errorOfUnreadable("post_oauth_clients", answer),
			]) {
				const shown = presentable("creating an OAuth client", error);
				for (const told of [error.message, shown.message, `${shown}: ${shown.stack}`]) {
					expectOneLine(told);
					expect(told).not.toContain(secret);
					expect(told).toContain(String(status));
				}
			}
			// Of a body that isn't the vendor's nothing is told at all.
			const told = errorOfResponse("post_oauth_clients", answer, "the tests").message;
			const ofNothing = errorOfResponse("post_oauth_clients", { ...answer, body: "" }, "the tests").message;
			expect(body.startsWith("{") ? ofNothing : told).toBe(ofNothing);
		}),
	));

test("of an error of the API no secret leaves a gap but in the API's own words", async () => {
	const advised = fc.constantFrom(400, 401, 403, 404, 409, 429, 500, 503);
	const codes = fc.constantFrom("bad.request", "auth.invalid.scope", "missing.permissions", "auth.too.many.clients");
	await holds(
		300,
		fc.property(advised, codes, fc.nat(), (status, code, choice) => {
			const answer = { status, headers: {}, body: JSON.stringify({ code }) };
			const error = errorOfResponse("post_integrations_credentials", answer, "the tests");
			const told = presentable("creating an integration credential", error).message;
			const words = told.split(/[\s:.,()]+/);
			const hide = secretHider([words[choice % words.length]!, words.slice(0, 3).join(" ")]);
			// The login's errors and those without an answer quote nobody.
			if (!isApiError(error)) return;
			expect(presentable("creating an integration credential", error, hide).message).toBe(told);
		}),
	);
});

/** Texts and secrets without a character in common, so that no secret stands in a text by chance. */
const around = fc.string({ unit: fc.constantFrom(...Array.from("abc éß.,:;'\"(…\n")), maxLength: 30 });
const secrets = fc
	.string({ unit: fc.constantFrom(...Array.from("XYZ089-_ +/=%$&\\[]")), minLength: 6, maxLength: 30 })
	.filter((value) => value === value.trim());

test("what a text with a secret shows depends on the text alone: neither a value nor its length is told by its gap", async () =>
	holds(
		2000,
		fc.property(around, around, secrets, secrets, (before, after, one, other) => {
			const shown = (value: string) => secretHider([value])(`${before}${value}${after}`);
			expect(shown(one)).toBe(shown(other));
			expect(shown(one)).toMatch(/(?<![\p{L}\p{N}_+-])\[secret\](?![\p{L}\p{N}_+-])/u);
			expect(secretHider([one])(shown(one))).toBe(shown(one));
		}),
	));

test("of several secrets none is left, whatever they have in common", async () => {
	const parts = fc.array(fc.constantFrom("abc", "defg", "-", " ", "$&", "[secret]", "hij k"), {
		minLength: 1,
		maxLength: 8,
	});
	const joined = parts.map((some) => some.join(""));
	await holds(
		1500,
		fc.property(fc.array(joined, { maxLength: 4 }), joined, (given, whole) => {
			const hidden = given.map((one) => one.trim()).filter(({ length }) => length >= 6);
			const shown = secretHider(given)(whole);
			const left = shown.split("[secret]");
			expect(hidden.filter((one) => left.some((piece) => piece.includes(one)))).toEqual([]);
			expect(shown).toBe(secretHider(hidden)(whole));
		}),
	);
});

test("an error of no answer is one line", async () =>
	holds(
		300,
		fc.property(text, fc.option(text, { nil: undefined }), (code, timedOutIn) => {
			const error = errorOfNoResponse("put_oauth_client", "api.example.com", { code, timedOutIn });
			expect(error).toBeInstanceOf(ConnectionError);
			expectOneLine(error.message);
			expectOneLine(reasonOf(error));
		}),
	));

/** Whatever code may throw: errors with anything in them, and what is no error. */
const thrown = fc.oneof(
	fc
		.tuple(text, text, anything)
		.map(([name, message, more]) => Object.assign(new Error(message), { name, code: more })),
	fc.constantFrom<unknown>(undefined, null, "text", 1, { message: secret }, [secret], Symbol("x")),
);

test("whatever is thrown becomes one line", async () =>
	holds(
		600,
		fc.property(text, thrown, (action, error) => {
			const shown = presentable(`creating OAuth client "${action}"`, error);
			// Pulumi prints the one or the other.
			expectOneLine(shown.message);
			expectOneLine(`${shown}: ${shown.stack}`);
			expect(shown.message).not.toContain(secret);
		}),
	));

test("a client that is part-made is kept with its secret, whatever it failed with", async () =>
	holds(
		400,
		fc.property(thrown, anything, (error, more) => {
			const outputs = { clientId: "7d9a2c0e", clientSecret: secret, extra: more };
			const failure = partialFailure("creating OAuth client", error, outputs, String, {
				id: "7d9a2c0e",
				noun: "client",
			});
			expect(failure.id).toBe("7d9a2c0e");
			expect(failure.properties).toMatchObject({ clientId: "7d9a2c0e", clientSecret: secret });
			expect(isDeepStrictEqual(JSON.parse(JSON.stringify(failure.properties)), failure.properties)).toBe(true);
			for (const told of [failure.message, ...failure.reasons, `${failure}: ${failure.stack}`]) {
				expectOneLine(told);
				expect(told).not.toContain(secret);
			}
		}),
	));

test("a login that is refused in any words is told in one line", async () => {
	const { api, simulator } = await startSimulatedApi();
	const words = fc.oneof(text, withSecret);
	await holds(
		150,
		fc.asyncProperty(
			fc.constantFrom(400, 401, 403, 404, 418),
			fc.dictionary(fc.constantFrom("error", "error_description", "description", "contextId", "secret"), words),
			async (status, body) => {
				simulator.faults.clear();
				simulator.faults.add({ kind: "status", method: "POST", path: paths.login, status, body });
				const error = await failureOf(api.getOauthClients());
				expectOneLine(error.message);
				expect(error.message).not.toContain(secret);
				expect(error.message).toContain(String(status));
			},
		),
	);
});

import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { serviceError } from "../../plugin/service-error";
import { ApiError, ConfigurationError } from "../../provider/api/errors";
import { partialFailure, presentable, reasonOf } from "../../provider/lifecycle/presentable-errors";
import { secretInputHider } from "../../provider/lifecycle/hide-secret-inputs";

/** What Pulumi's server prints of an error of check, diff, read and delete. */
const printed = (error: Error) => `${error}: ${error.stack}`;

const causes: [string, unknown][] = [
	["one of ours", new ConfigurationError("no region")],
	["an API error", new ApiError({ operation: "o", status: 500, vendorMessage: "a\nb" }, "Run again")],
	["a TypeError with a stack", new TypeError("x is not\na function\u001B[31m")],
	["a text", "thrown text with hunter2"],
	["nothing", undefined],
	["an object", { secret: "hunter2" }],
];

describe("presentable", () => {
	test("is short, however long the name and the reason are", () => {
		const long = "x ".repeat(100_000);
		const error = new ConfigurationError(long);
		const partial = partialFailure(`creating OAuth client "${long}"`, error, {}, String, { id: "c", noun: "client" });
		expect(presentable(`creating OAuth client "${long}"`, error).message.length).toBeLessThan(2000);
		expect(partial.message.length).toBeLessThan(2000);
		expect(partial.message).toMatch(/was saved in state; run pulumi up again to finish$/);
	});

	test.each(causes)("%s is one line wherever Pulumi prints it", (_, cause) => {
		const error = presentable('creating OAuth client "a\nb"', cause);
		for (const text of [printed(error), error.message]) {
			// oxlint-disable-next-line no-control-regex -- that is what must not be in it
			expect(text).not.toMatch(/[\u0000-\u001F]/);
			expect(text).not.toContain("    at ");
			expect(text).not.toContain("hunter2");
			expect(text).toMatch(/^creating OAuth client "a b": /);
		}
		expect(printed(error)).toBe(error.message);
	});

	test("a failure that is ready goes on as it is", () => {
		const ready = partialFailure("a", new Error("x"), { clientId: "c" }, String, { id: "c", noun: "client" });
		expect(presentable("b", ready)).toBe(ready);
	});
});

test("every text in an argument that the program gave as a secret is hidden", () => {
	const hide = secretInputHider({
		secretInputs: ["name", "roleDivisions", "absent"],
		name: "Project Zeus",
		description: "about nothing",
		roleDivisions: [{ roleId: "hidden-role", divisionId: "" }, 7],
	});
	const shown = hide("Project Zeus, about nothing, has hidden-role");
	expect(shown).not.toMatch(/Zeus|hidden-role/);
	expect(shown).toContain("about nothing");
	expect(secretInputHider({ name: "Project Zeus" })("Project Zeus")).toBe("Project Zeus");
});

test("in an API error only the API's words are searched for secrets: a gap in ours would tell a value that stands there", () => {
	const fields = { userName: "pulumi", password: "hunter22", realm: "u" };
	const hide = secretInputHider({ secretInputs: ["fields"], fields });
	const context = { operation: "post_integrations_credentials", status: 400, code: "bad.request" };
	const refused = new ApiError({ ...context, vendorMessage: "pulumi:hunter22 isn't known" }, "Run pulumi up again");
	const told =
		"post_integrations_credentials failed: 400 bad.request: [secret]:[secret] isn't known. Run pulumi up again";
	expect(presentable("creating it", refused, hide).message).toBe(`creating it: ${told}`);
	const known = { id: "c1", noun: "credential" };
	expect(
		partialFailure("creating it", refused, {}, secretInputHider({ secretInputs: ["fields"], fields }), known).message,
	).toContain(told);
	const same = new ApiError({ ...context, vendorMessage: "failed" }, "Run pulumi up again");
	const hideFailed = secretInputHider({ secretInputs: ["fields"], fields: { password: "failed" } });
	expect(reasonOf(same, hideFailed)).toBe(
		"post_integrations_credentials failed: 400 bad.request: [secret]. Run pulumi up again",
	);
	const pattern = new ApiError({ ...context, vendorMessage: "hunter22 $& $' $1" });
	expect(reasonOf(pattern, hide)).toBe("post_integrations_credentials failed: 400 bad.request: [secret] $& $' $1");
	const silent = new ApiError(context, "Run pulumi up again");
	expect(presentable("creating it", silent, hide).message).toContain("Run pulumi up again");
});

test("an unexpected error is told as our fault, cut short", () => {
	expect(reasonOf(new TypeError("y".repeat(5000))).length).toBeLessThan(500);
	expect(reasonOf(new TypeError("y"))).toContain("please report it");
});

describe("partialFailure", () => {
	const outputs = { clientId: "c1", clientSecret: "hunter2", declared: [] };

	test.each(causes)("after %s carries id and secret", (_, cause) => {
		const failure = partialFailure('creating OAuth client "a\nb"', cause, outputs, String, {
			id: "c1",
			noun: "client",
		});
		expect(failure).toMatchObject({
			id: "c1",
			properties: outputs,
		});
		expect(failure.reasons).toEqual([failure.message]);
		for (const text of [failure.message, printed(failure)]) expect(text).not.toMatch(/[\n\r]/);
		// Node and test runners print all properties of an error that nobody has caught.
		for (const text of [failure.message, printed(failure), inspect(failure)]) expect(text).not.toContain("hunter2");
		expect(failure.message).toContain("run pulumi up again");
	});

	test("holds nothing that Pulumi can't carry", () => {
		const { properties } = partialFailure("a", new Error("x"), outputs, String, { id: "c1", noun: "client" });
		expect(Object.values(properties)).not.toContain(undefined);
	});
});

test("the plugin tells of a defect in one line, and says that it is one", () => {
	const { details } = serviceError(new TypeError("first\nsecond"));
	expect(details).toMatch(/^unexpected TypeError: first second\. This is a bug in pulumi-genesyscloud-oauth/);
});

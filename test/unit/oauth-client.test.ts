import { expect, test } from "vitest";
import { OAuthClient } from "../../provider";

const declareWithoutName = () => new OAuthClient("", { name: "CRM sync", authorizedGrantType: "CLIENT-CREDENTIALS" });

test("a client that can't be declared says where the program tried to", () => {
	const limit = Error.stackTraceLimit;
	expect(declareWithoutName).toThrow(
		expect.objectContaining({
			message: expect.stringContaining("name"),
			stack: expect.stringContaining("oauth-client.test.ts"),
		}),
	);
	expect(Error.stackTraceLimit).toBe(limit);
});

test("isInstance knows a client of another copy of the package by its marks, and nothing else", () => {
	const { __pulumiType } = OAuthClient as unknown as { __pulumiType: string };
	const marked = { __pulumiResource: true, __pulumiCustomResource: true };
	expect(OAuthClient.isInstance({ ...marked, __pulumiType })).toBe(true);
	for (const other of [undefined, null, "text", { __pulumiType }, { ...marked, __pulumiType: "other:index:Thing" }]) {
		expect(OAuthClient.isInstance(other)).toBe(false);
	}
});

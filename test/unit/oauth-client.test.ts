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

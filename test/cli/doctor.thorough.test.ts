import { expect, test } from "vitest";
import { lastCheckWith } from "./support/login-problem";

test("nobody listening is a problem, and nothing more is asked", async () => {
	expect(await lastCheckWith({ GENESYSCLOUD_GATEWAY_PORT: "1" })).toMatchObject({
		id: "login",
		verdict: "problem",
		found: expect.stringContaining("ECONNREFUSED"),
	});
});

import { describe, expect, test } from "vitest";
import { createThousandInLeastTime } from "./support/paced-creates";

describe("1,000 creates against 300 requests a minute for one token", () => {
	test.each([2, 3, 4])(
		"with %i tokens at most they finish within 1.05 times the least possible time",
		async (tokens) => {
			expect((await createThousandInLeastTime(tokens)).logins()).toBe(tokens);
		},
	);
});

import { describe, expect, test } from "vitest";
import { day, hour, ids, rotateForAYear, rotationsOf, runsEvery } from "./support/scheduled-runs";

describe("over three years", () => {
	test.each([1, 30])(
		"a pipeline that runs every %d days rotates a secret of that greatest age in every run",
		(days) => {
			const runs = runsEvery(days, 3 * 365);
			for (const id of ids) {
				const { ages, oldest } = rotationsOf(id, { maxAgeDays: days }, runs);
				expect(ages).toHaveLength(runs.length - 1);
				// Only as late as the run itself.
				expect(oldest).toBeLessThanOrEqual(days + (2 * hour) / day);
			}
		},
	);
});

test.each([1, 30])(
	"a year of runs every %d days against the API: each renews the secret, and each secret works",
	async (days) => {
		const { rotations, secretVersion } = await rotateForAYear(days);
		expect(secretVersion).toBe(rotations + 1);
		expect(rotations).toBe(Math.floor(365 / days) - 1);
	},
);

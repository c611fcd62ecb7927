import { describe, expect, test } from "vitest";
import { day, hour, ids, rotateForAYear, rotationsOf, runsEvery } from "./support/scheduled-runs";

// hashicorp/terraform-provider-time 195: each run started a little later than the one before, so a pipeline with the period of the
// rotation rotated at every second run only.

describe("over three years", () => {
	test.each([7, 90])(
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

	test.each([
		// Where a tenth of the age is shorter than the time between runs, the program must ask for more.
		{ maxAgeDays: 7, renewBeforeDays: 1.2 },
		{ maxAgeDays: 30 },
		{ maxAgeDays: 90 },
	])("with a run every day no secret gets older than $maxAgeDays days, nor is renewed long before", (rotation) => {
		const runs = runsEvery(1, 3 * 365);
		for (const id of ids) {
			const { ages, oldest } = rotationsOf(id, rotation, runs);
			expect(oldest).toBeLessThanOrEqual(rotation.maxAgeDays);
			expect(Math.min(...ages)).toBeGreaterThan(rotation.maxAgeDays * 0.6);
		}
	});

	test("a run that was skipped is made up for by the next", () => {
		const runs = runsEvery(30, 3 * 365).filter((_, n) => n % 5 !== 3);
		for (const id of ids) expect(rotationsOf(id, { maxAgeDays: 30 }, runs).ages).toHaveLength(runs.length - 1);
	});
});

test.each([7, 90])(
	"a year of runs every %d days against the API: each renews the secret, and each secret works",
	async (days) => {
		const { rotations, secretVersion } = await rotateForAYear(days);
		expect(secretVersion).toBe(rotations + 1);
		expect(rotations).toBe(Math.floor(365 / days) - 1);
	},
);

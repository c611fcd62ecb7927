import { createHash, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { dueAt } from "../../provider/lifecycle/secret/secret-rotation";
import { hasWorkingSecret, laterRun, startLifecycle, webApp } from "../api/support/lifecycle-run";

// hashicorp/terraform-provider-time 195: each run started a little later than the one before, so a pipeline with the period of the
// rotation rotated at every second run only.

const day = 86_400_000;
const hour = 3_600_000;
const start = Date.UTC(2026, 0, 15, 3);

/** A number from 0 up to 1, another for each run, the same each time. */
const lateness = (run: number) => createHash("sha256").update(`run ${run}`).digest().readUInt32BE(0) / 2 ** 32;

/** When the runs of a pipeline begin: at their hour, and up to two hours late. */
function runsEvery(periodDays: number, days: number): number[] {
	return Array.from(
		{ length: Math.floor(days / periodDays) },
		(_, n) => start + n * periodDays * day + lateness(n) * 2 * hour,
	);
}

/** The runs that rotate the secret of a client made by the first; a rotation ends a minute after its run began. */
function rotationsOf(id: string, rotation: { maxAgeDays: number; renewBeforeDays?: number }, runs: number[]) {
	let made = (runs[0] ?? 0) + 60_000;
	let due = dueAt(id, new Date(made).toISOString(), rotation);
	const ages: number[] = [];
	let oldest = 0;
	for (const now of runs.slice(1)) {
		oldest = Math.max(oldest, now - made);
		if (due === undefined || now < due) continue;
		ages.push((now - made) / day);
		made = now + 60_000;
		due = dueAt(id, new Date(made).toISOString(), rotation);
	}
	return { ages, oldest: oldest / day };
}

const ids = Array.from({ length: 200 }, () => randomUUID());

describe("over three years", () => {
	test.each([1, 7, 30, 90])(
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

test.each([1, 7, 30, 90])(
	"a year of runs every %d days against the API: each renews the secret, and each secret works",
	async (days) => {
		const run = await startLifecycle();
		const program = { ...webApp, secretRotation: { maxAgeDays: days } };
		const { id, outs } = await run.create(program);
		let state = outs;
		let rotations = 0;
		let previous = run.clock.now();
		for (const moment of runsEvery(days, 365).slice(1)) {
			run.clock.advance(moment - start + Date.parse(outs["dateCreated"] as string) - previous);
			previous = run.clock.now();
			expect(run.diff(state, program).changes).toBe(true);
			state = await laterRun(run).update(id, state, program);
			rotations += 1;
			expect(hasWorkingSecret(run, id, state)).toBe(true);
			expect(run.diff(state, program).changes).toBe(false);
		}
		expect(state["secretVersion"]).toBe(rotations + 1);
		expect(rotations).toBe(Math.floor(365 / days) - 1);
	},
);

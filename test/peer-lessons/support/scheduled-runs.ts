import { createHash, randomUUID } from "node:crypto";
import { expect } from "vitest";
import { dueAt } from "../../../provider/lifecycle/oauth-client/secret-rotation";
import { hasWorkingSecret, laterRun, startLifecycle, webApp } from "../../api/support/lifecycle-run";

/** A day in milliseconds. */
export const day = 86_400_000;
/** An hour in milliseconds. */
export const hour = 3_600_000;
const start = Date.UTC(2026, 0, 15, 3);

/** A number from 0 up to 1, another for each run, the same each time. */
const lateness = (run: number) => createHash("sha256").update(`run ${run}`).digest().readUInt32BE(0) / 2 ** 32;

/** When the runs of a pipeline begin: at their hour, and up to two hours late. */
export function runsEvery(periodDays: number, days: number): number[] {
	return Array.from(
		{ length: Math.floor(days / periodDays) },
		(_, n) => start + n * periodDays * day + lateness(n) * 2 * hour,
	);
}

/** The runs that rotate the secret of a client made by the first; a rotation ends a minute after its run began. */
export function rotationsOf(id: string, rotation: { maxAgeDays: number; renewBeforeDays?: number }, runs: number[]) {
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

/** The ids of many clients: a secret's date depends on it. */
export const ids = Array.from({ length: 200 }, () => randomUUID());

/**
 * Runs a pipeline for a year against the API, where the secret's greatest age is the time between two runs: each must renew the
 * secret, and each secret work. Returns how many did, and the last secret's version.
 */
export async function rotateForAYear(days: number) {
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
	return { rotations, secretVersion: state["secretVersion"] };
}

import * as fc from "fast-check";
import type { IRawProperty } from "fast-check";

/** The start of all that is random here: PROPERTY_SEED tries other cases. */
const seed = Number(process.env["PROPERTY_SEED"] ?? 20_260_115);

/**
 * Tries a property with so many cases. Fails with the smallest case that breaks it, and with the seed and the path that lead there again.
 */
export async function holds<T>(cases: number, property: IRawProperty<T>): Promise<void> {
	const outcome = await fc.check(property, { numRuns: cases, seed, maxSkipsPerRun: 0 });
	const report = await fc.asyncDefaultReportMessage(outcome);
	if (outcome.failed) throw new Error(report, { cause: outcome.errorInstance });
	if (outcome.numRuns !== cases) throw new Error(`${outcome.numRuns} cases were tried, not ${cases}`);
}

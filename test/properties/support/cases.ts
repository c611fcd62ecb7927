import * as fc from "fast-check";
import type { IRawProperty } from "fast-check";
import { expect } from "vitest";

/** How many cases each property is tried with. */
export const cases = {
	// Pure functions.
	"check finds nothing wrong with a program that keeps the rules, and its canonical form is a fixed point": 800,
	"check takes a set in any order, and with elements named twice": 600,
	"check never throws, whatever it is given": 2000,
	"check never throws for values that JSON can carry and objects can't": 600,
	"check says nothing of a value, only of names": 800,
	"check answers at once for a megabyte of anything": 40,
	"an unchanged program shows no change": 1000,
	"an unchanged program shows no change after a round trip through JSON": 300,
	"no order of a set shows a change": 600,
	"the inputs that outputs stand for show no change": 600,
	"diff never throws, whatever state holds": 1500,
	"state of older versions becomes outputs": 800,
	"an error of any answer is one line without the body": 1500,
	"an error of no answer is one line": 300,
	"whatever is thrown becomes one line": 600,
	"a client that is part-made is kept with its secret, whatever it failed with": 400,
	"a pause before another attempt has its bounds": 1500,
	"rate-limit headers of any make are read or left": 800,
	"no window of the rate limit takes more calls than it allows": 300,
	"a secret is due before its greatest age, and at the same time in every run": 800,
	"turns come one at a time, and never too soon": 400,
	// Against the simulator.
	"a client is created, read, changed and read again without a difference left": 250,
	"a login that is refused in any words is told in one line": 150,
	// A case is a whole history: up to 40 steps of Pulumi, and of people behind its back.
	"every history ends in the declared state": 500,
} as const;

/** The start of all that is random here: PROPERTY_SEED tries other cases. */
const seed = Number(process.env["PROPERTY_SEED"] ?? 20_260_115);

/**
 * Tries the property that the test under way is about, with as many cases as the table says for its title. Fails with the smallest case
 * that breaks it, and with the seed and the path that lead there again.
 */
export async function holds<T>(property: IRawProperty<T>): Promise<void> {
	const title = expect.getState().currentTestName;
	const numRuns = Object.entries(cases).find(([counted]) => counted === title)?.[1];
	if (numRuns === undefined) throw new Error(`the table of cases lacks "${title}"`);
	const outcome = await fc.check(property, { numRuns, seed, maxSkipsPerRun: 0 });
	const report = await fc.asyncDefaultReportMessage(outcome);
	if (outcome.failed) throw new Error(report, { cause: outcome.errorInstance });
	// The table's numbers are what was really tried.
	if (outcome.numRuns !== numRuns) throw new Error(`${outcome.numRuns} cases were tried, not ${numRuns}`);
}

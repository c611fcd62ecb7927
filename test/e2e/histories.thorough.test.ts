import pLimit from "p-limit";
import { afterAll, assert, test } from "vitest";
import type { History } from "./support/histories/commands";
import { historyOf } from "./support/histories/generator";
import { reportOf } from "./support/histories/run-history";

const { HISTORY_SEED = "20261129", HISTORIES = "25", HISTORY } = process.env;
/** Each further history has the next seed. */
const seeds = Array.from({ length: Number(HISTORIES) }, (_, index) => Number(HISTORY_SEED) + index);
const histories: [string, History][] =
	HISTORY === undefined
		? seeds.map((seed) => [`of HISTORY_SEED=${seed}`, historyOf(seed)])
		: [["that HISTORY gives", JSON.parse(HISTORY) as History]];
/** Two at a time are what two cores carry. */
const inTurn = pLimit(2);
/** The rules that didn't hold, each with the histories that showed it. */
const broken = new Map<string, string[]>();

afterAll(() => {
	for (const [rule, names] of broken) console.log(`${names.length} x "${rule}": ${names.join(", ")}`);
});

// A history that fails is run many times, to find a shorter one.
test.concurrent.for(histories)("the history %s holds", { timeout: 7_200_000 }, async ([name, history]) => {
	const report = await inTurn(async () => reportOf(name, history, broken));
	assert.equal(report, "", report);
});

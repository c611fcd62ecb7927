import { expect, test } from "vitest";
import { parts } from "../../cli/contract/parts/index";
import { runContractOn } from "./support/contract-run";

test("everything that a run tries holds on the simulator, in 98 requests", async () => {
	const { simulator, outcome } = await runContractOn();
	const tried = new Set(parts.flatMap(({ tries }) => tries));
	expect(outcome.results.filter(({ id, verdict }) => tried.has(id) && verdict !== "holds")).toEqual([]);
	expect(outcome.leftovers).toEqual([]);
	expect([outcome.calls, simulator.requests.count()]).toEqual([98, 98]);
});

import { expect, test } from "vitest";
import { runContractOn } from "./support/contract-run";

test("the contract holds on the simulator", async () => {
	const { simulator, outcome } = await runContractOn();
	expect(outcome.results.filter(({ verdict }) => verdict === "differs")).toEqual([]);
	expect(outcome.leftovers).toEqual([]);
	expect(outcome.calls).toBe(simulator.requests.count());
});

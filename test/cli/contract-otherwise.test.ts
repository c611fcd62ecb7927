import { expect, test } from "vitest";
import { assumptions } from "../../cli/contract/catalog";
import { parts } from "../../cli/contract/parts/index";
import { runContractOn } from "./support/contract-run";
import { readingsOfClients } from "./support/readings-of-clients";
import { readingsOfSettings } from "./support/readings-of-settings";

const readings = [...readingsOfClients, ...readingsOfSettings];

test.each(readings)("$id differs in an organization in which it doesn't hold", async ({ id, ...reading }) => {
	const { outcome } = await runContractOn(reading, { parts: parts.filter(({ tries }) => tries.includes(id)) });
	expect(outcome.results.find((result) => result.id === id)).toMatchObject({ verdict: "differs" });
});

test("no assumption is tried twice, or by a part although no run can try it; each that is tried was broken once", () => {
	const tried = parts.flatMap(({ tries }) => tries);
	const untried = assumptions.filter((assumption) => assumption.untried !== undefined).map(({ id }) => id);
	expect([...tried, ...untried].toSorted()).toEqual([...new Set([...tried, ...untried])].toSorted());
	expect(readings.map(({ id }) => id).toSorted()).toEqual(tried.toSorted());
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assumptions } from "../../cli/contract/catalog";

test("the contract's catalogue has the ids and the words of the table in docs/simulator.md", () => {
	const rows = readFileSync("docs/simulator.md", "utf8").matchAll(/^\| (A\d+) \| (.+?) \| .+ \| (.+) \|$/gm);
	const documented = [...rows].map(([, id, assumes, depends]) => ({ id, assumes, depends }));
	expect(assumptions.map(({ id, assumes, depends }) => ({ id, assumes, depends }))).toEqual(documented);
	expect(documented).toHaveLength(98);
});

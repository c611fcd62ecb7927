import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cases } from "./support/cases";

test("the properties are tried with at least 10,000 cases in all", () => {
	const count = Object.values(cases).reduce<number>((sum, runs) => sum + runs, 0);
	console.log(`${count} cases of ${Object.keys(cases).length} properties`);
	expect(count).toBeGreaterThanOrEqual(10_000);
});

test("every property that is counted is tried", () => {
	const tests = globSync("test/properties/*.test.ts").map((file) => readFileSync(file, "utf8"));
	expect(Object.keys(cases).filter((title) => !tests.some((text) => text.includes(`test("${title}"`)))).toEqual([]);
});

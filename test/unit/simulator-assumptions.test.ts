import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assumptionsSchema, lagSchema } from "../../simulator/organization/assumption-schema";
import { schemas } from "../../simulator/organization/seed-schema";

const page = readFileSync("docs/simulator.md", "utf8");
/** The rows of the table of assumptions, by their ids. */
const rows = page
	.split("\n")
	.map((line) => /^\| (A\d+) \| (.*) \|$/.exec(line))
	.filter((match) => match !== null)
	.map(([, id = "", text = ""]) => ({ id, cells: text.split(" | ") }));

const { integrationCredentials, authorizationLists } = schemas.settings.entries;
const switches = Object.entries({
	lag: lagSchema,
	assumptions: assumptionsSchema,
	integrationCredentials: integrationCredentials.wrapped,
	authorizationLists: authorizationLists.wrapped,
}).flatMap(([heading, { entries }]) => Object.keys(entries).map((name) => `${heading}.${name}`));

test("docs/simulator.md lists each of the 98 assumptions once, in order, with a switch or the reason for none", () => {
	expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 98 }, (_, index) => `A${index + 1}`));
	const isComplete = ({ cells }: (typeof rows)[number]) =>
		cells.length === 4 && /`|^none: .{10}|^fault /.test(cells[2] ?? "");
	expect(rows.filter((row) => !isComplete(row))).toEqual([]);
});

test("docs/simulator.md names each switch of the seed, and no other", () => {
	const named = page.matchAll(/`((?:lag|assumptions|integrationCredentials|authorizationLists)\.\w+)`/g);
	expect(new Set([...named].map(([, name]) => name))).toEqual(new Set(switches));
});

test("each switch of assumptions stands in the rows of the ids that its documentation names", () => {
	const source = readFileSync("simulator/organization/assumption-seed.ts", "utf8");
	const seed = source.slice(source.indexOf("export interface AssumptionSeed"));
	const documented = [...seed.matchAll(/\/\*\*\s+(?:\* )?(A\d+(?:, A\d+)*): (?:(?!\*\/)[^])*\*\/\s+(\w+)\?:/g)];
	expect(documented.map(([, , name]) => name)).toEqual(Object.keys(assumptionsSchema.entries));
	for (const [, ids = "", name] of documented) {
		const found = rows.filter(({ cells }) => cells[2]?.includes(`\`assumptions.${name}\``));
		expect([name, found.map(({ id }) => id).join(", ")]).toEqual([name, ids]);
	}
});

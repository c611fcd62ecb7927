import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as published from "../../provider";
import { operations } from "../../provider/api";

const page = readFileSync("docs/operations.md", "utf8");
const rows = [...page.matchAll(/^\| `(\w+)`\s*\| `(\w+)`\s*\| ([^|]*?)\s*\|/gm)].map(([, name, ours, use = ""]) => ({
	name,
	ours,
	use,
}));

test("the table has the thirteen, each with our name for it", () => {
	expect(rows.map(({ name, ours }) => [ours, name])).toEqual(
		Object.entries(operations).map(([ours, { name }]) => [ours, name]),
	);
});

test("every function that the table names is published", () => {
	const named = rows.flatMap(({ use }) => [...use.matchAll(/`(getOAuth\w+|OAuthClient)\b/g)].map(([, name]) => name));
	expect(named.length).toBeGreaterThan(10);
	expect(named.filter((name) => name !== undefined && !(name in published))).toEqual([]);
});

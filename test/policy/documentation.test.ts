import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { eachPack } from "./support/each-pack";

const page = readFileSync("docs/policy.md", "utf8");
const pack = eachPack();

/** The cells of the table below a heading, without its first two lines. */
function tableBelow(heading: string): string[][] {
	const [, section = ""] = new RegExp(`\n## ${heading}\n([\\s\\S]*?)(\n## |$)`).exec(page) ?? [];
	return section
		.split("\n")
		.filter((line) => line.startsWith("|"))
		.slice(2)
		.map((line) =>
			line
				.split(/(?<!\\)\|/)
				.slice(1, -1)
				.map((cell) => cell.trim().replaceAll("\\|", "|")),
		);
}

const code = (text: string) => `\`${text}\``;
const isText = (value: unknown) => typeof value === "string";

test("the table of rules is the pack's own list", async () => {
	const { policies } = await pack.analyzer.info();
	expect(tableBelow("Rules")).toEqual(policies.map(({ name, description, level }) => [code(name), description, level]));
});

test("the table of options is the pack's own, and the long defaults stand below it", async () => {
	const { policies } = await pack.analyzer.info();
	const own = policies.flatMap(({ name, options }) =>
		Object.entries(options).map(([option, { default: value, description }]) => [
			option === "except" ? "every rule" : code(name),
			code(option),
			isText(value) ? "below" : code(JSON.stringify(value)),
			description,
		]),
	);
	const rows = new Set(own.map((row) => row.join("|")));
	const told = tableBelow("Options").map((row) => row.join("|"));
	expect(told.toSorted()).toEqual([...rows].toSorted());

	const long = policies.flatMap(({ options }) => Object.entries(options)).filter(([, its]) => isText(its.default));
	expect(long.map(([option]) => option)).toEqual(["stacks", "pattern"]);
	for (const [option, { default: value }] of long)
		expect(page).toContain(`- ${code(option)}: ${code(String(value))}, `);
});

test("the configuration that it shows has rules and options that there are", async () => {
	const { policies } = await pack.analyzer.info();
	const shown = [...page.matchAll(/```json\n(\{[\s\S]*?\n\})\n```/g)].map(
		([, json = ""]) => JSON.parse(json) as Record<string, unknown>,
	);
	const configurations = shown.filter((json) => !("version" in json));
	expect(configurations).toHaveLength(1);
	for (const [rule, given] of configurations.flatMap((configuration) => Object.entries(configuration))) {
		const policy = policies.find(({ name }) => name === rule);
		const names = typeof given === "string" ? [] : Object.keys(given as object);
		expect([...Object.keys(policy!.options), "enforcementLevel"]).toEqual(expect.arrayContaining(names));
	}
});

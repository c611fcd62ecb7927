import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { yaml } from "../../cli/export/languages/yaml";
import { typescript } from "../../cli/export/languages/typescript";
import { toLiteral as toAnyLiteral } from "../../cli/export/literal";
import { programNames } from "../../cli/export/names";
import { oddNames } from "./support/varied-organization";
import { declarationOf } from "../../cli/export/declaration";
import type { OAuthClient } from "../../provider/api/models";

const toLiteral = (value: unknown, indent?: string) => toAnyLiteral(value, typescript, indent);

const anyText = fc.oneof(
	fc.string({ unit: "binary" }),
	fc.string({ unit: "grapheme" }),
	fc.constantFrom(...oddNames, "\uD800", "\u202E\u2066", "${x}", "</script>", "-->"),
);

test("whatever a text holds, its literal evaluates to it", () => {
	fc.assert(
		fc.property(anyText, (text) => {
			expect(runInNewContext(toLiteral(text))).toBe(text);
		}),
	);
});

test("whatever a text holds, Pulumi's YAML reads it from its literal, where two dollar signs are one", () => {
	fc.assert(
		fc.property(anyText, (text) => {
			const read = parse(`value: { text: ${toAnyLiteral(text, yaml)} }`) as { value: { text: string } };
			expect(read.value.text.replaceAll("$$", "$")).toBe(text);
			expect(read.value.text.replaceAll("$$", "")).not.toContain("$");
		}),
	);
});

test("a literal shows every character that turns or hides what follows", () => {
	for (const character of [
		"\u202E",
		"\u2066",
		"\u200B",
		"\u2028",
		"\u2029",
		"\uFEFF",
		"\u0000",
		"\u001B",
		"\u0085",
		"\u007F",
		"\n",
	]) {
		expect(toLiteral(`a${character}b`)).toMatch(/^"a\\[u\dbtnvfr{}a-f]+b"$/);
	}
});

test("lists and objects evaluate to themselves, short ones on one line", () => {
	const value = {
		list: ["a", "b"],
		"odd key": 1,
		nested: [{ roleId: "x".repeat(80), divisionId: "y".repeat(80) }],
		none: [],
	};
	expect(JSON.parse(JSON.stringify(runInNewContext(`(${toLiteral(value)})`)))).toEqual(value);
	expect(toLiteral(["a", "b"])).toBe('["a", "b"]');
	expect(toLiteral({ roleId: "r" })).toBe('{ roleId: "r" }');
	expect(toLiteral(["x".repeat(120)], "\t")).toBe(`[\n\t\t"${"x".repeat(120)}",\n\t]`);
});

test("whatever clients are called, their constants and resources have names of their own, and valid ones", () => {
	fc.assert(
		fc.property(fc.array(fc.record({ id: fc.uuid(), name: anyText }), { maxLength: 30 }), (given) => {
			const clients = [...new Map(given.map((client) => [client.id, client])).values()];
			const names = [...programNames(clients).values()];
			expect(new Set(names.map(({ variable }) => variable)).size).toBe(clients.length);
			expect(new Set(names.map(({ resourceName }) => resourceName)).size).toBe(clients.length);
			for (const { variable, resourceName } of names) {
				// A module, where more words are reserved than elsewhere.
				expect(() => runInNewContext(`"use strict"; (async () => { const ${variable} = 1; })`)).not.toThrow();
				expect(["exports", "module", "require", "adopted", "globalThis", "undefined"]).not.toContain(variable);
				expect(resourceName).toMatch(/^[\p{L}\p{M}\p{Nd}-]{1,80}$/u);
			}
		}),
	);
});

test.each([
	["CRM sync", "crm-sync", "crmSync"],
	["it's", "its", "its"],
	["2nd client", "2nd-client", "client2ndClient"],
	["Störung in Köln", "störung-in-köln", "störungInKöln"],
	["日本語", "日本語", "日本語"],
	["class", "class", "classClient"],
	["\u{a670}", "client", "client"],
	["a\u{20dd}b", "a-b", "aB"],
	["***", "client", "client"],
	["x".repeat(300), "x".repeat(60), "x".repeat(60)],
])("%s becomes %s and %s", (name, resourceName, variable) => {
	expect(programNames([{ id: "1", name }]).get("1")).toEqual({ resourceName, variable });
});

test("clients of one name have the beginning of their ids in theirs, in whatever order they come", () => {
	const clients = [
		{ id: "aaaaaaaa-0000-4000-8000-000000000000", name: "CRM sync" },
		{ id: "bbbbbbbb-0000-4000-8000-000000000000", name: "crm-sync" },
		{ id: "cccccccc-0000-4000-8000-000000000000", name: "Other" },
	];
	const names = programNames(clients);
	expect([...names.values()].map(({ resourceName }) => resourceName)).toEqual([
		"crm-sync-aaaaaaaa",
		"crm-sync-bbbbbbbb",
		"other",
	]);
	expect(programNames(clients.toReversed())).toEqual(names);
});

test("a client that its declaration would change is declared by none: a role whose division Genesys Cloud doesn't tell", () => {
	const client = { id: "a", name: "A", authorizedGrantType: "CLIENT-CREDENTIALS", state: "active" } as OAuthClient;
	const role = { roleId: "r", divisionId: "d" };
	expect(declarationOf({ ...client, roleDivisions: [role] }, "home")).toHaveProperty("args");
	const untold = { roleId: "r" } as typeof role;
	expect(declarationOf({ ...client, roleDivisions: [untold] }, "home")).toEqual({
		reason: "declaring it would change its roleDivisions",
	});
});

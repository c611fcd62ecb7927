import * as v from "valibot";
import { nearest } from "../api/nearest";
import type { Table } from "./argument-table";
import { namesIn, schemaOf } from "./table-schema";
import { canonicalSet, type Properties, unknownValue } from "./properties";

/** An invalid input. */
export interface CheckFailure {
	/** The path of the input, such as `roleDivisions[0].roleId`. */
	property: string;
	/** What is wrong and what to do. Never contains the value, which may be a secret. */
	reason: string;
}

/** Reports an invalid input. */
export type Fail = (property: string, reason: string) => void;

/** A rule between arguments; values not known yet pass. */
export type Rule = (inputs: Properties, fail: Fail) => void;

/** What the arguments of a resource are checked with. */
interface Checked {
	/** The resource's class, for messages. */
	resource: string;
	table: Table;
	schema: ReturnType<typeof schemaOf>;
}

/** The paths of an issue: Valibot reports only the first of several unknown names in an object. */
function pathsOf(issue: v.BaseIssue<unknown>, { schema }: Checked): unknown[][] {
	const items = issue.path ?? [];
	const path = items.map((item) => item.key);
	if (issue.expected !== "never") return [path];
	const known = namesIn(schema, items.length === 1 ? undefined : String(path[0]));
	const names = Object.keys(items.at(-1)?.input ?? {}).filter((name) => !known.includes(name));
	return names.map((name) => path.with(path.length - 1, name));
}

const partOf = (value: unknown, key: unknown): unknown => (Object(value) as Record<string, unknown>)[String(key)];

const pathText = (path: readonly unknown[]) =>
	path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`)).join("");

/** Removes undefined and null values: they are the same as absent ones. */
function withoutAbsent(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutAbsent);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, item]) => item !== undefined && item !== null)
			.map(([key, item]) => [key, withoutAbsent(item)]),
	);
}

/**
 * Returns the check of a resource's arguments: reports all failures at once, without an API call. Values not known yet pass.
 *
 * @param rules the rules between arguments that aren't in the table
 * @returns the inputs in canonical form (sets sorted, no undefined values), and the failures
 */
export function checkOf(
	resource: string,
	table: Table,
	rules: readonly Rule[],
): (news: Properties) => { inputs: Properties; failures: CheckFailure[] } {
	const checked = { resource, table, schema: schemaOf(table) };
	return ({ secretInputs, ...news }) => {
		const inputs = withoutAbsent(news) as Properties;
		const failures: CheckFailure[] = (v.safeParse(checked.schema, inputs).issues ?? [])
			.flatMap((issue) => pathsOf(issue, checked).map((path) => ({ issue, path })))
			// An unknown argument is wrong, even if its value isn't known yet.
			.filter(
				({ issue, path }) => issue.expected === "never" || path.reduce(partOf, inputs as unknown) !== unknownValue,
			)
			.map(({ issue, path }) => ({ property: pathText(path), reason: reasonOf(issue, path, checked) }));
		const fail: Fail = (property, reason) => {
			if (!failures.some((other) => other.property === property)) failures.push({ property, reason });
		};
		for (const rule of [...rules, partsRule(table)]) rule(inputs, fail);
		for (const [name, value] of Object.entries(inputs)) {
			if (Array.isArray(value)) inputs[name] = canonicalSet(value);
		}
		// The resource's class adds it to the program's arguments.
		if (secretInputs !== undefined && secretInputs !== null) inputs["secretInputs"] = secretInputs;
		return { inputs, failures };
	};
}

function reasonOf(issue: v.BaseIssue<unknown>, path: readonly unknown[], checked: Checked): string {
	if (issue.type !== "strict_object") return issue.message;
	// Valibot reports a missing key as an issue of the object.
	if (issue.expected !== "never") return path.length > 0 && issue.input === undefined ? "is required" : issue.message;
	const { resource, table, schema } = checked;
	const argument = path.length === 1 ? undefined : String(path[0]);
	// What a front adds isn't for the program.
	const isOffered = (known: string) => argument !== undefined || [undefined, "npm"].includes(table[known]?.front);
	const names = namesIn(schema, argument).filter(isOffered);
	const guess = nearest(String(path.at(-1)), names);
	const where = argument === undefined ? `an argument of ${resource}` : `a property of ${argument}`;
	return `is not ${where}; ${guess === undefined ? `use one of ${names.join(", ")}` : `did you mean ${guess}?`}`;
}

/** The rule about what belongs together in the value of an argument. */
const partsRule =
	(table: Table): Rule =>
	(inputs, fail) => {
		for (const [name, { parts = {} }] of Object.entries(table)) {
			const value = inputs[name];
			if (typeof value !== "object") continue;
			const { oneOf, anyOf = [], reason, needs = {} } = parts;
			const has = (part: string) => partOf(value, part) !== undefined;
			if (oneOf !== undefined && oneOf.filter(has).length !== 1) fail(name, `set either ${oneOf.join(" or ")}`);
			const missing = anyOf
				.filter((ways) => !ways.some((way) => way.every(has)))
				.map((ways) => ways.map((way) => way.join(" and ")))
				.map(([usual, ...others]) => `${usual} (or ${others.join(" or ")})`);
			if (missing.length > 0) fail(name, `must also name ${missing.join(", and ")}: ${reason}`);
			for (const [part, other] of Object.entries(needs)) {
				if (has(part) && !has(other)) fail(`${name}.${part}`, `needs ${other}`);
			}
		}
	};

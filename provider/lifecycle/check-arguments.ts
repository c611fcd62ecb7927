import * as v from "valibot";
import { fieldsOf } from "../api/json";
import { nearest } from "../api/nearest";
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

/** The rules for a resource's arguments. */
export interface ArgumentRules {
	/** The resource's class, for messages. */
	resource: string;
	/** The schema of the arguments, without the rules between them. */
	schema: v.GenericSchema;
	/** The valid names of arguments, or of an argument's properties. */
	namesAt: (argument: string | undefined) => string[];
	/** Checks the rules between arguments; values not known yet pass. */
	brokenRules: (inputs: Properties) => CheckFailure[];
}

/** The paths of an issue: Valibot reports only the first of several unknown names in an object. */
function pathsOf(issue: v.BaseIssue<unknown>, rules: ArgumentRules): unknown[][] {
	const items = issue.path ?? [];
	const path = items.map((item) => item.key);
	if (issue.expected !== "never") return [path];
	const known = rules.namesAt(items.length === 1 ? undefined : String(path[0]));
	const names = Object.keys(items.at(-1)?.input ?? {}).filter((name) => !known.includes(name));
	return names.map((name) => path.with(path.length - 1, name));
}

const partOf = (value: unknown, key: unknown): unknown => (Object(value) as Record<string, unknown>)[String(key)];

/** Whether the value at a path is unknown during a preview. */
function isUnknownAt(inputs: unknown, path: readonly unknown[]): boolean {
	return path.reduce(partOf, inputs) === unknownValue;
}

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
 * Checks a program's arguments and reports all failures at once, without an API call. Values not known yet pass.
 *
 * @returns the inputs in canonical form (sets sorted, no undefined values), and the failures
 */
export function checkArguments(
	news: Properties,
	rules: ArgumentRules,
): { inputs: Properties; failures: CheckFailure[] } {
	const { __provider: _, secretInputs, ...given } = news;
	const inputs = withoutAbsent(given) as Properties;
	const result = v.safeParse(rules.schema, inputs);
	const failures: CheckFailure[] = (result.issues ?? [])
		.flatMap((issue) => pathsOf(issue, rules).map((path) => ({ issue, path })))
		// An unknown argument is wrong, even if its value isn't known yet.
		.filter(({ issue, path }) => issue.expected === "never" || !isUnknownAt(inputs, path))
		.map(({ issue, path }) => ({ property: pathText(path), reason: reasonOf(issue, path, rules) }));
	for (const broken of rules.brokenRules(inputs)) {
		if (!failures.some(({ property }) => property === broken.property)) failures.push(broken);
	}
	for (const [name, value] of Object.entries(inputs)) {
		if (Array.isArray(value)) inputs[name] = canonicalSet(value);
	}
	// The resource's class adds it to the program's arguments.
	if (secretInputs !== undefined && secretInputs !== null) inputs["secretInputs"] = secretInputs;
	return { inputs, failures };
}

function reasonOf(issue: v.BaseIssue<unknown>, path: readonly unknown[], rules: ArgumentRules): string {
	const key = String(path.at(-1));
	if (issue.type !== "strict_object") return issue.message;
	if (issue.expected === "never") {
		return unknownNameReason(key, path.length === 1 ? undefined : String(path[0]), rules);
	}
	// Valibot reports a missing key as an issue of the object.
	return path.length > 0 && issue.input === undefined ? "is required" : issue.message;
}

function unknownNameReason(name: string, argument: string | undefined, rules: ArgumentRules): string {
	const names = rules.namesAt(argument);
	const guess = nearest(name, names);
	const where = argument === undefined ? `an argument of ${rules.resource}` : `a property of ${argument}`;
	return guess === undefined
		? `is not ${where}; use one of ${names.join(", ")}`
		: `is not ${where}; did you mean ${guess}?`;
}

/** A connection needs hosts and credentials. */
export function checkConnection(inputs: Properties, fail: Fail): void {
	const { connection } = inputs;
	if (typeof connection !== "object" || connection === null) return;
	const { region, gatewayHost, oauthClientId, oauthClientSecret, accessToken } = fieldsOf(connection);
	const missing = [
		...(region === undefined && gatewayHost === undefined ? ["region (or gatewayHost)"] : []),
		...(accessToken === undefined && (oauthClientId === undefined || oauthClientSecret === undefined)
			? ["oauthClientId and oauthClientSecret (or accessToken)"]
			: []),
	];
	if (missing.length > 0)
		fail("connection", `must also name ${missing.join(", and ")}: settings it doesn't name are not used`);
}

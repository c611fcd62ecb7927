import { isDeepStrictEqual } from "node:util";
import type { StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import type { ResourceFields } from "pulumi-genesyscloud-oauth";
import type { FieldChange } from "#run-report";

type Values = Partial<Record<string, unknown>>;

/**
 * What the program declares anew of a resource; all it declares of a new one, but for its name. Which inputs are arguments the package knows:
 * it adds others of its own.
 */
export function changesBetween(
	{ arguments: names, secrets }: ResourceFields,
	old: StepEventStateMetadata | undefined,
	now: StepEventStateMetadata,
): FieldChange[] {
	const before: Values = old?.inputs ?? { name: now.inputs["name"] };
	const given = [...Object.keys(before), ...Object.keys(now.inputs)];
	return differences(
		before,
		now.inputs,
		given.filter((name) => names.includes(name)),
		secrets,
	);
}

/** What others have changed of a resource in Genesys Cloud. */
export function driftBetween(
	{ settings }: ResourceFields,
	old: StepEventStateMetadata,
	now: StepEventStateMetadata,
): FieldChange[] {
	const changes = differences(old.outputs, now.outputs, settings);
	const ofCurrent = new Set(changes.map(({ field }) => field));
	for (const letter of ["a", "b"]) {
		const [before, after] = [old, now].map(({ outputs }) => pairClientOf(outputs, letter)) as [Values, Values];
		const known = listOf(before["differsIn"]);
		// What is changed of the current client is no difference of the other one.
		const differsIn = listOf(after["differsIn"]).filter((name) => !known.includes(name) && !ofCurrent.has(name));
		for (const change of [
			...differences(before, after, ["clientId", "state", "dateToDelete"]),
			...differsIn.map((field): FieldChange => ({ field })),
		])
			changes.push({ ...change, field: `clients.${letter}.${change.field}` });
	}
	if (listOf(now.outputs["pendingSecretSteps"]).includes("renew after reset")) changes.push({ field: "clientSecret" });
	return changes;
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : []);

/** What a pair's outputs say of one of its clients: nothing if it is missing, or if they aren't a pair's. */
function pairClientOf({ clients }: Values, letter: string): Values {
	return (Object(clients) as Partial<Record<string, Values>>)[letter] ?? {};
}

function differences(
	before: Values,
	after: Values,
	fields: readonly string[],
	secrets: readonly string[] = [],
): FieldChange[] {
	return [...new Set(fields)]
		.filter((field) => !isDeepStrictEqual(before[field], after[field]))
		.map((field) => {
			const change: FieldChange = { field };
			if (secrets.includes(field)) return change;
			if (before[field] !== undefined) change.before = shown(before[field]);
			if (after[field] !== undefined) change.after = shown(after[field]);
			return change;
		});
}

/** How Pulumi marks a secret value in its events. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** A value without what is secret in it, or may be: anything may stand in rotateWhenChanged. */
function shown(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(shown);
	if (typeof value !== "object" || value === null) return value;
	if (secretMark in value) return "[secret]";
	const entries = Object.entries(value).filter(([key]) => key !== "rotateWhenChanged");
	return Object.fromEntries(entries.map(([key, item]) => [key, shown(item)]));
}

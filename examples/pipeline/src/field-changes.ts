import { isDeepStrictEqual } from "node:util";
import type { StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import type { FieldChange } from "#run-report";

type Values = Partial<Record<string, unknown>>;

/** The settings of a client or a pair, and those of the options whose values say what happens. Only these show their values. */
const shownFields = new Set([
	"name",
	"authorizedGrantType",
	"description",
	"accessTokenValiditySeconds",
	"registeredRedirectUri",
	"scope",
	"roleDivisions",
	"roleIds",
	"state",
	"dateToDelete",
	"deletion",
	"deletionGuard",
	"secretRotation",
	"rotation",
	"detectSecretReset",
	"replaceOnGrantTypeChange",
	"timeouts",
]);

/** Inputs that no program declares: the package adds them without a value, so that Pulumi knows these outputs as secrets. */
const addedFields = new Set(["clientSecret", "previousClientSecret", "clientStates", "unmanagedSettings"]);

/** What Genesys Cloud has of a client and others can change. */
const cloudFields = [
	"name",
	"authorizedGrantType",
	"description",
	"accessTokenValiditySeconds",
	"registeredRedirectUri",
	"scope",
	"roleDivisions",
	"state",
	"dateToDelete",
];

/** What the program declares anew of a client; all it declares of a new one, but for its name. */
export function changesBetween(old: StepEventStateMetadata | undefined, now: StepEventStateMetadata): FieldChange[] {
	const before: Values = old?.inputs ?? { name: now.inputs["name"] };
	const fields = [...Object.keys(before), ...Object.keys(now.inputs)];
	return differences(
		before,
		now.inputs,
		fields.filter((field) => !addedFields.has(field)),
	);
}

/** What others have changed of a client in Genesys Cloud. */
export function driftBetween(old: StepEventStateMetadata, now: StepEventStateMetadata): FieldChange[] {
	const changes = differences(old.outputs, now.outputs, cloudFields);
	for (const letter of ["a", "b"]) {
		const [before, after] = [old, now].map(({ outputs }) => pairClientOf(outputs, letter)) as [Values, Values];
		for (const change of differences(before, after, ["clientId", "state", "dateToDelete"]))
			changes.push({ ...change, field: `clients.${letter}.${change.field}` });
	}
	const steps: unknown = now.outputs["pendingSecretSteps"];
	if (Array.isArray(steps) && steps.includes("renew after reset")) changes.push({ field: "clientSecret" });
	return changes;
}

/** What a pair's outputs say of one of its clients: nothing if it is missing, or if they aren't a pair's. */
function pairClientOf({ clients }: Values, letter: string): Values {
	return (Object(clients) as Partial<Record<string, Values>>)[letter] ?? {};
}

function differences(before: Values, after: Values, fields: string[]): FieldChange[] {
	return [...new Set(fields)]
		.filter((field) => !field.startsWith("__") && !isDeepStrictEqual(before[field], after[field]))
		.map((field) => shownChange(field, before[field], after[field]));
}

function shownChange(field: string, before: unknown, after: unknown): FieldChange {
	const change: FieldChange = { field };
	if (!shownFields.has(field)) return change;
	if (before !== undefined) change.before = shown(before);
	if (after !== undefined) change.after = shown(after);
	return change;
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

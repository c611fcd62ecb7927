import * as v from "valibot";
import { connectionSettings } from "../connection-settings";

/** true or false. */
export const yesOrNo = v.boolean("must be true or false");
/** A text that isn't empty. */
export const nonEmptyText = v.pipe(v.string("must be a string"), v.regex(/\S/, "must not be empty"));
/** The optional properties of an object that all have the same schema. */
const eachOf = <T extends v.GenericSchema>(names: readonly string[], schema: T) =>
	Object.fromEntries(names.map((name) => [name, v.optional(schema)]));
const seconds = v.pipe(
	v.number("must be a number of seconds"),
	v.minValue(1, "must be at least 1 second"),
	v.maxValue(86_400, "must be at most 86400 seconds (a day)"),
);
/** Refuses values: they would end up in state and messages. */
const placeName = v.pipe(
	v.string("must be a string"),
	v.regex(
		/^(?=.{1,200}$)([A-Z_][A-Z0-9_]*|[\w.-]+:[\w.-]+)$/,
		"must be the name of an environment variable (uppercase, such as STAGING_REGION) or of a configuration key (such as staging:region), not a value",
	),
);

/** The `timeouts` argument. */
export const timeoutsSchema = v.strictObject(
	eachOf(["create", "read", "update", "delete"], seconds),
	"must be an object such as { create: 300 }",
);

/** The `connection` argument. */
export const connectionSchema = v.strictObject(
	eachOf(connectionSettings, placeName),
	'must be an object of names such as { region: "STAGING_REGION" }',
);

/** The names of an object's properties, or of those of one of its properties. */
export function namesIn(schema: { entries: Record<string, object> }, property: string | undefined): string[] {
	if (property === undefined) return Object.keys(schema.entries);
	const part = schema.entries[property];
	return part === undefined ? [] : partsOf(part);
}

/** The property names in the schema of an object, an optional object, or a list of objects. */
function partsOf(schema: object): string[] {
	if ("entries" in schema) return Object.keys(schema.entries as object);
	const inner = "wrapped" in schema ? schema.wrapped : "item" in schema ? schema.item : undefined;
	return typeof inner === "object" && inner !== null ? partsOf(inner) : [];
}

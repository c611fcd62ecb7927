import * as v from "valibot";
import { nearest } from "../api/nearest";
import { connectionSettings } from "../connection-settings";
import { oauthFault } from "../api/credential-characters";

export * as v from "valibot";

/** true or false. */
export const yesOrNo = v.boolean("must be true or false");
/** A text that isn't empty. */
export const nonEmptyText = v.pipe(v.string("must be a string"), v.regex(/\S/, "must not be empty"));
/** A client's secret. */
export const oauthSecret = v.pipe(
	nonEmptyText,
	v.check(
		(text) => oauthFault(text) === undefined,
		({ input }) => oauthFault(input) ?? "",
	),
);
/** A list of items of one kind. */
export const listOf = <T extends v.GenericSchema>(item: T) => v.array(item, "must be a list");
/** One of the vendor's words. */
export const oneOf = <const Words extends readonly string[]>(words: Words) =>
	v.picklist(words, ({ input }) => {
		const guess = typeof input === "string" ? nearest(input, words) : undefined;
		return `must be one of ${words.join(", ")}${guess === undefined ? "" : `; did you mean ${guess}?`}`;
	});
/** The optional properties of an object that all have the same schema. */
const eachOf = <T extends v.GenericSchema>(names: readonly string[], schema: T) =>
	Object.fromEntries(names.map((name) => [name, v.optional(schema)]));
/** An amount within limits. */
export const amount = (unit: "day" | "second", least: number, most: number, hint = "") =>
	v.pipe(
		v.number(`must be a number of ${unit}s`),
		v.minValue(least, `must be at least ${least} ${unit}${least === 1 ? "" : "s"}`),
		v.maxValue(most, `must be at most ${most} ${unit}s${hint}`),
	);
/** In how many days requests count for a client's deletion guard. */
export const daysInUse = v.pipe(amount("day", 1, 365), v.integer("must be a whole number of days"));
const seconds = amount("second", 1, 86_400, " (a day)");
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

import * as v from "valibot";
import { nearest } from "../../api/nearest";
import { connectionSchema, namesIn, nonEmptyText, timeoutsSchema, yesOrNo } from "../argument-schemas";
import type { OAuthClientInputs } from "./inputs";
import { findSink } from "./secret-sink";

/** The grant types, as the API spells them. */
export const grantTypes = ["CODE", "TOKEN", "SAML2-BEARER", "PASSWORD", "CLIENT-CREDENTIALS"] as const;

const shortestToken = 300;
/** The longest validity of a token, in seconds, except for SCIM integrations. */
export const longestToken = 172_800;
/** The longest validity of a SCIM integration's token, in seconds. */
export const longestScimToken = 38_880_000;

const listOf = <T extends v.GenericSchema>(item: T) => v.array(item, "must be a list");

/** Whether a value is an absolute URI; "localhost:3000/cb" isn't, although it parses as a URL with the scheme "localhost". */
const isAbsoluteUri = (value: string) => URL.canParse(value) && !/^[\w.-]+:\d+(\/|$)/.test(value) && !/\s/.test(value);

const days = (most: number) =>
	v.pipe(
		v.number("must be a number of days"),
		v.minValue(0.01, "must be at least 0.01 days"),
		v.maxValue(most, `must be at most ${most} days`),
	);
/** A setting of the client in the API: compared field by field, sent in a POST or PUT. */
const setting = <Schema extends v.GenericSchema>(schema: Schema) => ({ kind: "setting" as const, schema });
/** An option of the provider: compared as JSON, never sent, kept in state because `read` and `delete` get nothing else. */
const option = <Schema extends v.GenericSchema>(schema: Schema) => ({
	kind: "option" as const,
	schema: v.optional(schema),
});
/** An argument that affects only the current run: not kept in state. */
const instruction = <Schema extends v.GenericSchema>(schema: Schema) => ({
	kind: "instruction" as const,
	schema: v.optional(schema),
});

/**
 * Every argument of an OAuthClient with its kind and schema, in the order of generated programs. The names, the options kept in state, the
 * check, the JSON schema and the order of exported programs are derived from this table.
 */
const argumentTable = {
	adopt: option(
		v.strictObject(
			{ clientId: v.optional(nonEmptyText), name: v.optional(nonEmptyText), rotateSecret: v.optional(yesOrNo) },
			"must be an object with clientId or name",
		),
	),
	name: setting(nonEmptyText),
	description: setting(v.optional(v.string("must be a string"))),
	authorizedGrantType: setting(v.picklist(grantTypes, (issue) => grantTypeReason(issue.input))),
	scope: setting(v.optional(listOf(nonEmptyText))),
	registeredRedirectUri: setting(
		v.optional(
			listOf(
				v.pipe(
					v.string("must be a string"),
					v.check(isAbsoluteUri, "must be an absolute URI with a scheme, such as https://app.example.com/callback"),
				),
			),
		),
	),
	roleDivisions: setting(
		v.optional(
			listOf(
				v.strictObject(
					{ roleId: nonEmptyText, divisionId: v.optional(nonEmptyText) },
					"must be an object with roleId and, optionally, divisionId",
				),
			),
		),
	),
	roleIds: setting(v.optional(listOf(nonEmptyText))),
	accessTokenValiditySeconds: setting(
		v.optional(
			v.pipe(
				v.number("must be a number of seconds"),
				v.integer("must be a whole number of seconds"),
				v.minValue(shortestToken, `must be at least ${shortestToken} seconds (5 minutes)`),
				v.maxValue(
					longestScimToken,
					`must be at most ${longestToken} seconds (48 hours), or ${longestScimToken} for SCIM integrations`,
				),
			),
		),
	),
	state: setting(
		v.optional(
			v.picklist(["active", "inactive"], "must be active or inactive; only Genesys Cloud support can set disabled"),
		),
	),
	secretRotation: option(
		v.strictObject(
			{
				rotateWhenChanged: v.optional(v.record(v.string(), v.any(), "must be an object of values")),
				maxAgeDays: v.optional(days(3650)),
				renewBeforeDays: v.optional(
					v.pipe(v.number("must be a number of days"), v.minValue(0, "must not be negative")),
				),
			},
			"must be an object such as { maxAgeDays: 90 }",
		),
	),
	secretSink: option(
		v.pipe(
			nonEmptyText,
			v.check(
				(module) => findSink(module) !== undefined,
				"is not a module of the program: use a file such as ./store-secret.js, relative to the program's directory, or a package",
			),
		),
	),
	detectSecretReset: option(yesOrNo),
	deletionGuard: option(
		v.strictObject(
			{
				inUseWithinDays: v.pipe(
					v.number("must be a number of days"),
					v.integer("must be a whole number of days"),
					v.minValue(1, "must be at least 1 day"),
					v.maxValue(365, "must be at most 365 days"),
				),
			},
			"must be an object such as { inUseWithinDays: 7 }",
		),
	),
	deletion: option(v.picklist(["delete", "deactivate"], "must be delete or deactivate")),
	timeouts: option(timeoutsSchema),
	connection: option(connectionSchema),
	replaceOnGrantTypeChange: instruction(yesOrNo),
	allowSameName: instruction(yesOrNo),
} satisfies Record<keyof OAuthClientInputs, { kind: string; schema: v.GenericSchema }>;

type ArgumentTable = typeof argumentTable;
type NameOfKind<Kind> = {
	[Name in keyof ArgumentTable]: ArgumentTable[Name]["kind"] extends Kind ? Name : never;
}[keyof ArgumentTable];
/** The name of an argument that is a setting of the client in the API. */
export type SettingName = NameOfKind<"setting">;
/** The name of an argument that is kept in state and never sent to the API. */
export type OptionName = NameOfKind<"option">;

/** The names of the arguments, in the order of generated programs. */
export const argumentNames = Object.keys(argumentTable) as (keyof ArgumentTable)[];

/** The names of the options that state keeps. */
export const optionNames = argumentNames.filter((name): name is OptionName => argumentTable[name].kind === "option");

type Schemas = { [Name in keyof ArgumentTable]: ArgumentTable[Name]["schema"] };
/** The schema of an OAuthClient's arguments, without the rules between them. */
export const inputSchema = v.strictObject(
	Object.fromEntries(argumentNames.map((name) => [name, argumentTable[name].schema])) as Schemas,
	"must be an object",
);

/** The valid names of arguments, or of an argument's properties. */
export function namesAt(argument: string | undefined): string[] {
	return namesIn(inputSchema, argument);
}

function grantTypeReason(input: unknown): string {
	const guess = typeof input === "string" ? nearest(input, grantTypes) : undefined;
	return `must be one of ${grantTypes.join(", ")}${guess === undefined ? "" : `; did you mean ${guess}?`}`;
}

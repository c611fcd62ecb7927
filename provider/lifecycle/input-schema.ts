import * as v from "valibot";
import { nearest } from "../nearest";
import type { OAuthClientInputs } from "./inputs";
import { findSink } from "./secret-sink";

/** The grants, as the API spells them. */
export const grantTypes = ["CODE", "TOKEN", "SAML2-BEARER", "PASSWORD", "CLIENT-CREDENTIALS"] as const;

const shortestToken = 300;
/** The longest life of a token, in seconds, for all but SCIM integrations. */
export const longestToken = 172_800;
/** The longest life of a SCIM integration's token, in seconds. */
export const longestScimToken = 38_880_000;

const yesOrNo = v.boolean("must be true or false");
const nonEmptyText = v.pipe(v.string("must be text"), v.regex(/\S/, "must not be empty"));
const listOf = <T extends v.GenericSchema>(item: T) => v.array(item, "must be a list");

/** "localhost:3000/cb" parses as a URL whose scheme is "localhost". */
const isAbsoluteUri = (value: string) => URL.canParse(value) && !/^[\w.-]+:\d+(\/|$)/.test(value) && !/\s/.test(value);

const days = (most: number) =>
	v.pipe(
		v.number("must be a number of days"),
		v.minValue(0.01, "must be more than a hundredth of a day"),
		v.maxValue(most, `must be at most ${most} days`),
	);
const seconds = v.pipe(
	v.number("must be a number of seconds"),
	v.minValue(1, "must be at least 1 second"),
	v.maxValue(86_400, "must be at most 86400 seconds (a day)"),
);
/** A value given by mistake must not be taken for a name, and so end up in state and messages. */
const placeName = v.pipe(
	v.string("must be text"),
	v.regex(
		/^([A-Z_][A-Z0-9_]*|[\w.-]+:[\w.-]+)$/,
		"must be the name of an environment variable (capitals, such as STAGING_REGION) or of a configuration key (such as staging:region), never a value",
	),
);

/** The shape of each option, by name. */
const optionEntries = {
	adopt: { clientId: v.optional(nonEmptyText), name: v.optional(nonEmptyText), rotateSecret: v.optional(yesOrNo) },
	secretRotation: {
		rotateWhenChanged: v.optional(v.record(v.string(), v.any(), "must be an object of values")),
		maxAgeDays: v.optional(days(3650)),
		renewBeforeDays: v.optional(v.pipe(v.number("must be a number of days"), v.minValue(0, "must not be negative"))),
	},
	deletionGuard: {
		inUseWithinDays: v.pipe(
			v.number("must be a number of days"),
			v.integer("must be a whole number of days"),
			v.minValue(1, "must be at least 1 day"),
			v.maxValue(365, "must be at most 365 days"),
		),
	},
	timeouts: {
		create: v.optional(seconds),
		read: v.optional(seconds),
		update: v.optional(seconds),
		delete: v.optional(seconds),
	},
	connection: {
		region: v.optional(placeName),
		oauthClientId: v.optional(placeName),
		oauthClientSecret: v.optional(placeName),
		accessToken: v.optional(placeName),
		gatewayProtocol: v.optional(placeName),
		gatewayHost: v.optional(placeName),
		gatewayPort: v.optional(placeName),
	},
};

const roleEntries = { roleId: nonEmptyText, divisionId: v.optional(nonEmptyText) };

/** What an OAuthClient takes, each argument for itself. */
export const inputSchema = v.strictObject(
	{
		name: nonEmptyText,
		authorizedGrantType: v.picklist(grantTypes, (issue) => grantTypeReason(issue.input)),
		description: v.optional(v.string("must be text")),
		accessTokenValiditySeconds: v.optional(
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
		registeredRedirectUri: v.optional(
			listOf(
				v.pipe(
					v.string("must be text"),
					v.check(isAbsoluteUri, "must be an absolute URI, with its scheme, such as https://app.example.com/callback"),
				),
			),
		),
		scope: v.optional(listOf(nonEmptyText)),
		roleDivisions: v.optional(
			listOf(v.strictObject(roleEntries, "must be an object with roleId and, if wanted, divisionId")),
		),
		roleIds: v.optional(listOf(nonEmptyText)),
		state: v.optional(
			v.picklist(["active", "inactive"], "must be active or inactive; only Genesys Cloud's support sets disabled"),
		),
		replaceOnGrantTypeChange: v.optional(yesOrNo),
		adopt: v.optional(v.strictObject(optionEntries.adopt, "must be an object with clientId or name")),
		secretRotation: v.optional(
			v.strictObject(optionEntries.secretRotation, "must be an object such as { maxAgeDays: 90 }"),
		),
		deletionGuard: v.optional(
			v.strictObject(optionEntries.deletionGuard, "must be an object such as { inUseWithinDays: 7 }"),
		),
		deletion: v.optional(v.picklist(["delete", "deactivate"], "must be delete or deactivate")),
		detectSecretReset: v.optional(yesOrNo),
		secretSink: v.optional(
			v.pipe(
				nonEmptyText,
				v.check(
					(module) => findSink(module) !== undefined,
					"names no module of the program: give a file such as ./store-secret.js, from the program's directory, or a package",
				),
			),
		),
		timeouts: v.optional(v.strictObject(optionEntries.timeouts, "must be an object such as { create: 300 }")),
		connection: v.optional(
			v.strictObject(optionEntries.connection, 'must be an object of names such as { region: "STAGING_REGION" }'),
		),
	} satisfies Record<keyof OAuthClientInputs, v.GenericSchema>,
	"must be an object",
);

/** The names that belong at a place in the inputs: of the arguments, or of what one of them holds. */
export function namesAt(argument: string | undefined): string[] {
	if (argument === undefined) return Object.keys(inputSchema.entries);
	if (argument === "roleDivisions") return Object.keys(roleEntries);
	return argument in optionEntries ? Object.keys(optionEntries[argument as keyof typeof optionEntries]) : [];
}

function grantTypeReason(input: unknown): string {
	const guess = typeof input === "string" ? nearest(input, grantTypes) : undefined;
	return `must be one of ${grantTypes.join(", ")}${guess === undefined ? "" : `; did you mean ${guess}?`}`;
}

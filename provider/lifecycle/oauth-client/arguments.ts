import type { OAuthClientRequest } from "../../api/models";
import {
	argumentsOf,
	type NamesOf,
	namesOf,
	optionsIn,
	type Row,
	type RowsOf,
	type Schemas,
	sharedArguments,
} from "../argument-table";
import { sameSet } from "../properties";
import type { OAuthClientInputs, RoleDivisionInput } from "./inputs";
import type { AddedOutputs } from "./outputs";
import { findSink } from "./secret-sink";

/** The grant types, as the API spells them. */
export const grantTypes = ["CODE", "TOKEN", "SAML2-BEARER", "PASSWORD", "CLIENT-CREDENTIALS"] as const;

const shortestToken = 300;
/** The longest validity of a token, in seconds, except for SCIM integrations. */
export const longestToken = 172_800;
/** The longest validity of a SCIM integration's token, in seconds. */
export const longestScimToken = 38_880_000;

/** A row, and what the grant type decides about it. */
export interface ClientRow extends Row {
	/** Why a client of a grant needs at least one; undefined if it needs none. */
	requiredBy?: (grant: unknown) => string | undefined;
	/** Why a client of a grant should have at least one, although the API takes it without; undefined if it needs none. */
	advisedBy?: (grant: unknown) => string | undefined;
	/** Why a client of a grant can't have it; undefined if it can. A setting that is refused isn't managed: the API may have any value. */
	refusedBy?: (grant: unknown) => string | undefined;
}

/** The API stores scopes for clients that act for a user, and roles for those that act for themselves. */
const isService = (grant: unknown) => grant === "CLIENT-CREDENTIALS";
const onlyForServices = (reason: string) => (grant: unknown) => (isService(grant) ? undefined : reason);
const needsSecret = (grant: unknown) =>
	grant === "TOKEN" ? "clients of the grant type TOKEN have no secret" : undefined;

const textOf = ({ v }: Schemas) => v.string("must be a string");
const yesOrNo = (schemas: Schemas) => schemas.yesOrNo;
const nonEmptyTexts = ({ listOf, nonEmptyText }: Schemas) => listOf(nonEmptyText);

/** Whether a value is an absolute URI; "localhost:3000/cb" isn't, although it parses as a URL with the scheme "localhost". */
const isAbsoluteUri = (value: string) => URL.canParse(value) && !/^[\w.-]+:\d+(\/|$)/.test(value) && !/\s/.test(value);

const roleKey = (role: unknown) => {
	const { roleId, divisionId } = (role ?? {}) as Partial<RoleDivisionInput>;
	return `${roleId}\n${divisionId}`;
};

/** The same with the type of each row. */
export const clientRows = {
	adopt: {
		kind: "option",
		schema: ({ v, nonEmptyText, oauthSecret, yesOrNo: flag }) =>
			v.strictObject(
				{
					clientId: v.optional(nonEmptyText),
					name: v.optional(nonEmptyText),
					rotateSecret: v.optional(flag),
					clientSecret: v.optional(oauthSecret),
				},
				"must be an object with clientId or name",
			),
		parts: { oneOf: ["clientId", "name"] },
		hasSecretPart: true,
	},
	name: { kind: "setting", schema: ({ nonEmptyText }) => nonEmptyText, required: true },
	description: { kind: "setting", schema: textOf, default: "" },
	authorizedGrantType: {
		kind: "setting",
		schema: ({ oneOf }) => oneOf(grantTypes),
		required: true,
		onChange: "replace",
	},
	scope: {
		kind: "setting",
		schema: nonEmptyTexts,
		default: [],
		same: sameSet(),
		requiredBy: (grant) =>
			isService(grant) ? undefined : `${String(grant)} needs at least one scope, such as users:readonly`,
		refusedBy: (grant) =>
			isService(grant) ? "scopes have no effect on CLIENT-CREDENTIALS, which uses roles; remove scope" : undefined,
	},
	registeredRedirectUri: {
		kind: "setting",
		schema: ({ v, listOf }) =>
			listOf(
				v.pipe(
					v.string("must be a string"),
					v.check(isAbsoluteUri, "must be an absolute URI with a scheme, such as https://app.example.com/callback"),
				),
			),
		default: [],
		same: sameSet(),
		advisedBy: (grant) =>
			grant === "CODE" || grant === "TOKEN" ? `applications with the grant type ${grant} usually need one` : undefined,
	},
	roleDivisions: {
		kind: "setting",
		schema: ({ v, listOf, nonEmptyText }) =>
			listOf(
				v.strictObject(
					{ roleId: nonEmptyText, divisionId: v.optional(nonEmptyText) },
					"must be an object with roleId and, optionally, divisionId",
				),
			),
		default: [],
		same: sameSet(roleKey),
		requiredBy: (grant) => (isService(grant) ? "CLIENT-CREDENTIALS needs at least one role" : undefined),
		refusedBy: onlyForServices("roles apply to CLIENT-CREDENTIALS only; remove roleDivisions"),
	},
	roleIds: {
		kind: "setting",
		schema: nonEmptyTexts,
		default: [],
		same: sameSet(),
		olderFormOf: "roleDivisions",
		refusedBy: onlyForServices("roles apply to CLIENT-CREDENTIALS only; remove roleIds"),
	},
	accessTokenValiditySeconds: {
		kind: "setting",
		schema: ({ v }) =>
			v.pipe(
				v.number("must be a number of seconds"),
				v.integer("must be a whole number of seconds"),
				v.minValue(shortestToken, `must be at least ${shortestToken} seconds (5 minutes)`),
				v.maxValue(
					longestScimToken,
					`must be at most ${longestToken} seconds (48 hours), or ${longestScimToken} for SCIM integrations`,
				),
			),
		default: 86_400,
	},
	state: {
		kind: "setting",
		schema: ({ v }) =>
			v.picklist(["active", "inactive"], "must be active or inactive; only Genesys Cloud support can set disabled"),
		default: "active",
	},
	additionalSettings: {
		kind: "option",
		schema: ({ v }) => v.record(v.string(), v.any(), "must be an object of settings"),
		isSecret: true,
	},
	secretRotation: {
		kind: "option",
		schema: ({ v, amount }) =>
			v.strictObject(
				{
					rotateWhenChanged: v.optional(v.record(v.string(), v.any(), "must be an object of values")),
					maxAgeDays: v.optional(amount("day", 0.01, 3650)),
					renewBeforeDays: v.optional(
						v.pipe(v.number("must be a number of days"), v.minValue(0, "must not be negative")),
					),
				},
				"must be an object such as { maxAgeDays: 90 }",
			),
		parts: { needs: { renewBeforeDays: "maxAgeDays" } },
		refusedBy: needsSecret,
	},
	secretSink: {
		kind: "option",
		schema: ({ v, nonEmptyText }) =>
			v.pipe(
				nonEmptyText,
				v.check(
					(module) => findSink(module) !== undefined,
					"is not a module of the program: use a file such as ./store-secret.js, relative to the program's directory, or a package",
				),
			),
		refusedBy: needsSecret,
		front: "npm",
	},
	keepSecretInState: { kind: "option", schema: yesOrNo, front: "npm" },
	detectSecretReset: {
		kind: "option",
		schema: yesOrNo,
		refusedBy: needsSecret,
	},
	deletionGuard: {
		kind: "option",
		schema: ({ v, daysInUse }) =>
			v.strictObject({ inUseWithinDays: daysInUse }, "must be an object such as { inUseWithinDays: 7 }"),
	},
	deletion: { kind: "option", schema: ({ v }) => v.picklist(["delete", "deactivate"], "must be delete or deactivate") },
	...sharedArguments,
	replaceOnGrantTypeChange: { kind: "instruction", schema: yesOrNo },
	allowSameName: { kind: "instruction", schema: yesOrNo },
	clientId: { kind: "output", changesWith: "create" },
	clientSecret: { kind: "output", changesWith: "secret", isSecret: true },
	dateCreated: { kind: "output", changesWith: "create" },
	dateModified: { kind: "output", changesWith: "change" },
	createdBy: { kind: "output", changesWith: "create" },
	modifiedBy: { kind: "output", changesWith: "change" },
	selfUri: { kind: "output", changesWith: "create" },
	dateToDelete: { kind: "output", changesWith: "create", madeOf: "state" },
	secretVersion: { kind: "output", changesWith: "secret" },
	secretRotatedAt: { kind: "output", changesWith: "secret" },
	secretRotatesAt: { kind: "output", changesWith: "secret", madeOf: "secretRotation" },
	secretFingerprint: { kind: "output", changesWith: "secret" },
	pendingSecretSteps: { kind: "output", front: "none" },
	homeDivisionId: { kind: "output", front: "none" },
	loginClientId: { kind: "output", changesWith: "create", front: "none" },
	adoptionId: { kind: "output", front: "none" },
	rotationOrder: { kind: "output", changesWith: "secret", front: "none" },
	triedGrant: { kind: "output", front: "none" },
	unconfirmedSettings: { kind: "output", front: "none" },
	declared: { kind: "output", front: "none" },
	// Its content is unknown.
	unmanagedSettings: { kind: "output", isSecret: true, madeOf: "additionalSettings", front: "none" },
} satisfies RowsOf<OAuthClientInputs, AddedOutputs, Omit<OAuthClientRequest, "dateToDelete">, ClientRow>;

/** The name of an argument that is a setting of the client in the API. */
export type SettingName = NamesOf<typeof clientRows, { kind: "setting" }>;
/** What a PUT changes: a setting, or those that this version doesn't know. */
export type ChangedSetting = SettingName | "additionalSettings";
/** The name of an argument that is kept in state and never sent to the API. */
type OptionName = NamesOf<typeof clientRows, { kind: "option" }>;
/** The name of an output that the program sees beside the settings. */
export type AddedName = Exclude<
	NamesOf<typeof clientRows, { kind: "output" }>,
	NamesOf<typeof clientRows, { front: "none" }>
>;
/** The name of an argument that only the npm package has. */
export type NpmArgument = NamesOf<typeof clientRows, { front: "npm" }>;

/** The outputs of an OAuth client: its settings as the API returns them, what is added to them, and the options. */
export interface OAuthClientOutputs
	extends
		Required<Pick<OAuthClientInputs, Exclude<SettingName, "roleDivisions" | "state">>>,
		Pick<OAuthClientInputs, OptionName>,
		AddedOutputs {
	/** The roles as the API returns them, each with its division. */
	roleDivisions: Required<RoleDivisionInput>[];
	/** `active`, `inactive`, or `disabled` by Genesys Cloud support. */
	state: string;
}

/** Every argument and output of an OAuthClient, the arguments in the order of generated programs. */
export const clientTable: Readonly<Record<keyof typeof clientRows, ClientRow>> = { ...clientRows };

/** The names of the arguments, in the order of generated programs. */
export const argumentNames = argumentsOf(clientRows);
/** The names of the settings. */
export const settingNames = namesOf(clientRows, "setting");
/** The default of each optional setting. */
export const defaults = Object.fromEntries(settingNames.map((name) => [name, clientTable[name].default])) as {
	[Name in SettingName]: (typeof clientRows)[Name] extends { default: infer Default } ? Default : undefined;
};
export const { optionsOf, withoutOptions, changedOptions } = optionsIn(clientTable);

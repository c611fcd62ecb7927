import { oauthClientType } from "../../api/credentials-of-clients";
import type { CredentialRequest } from "../../api/integration-models";
import { type NamesOf, optionsIn, type RowsOf, type Schemas, sharedArguments, type Table } from "../argument-table";
import type { AddedOutputs, IntegrationCredentialInputs } from "./inputs";

const yesOrNo = (schemas: Schemas) => schemas.yesOrNo;

const rows = {
	name: { kind: "setting", schema: ({ nonEmptyText }) => nonEmptyText, required: true },
	type: { kind: "setting", schema: ({ nonEmptyText }) => nonEmptyText, default: oauthClientType, onChange: "replace" },
	fields: {
		kind: "setting",
		schema: ({ v }) => v.record(v.string(), v.string("must be a string"), "must be an object of strings"),
		required: true,
		isWriteOnly: true,
		isSecret: true,
	},
	checkType: { kind: "instruction", schema: yesOrNo },
	allowSameName: { kind: "instruction", schema: yesOrNo },
	adopt: {
		kind: "option",
		schema: ({ v, nonEmptyText, yesOrNo: flag }) =>
			v.strictObject(
				{ credentialId: v.optional(nonEmptyText), name: v.optional(nonEmptyText), sendFields: v.optional(flag) },
				"must be an object with credentialId or name",
			),
		parts: { oneOf: ["credentialId", "name"] },
	},
	deletionGuard: {
		kind: "option",
		schema: ({ v, yesOrNo: flag }) =>
			v.strictObject({ unlessUnused: flag }, "must be an object such as { unlessUnused: true }"),
	},
	...sharedArguments,
	// The class of the npm package makes it of `client`.
	clientDeletionGuard: {
		kind: "option",
		schema: ({ v, nonEmptyText, daysInUse }) =>
			v.strictObject(
				{ clientId: nonEmptyText, inUseWithinDays: daysInUse },
				"must be an object with clientId and inUseWithinDays",
			),
		front: "plugin",
	},
	plainFields: { kind: "option", schema: ({ v, listOf }) => listOf(v.string()), front: "none" },
	credentialId: { kind: "output", changesWith: "create" },
	createdDate: { kind: "output", changesWith: "create" },
	modifiedDate: { kind: "output", changesWith: "change" },
	selfUri: { kind: "output", changesWith: "create" },
	// A short password could be guessed from its fingerprint.
	fieldFingerprints: { kind: "output", changesWith: "change", isSecret: true, front: "none" },
	loginClientId: { kind: "output", changesWith: "create", front: "none" },
	adoptionId: { kind: "output", front: "none" },
} satisfies RowsOf<
	IntegrationCredentialInputs,
	AddedOutputs,
	Omit<CredentialRequest, "credentialFields"> & { fields: unknown }
>;

/** The name of a setting that is an output. */
export type SettingOutput = Exclude<
	NamesOf<typeof rows, { kind: "setting" }>,
	NamesOf<typeof rows, { isWriteOnly: true }>
>;
/** The name of an argument that is kept in state and never sent to the API. */
type OptionName = NamesOf<typeof rows, { kind: "option" }>;
/** The name of an output that the program sees beside the settings. */
export type AddedName = Exclude<NamesOf<typeof rows, { kind: "output" }>, NamesOf<typeof rows, { front: "none" }>>;
/** The name of an argument that only the npm package has. */
export type NpmArgument = NamesOf<typeof rows, { front: "npm" }>;

/** The outputs of an integration credential: its settings, what is added to them, and the options. */
export interface IntegrationCredentialOutputs
	extends
		Required<Pick<IntegrationCredentialInputs, SettingOutput>>,
		Pick<IntegrationCredentialInputs, OptionName>,
		AddedOutputs {}

/** Every argument and output of an IntegrationCredential. */
export const credentialTable: Table = rows;

export const { optionsOf, withoutOptions, changedOptions } = optionsIn(credentialTable);

/** Whether a field may be a plain value: OAuth's client id is no secret. */
export const isPublicField = (name: string): boolean => name === "clientId";

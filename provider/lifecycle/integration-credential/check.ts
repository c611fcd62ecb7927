import * as v from "valibot";
import { oauthClientType } from "../../api/credentials-of-clients";
import { fieldsOf } from "../../api/json";
import { connectionSchema, namesIn, nonEmptyText, timeoutsSchema, yesOrNo } from "../argument-schemas";
import { type CheckFailure, type Fail, checkArguments, checkConnection } from "../check-arguments";
import { type Properties, unknownValue } from "../properties";
import type { IntegrationCredentialInputs } from "./inputs";

/** The arguments of an IntegrationCredential, as its class passes them. */
const schema = v.strictObject(
	{
		name: nonEmptyText,
		type: v.optional(nonEmptyText),
		fields: v.record(v.string(), v.string("must be a string"), "must be an object of strings"),
		checkType: v.optional(yesOrNo),
		allowSameName: v.optional(yesOrNo),
		adopt: v.optional(
			v.strictObject(
				{ credentialId: v.optional(nonEmptyText), name: v.optional(nonEmptyText) },
				"must be an object with credentialId or name",
			),
		),
		deletionGuard: v.optional(
			v.strictObject({ unlessUnused: yesOrNo }, "must be an object such as { unlessUnused: true }"),
		),
		timeouts: v.optional(timeoutsSchema),
		connection: v.optional(connectionSchema),
		clientDeletionGuard: v.optional(v.any()),
		plainFields: v.optional(v.any()),
	} satisfies Record<keyof IntegrationCredentialInputs, v.GenericSchema>,
	"must be an object",
);

/** What the class adds: not for the program, so no message suggests them. */
const internal = new Set(["clientDeletionGuard", "plainFields"]);

function checkFields(inputs: Properties, fail: Fail): void {
	const { type = oauthClientType, fields } = inputs;
	if (fields === undefined || fields === unknownValue) return;
	const given = fieldsOf(fields);
	if (Object.keys(given).length === 0) fail("fields", "needs at least one field");
	if (type === oauthClientType) {
		for (const name of ["clientId", "clientSecret"]) {
			if (given[name] === undefined) fail(`fields.${name}`, `is required for the type ${oauthClientType}`);
		}
	}
	for (const [name, value] of Object.entries(given)) {
		if (value !== "") continue;
		fail(
			`fields.${name}`,
			name === "clientSecret"
				? "is empty, and an empty secret is never sent: if the stack adopted the client, set adopt.rotateSecret to true there"
				: "must not be empty",
		);
	}
}

function checkAdopt(inputs: Properties, fail: Fail): void {
	const { adopt } = inputs;
	const { credentialId, name } = fieldsOf(adopt);
	if (adopt !== undefined && adopt !== unknownValue && (credentialId === undefined) === (name === undefined))
		fail("adopt", "set either credentialId or name");
}

/** Checks the arguments of an IntegrationCredential: see `checkArguments`. */
export const check = (news: Properties): { inputs: Properties; failures: CheckFailure[] } =>
	checkArguments(news, {
		resource: "IntegrationCredential",
		schema,
		namesAt: (argument) => namesIn(schema, argument).filter((name) => !internal.has(name)),
		brokenRules: (inputs) => {
			const failures: CheckFailure[] = [];
			for (const rule of [checkFields, checkAdopt, checkConnection]) {
				rule(inputs, (property, reason) => failures.push({ property, reason }));
			}
			return failures;
		},
	});

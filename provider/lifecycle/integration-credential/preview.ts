import { type FindingContext, findToAdopt, type ForetoldAdoption } from "../adoption";
import { outputsChangedBy } from "../argument-table";
import { changeLine } from "../change-line";
import { secretInputsOf } from "../hide-secret-inputs";
import { type Properties, unknownProperties } from "../properties";
import { credentialTable, optionsOf, withoutOptions } from "./arguments";
import { credentialKind } from "./kind";
import { changedSettings, hasItsFields, typeOf } from "./state";

/**
 * The outputs that a credential will have, for a preview.
 *
 * @param olds the outputs in state; undefined for a new credential
 */
export function preview(inputs: Properties, _occasion: unknown, olds?: Properties): Properties {
	const isSent = olds === undefined || changedSettings(olds, inputs).length > 0;
	return {
		...(olds ? withoutOptions(olds) : unknownProperties(outputsChangedBy(credentialTable, "create"))),
		...(isSent && unknownProperties(outputsChangedBy(credentialTable, "change"))),
		name: inputs["name"],
		type: typeOf(inputs),
		...optionsOf(inputs),
	};
}

/** Says what the adoption of an integration credential will do. */
export async function describeCredentialAdoption(
	context: FindingContext,
	inputs: Properties,
): Promise<ForetoldAdoption> {
	const { name, id } = await findToAdopt(context, credentialKind, inputs);
	const secretInputs = secretInputsOf(inputs);
	const isRenamed = name !== inputs["name"];
	const effect =
		hasItsFields(inputs) && !isRenamed
			? "and send nothing: adopt.sendFields says that it has its fields"
			: `and replace its ${isRenamed ? "name and fields" : "fields"}`;
	const change = changeLine("name", name, inputs["name"], secretInputs.includes("name"));
	return {
		id,
		lines: [
			`will adopt ${credentialKind.label({ name, secretInputs }, id)} instead of creating one, ${effect}`,
			...(isRenamed ? [change] : []),
		],
	};
}

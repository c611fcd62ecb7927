import { findToAdopt } from "../adoption";
import { outputsChangedBy } from "../argument-table";
import type { LifecycleContext } from "../context";
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
	{ api }: Pick<LifecycleContext, "api">,
	inputs: Properties,
): Promise<{ id: string; text: string }> {
	const { name, id } = await findToAdopt(api, credentialKind, inputs);
	const effect =
		hasItsFields(inputs) && name === inputs["name"]
			? "and send nothing: adopt.sendFields says that it has its fields"
			: "and replace its name and fields";
	const text = `will adopt ${credentialKind.label({ name }, id)} instead of creating one, ${effect}`;
	return { id, text };
}

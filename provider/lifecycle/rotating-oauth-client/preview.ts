import { changedWith, outputsChangedBy } from "../argument-table";
import type { Occasion } from "../context";
import { describeClientAdoption, preview as previewClient } from "../oauth-client/preview";
import { hasUnknown, picked, type Properties, unknownProperties, unknownValue } from "../properties";
import { optionsOf, pairSettings, pairTable, withoutOptions } from "./arguments";
import { plan } from "./plan";
import { inputsOf, type Letter, letters, numberOf, pairIn } from "./state";

/**
 * The outputs that a pair will have, for a preview: known as far as the program and state decide them. What hangs on a coming rotation is unknown.
 *
 * @param olds the outputs in state; undefined for a new pair
 */
export function preview(inputs: Properties, occasion: Occasion, olds?: Properties): Properties {
	const planned = olds && plan(olds, inputs, occasion);
	const { pair = pairIn({}), changed = [], rotation, tries = false, clients } = planned ?? {};
	const current = clients?.[planned?.current ?? "a"].olds;
	const settings = previewClient(inputsOf(inputs, "a", numberOf(pair, "a"), "active"), occasion, current);
	const isCreating = letters.some((letter) => pair.clients[letter] === undefined);
	const isRotating =
		rotation !== undefined || tries || isCreating || (hasUnknown(inputs["rotation"]) && olds !== undefined);
	return {
		...withoutOptions(olds ?? {}),
		...picked(settings, pairSettings),
		name: inputs["name"],
		...optionsOf(inputs),
		...unknownProperties([
			...changedWith(pairTable, changed),
			...outputsChangedBy(pairTable, "change"),
			...(isRotating ? outputsChangedBy(pairTable, "secret") : []),
		]),
		...(olds === undefined && { generation: 0 }),
	};
}

/** Says what each adoption will do, for a preview. */
export async function describePairAdoption(
	context: Parameters<typeof describeClientAdoption>[0],
	inputs: Properties,
): Promise<{ id: string; text: string }[]> {
	const adopted = (letter: Letter) => inputsOf(inputs, letter, 0, "active");
	const some = letters.map(adopted).filter(({ adopt }) => adopt !== undefined && adopt !== unknownValue);
	return Promise.all(some.map(async (settings) => describeClientAdoption(context, settings)));
}

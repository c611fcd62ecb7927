import type { ForetoldAdoption } from "../adoption";
import { changedWith, outputsChangedBy } from "../argument-table";
import type { Occasion } from "../context";
import {
	describeClientAdoption,
	type ForetellingContext,
	preview as previewClient,
	secretForetold,
} from "../oauth-client/preview";
import { hasUnknown, picked, type Properties, unknownProperties, unknownValue } from "../properties";
import { optionsOf, type PairAdded, pairSettings, pairTable, withoutOptions } from "./arguments";
import { plan } from "./plan";
import { inputsOf, type Letter, letters, numberOf, otherThan, pairIn } from "./state";

/**
 * The outputs that a pair will have, for a preview: known as far as the program and state decide them. What hangs on a coming rotation is unknown.
 *
 * @param olds the outputs in state; undefined for a new pair
 */
export function preview(inputs: Properties, occasion: Occasion, olds?: Properties): Properties {
	const planned = olds && plan(olds, inputs, occasion);
	const { pair = pairIn({}), current = "a", changed = [], rotation, tries = false, clients } = planned ?? {};
	const settings = previewClient(inputsOf(inputs, "a", numberOf(pair, "a"), "active"), occasion, pair.clients[current]);
	const isRotating = olds === undefined || rotation !== undefined || tries || hasUnknown(inputs["rotation"]);
	const [newCurrent, newStandby] = [current, otherThan(current)].map((letter) => pair.clients[letter] === undefined);
	// An adopted client gets a secret when the program asks for that, or supplies it.
	const given = letters.filter((letter) => {
		const own = clients?.[letter].plan;
		return own?.rotates === true || own?.supplied !== undefined;
	});
	return {
		...withoutOptions(olds ?? {}),
		...picked(settings, pairSettings),
		name: inputs["name"],
		...optionsOf(inputs),
		...unknownProperties([
			...changedWith(pairTable, changed),
			...outputsChangedBy(pairTable, "change"),
			...(isRotating ? outputsChangedBy(pairTable, "secret") : []),
			...(newCurrent ? ofCurrent : []),
			...(newStandby ? ofPrevious : []),
			...given.map((letter) => (letter === current ? "clientSecret" : "previousClientSecret")),
		]),
		...secretForetold(inputs, ["clientSecret", "previousClientSecret"] satisfies PairAdded[]),
		...(olds === undefined && { generation: 0 }),
	};
}

/** The outputs that a new current client changes, and a new standby client. */
const ofCurrent = ["clientId", "clientSecret", "rotatedAt", "rotatesAt"] satisfies PairAdded[];
const ofPrevious = ["previousClientId", "previousClientSecret"] satisfies PairAdded[];

/** Says what each adoption will do, for a preview. */
export async function describePairAdoption(
	context: ForetellingContext,
	inputs: Properties,
): Promise<ForetoldAdoption[]> {
	const adopted = (letter: Letter) => inputsOf(inputs, letter, 0, "active");
	const some = letters.map(adopted).filter(({ adopt }) => adopt !== undefined && adopt !== unknownValue);
	return Promise.all(some.map(async (settings) => describeClientAdoption(context, settings)));
}

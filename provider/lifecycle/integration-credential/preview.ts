import { type Properties, unknownProperties } from "../properties";
import { changedSettings, optionsOf, typeOf } from "./state";

/** What the API decides about a new credential. */
const decidedByCreate = ["credentialId", "createdDate", "selfUri", "loginClientId"];
const decidedByChange = ["modifiedDate", "fieldFingerprints"];

/**
 * The outputs that a credential will have, for a preview.
 *
 * @param olds the outputs in state; undefined for a new credential
 */
export function preview(inputs: Properties, _now: number, olds?: Properties): Properties {
	const isSent = olds === undefined || changedSettings(olds, inputs).length > 0;
	return {
		...(olds === undefined ? unknownProperties(decidedByCreate) : olds),
		...(isSent && unknownProperties(decidedByChange)),
		name: inputs["name"],
		type: typeOf(inputs),
		...optionsOf(inputs),
	};
}

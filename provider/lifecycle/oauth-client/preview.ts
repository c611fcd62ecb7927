import { plan } from "./plan";
import { declaredNames, optionsOf } from "./state";
import { type Properties, hasUnknown, unknownProperties, unknownValue } from "../properties";
import { defaults, desiredSettings, fieldNames } from "./settings";

/** What the API decides about a new client. */
const decidedByCreate = ["clientId", "dateCreated", "createdBy", "selfUri", "loginClientId", "dateToDelete"];
/** What it decides with every change. */
const decidedByChange = ["dateModified", "modifiedBy"];
/** What a new secret changes. */
const ofSecret = ["clientSecret", "secretVersion", "secretRotatedAt", "secretRotatesAt", "secretFingerprint"];

/**
 * The outputs that a client will have, for a preview: known as far as the program and state decide them. What depends on an unknown value or
 * on the API is unknown.
 *
 * @param now milliseconds since 1970
 * @param olds the outputs in state; undefined for a new client
 */
export function preview(inputs: Properties, now: number, olds?: Properties): Properties {
	const { homeDivisionId } = olds ?? {};
	const desired = desiredSettings(inputs, typeof homeDivisionId === "string" ? homeDivisionId : unknownValue);
	if (olds === undefined) {
		return {
			...unknownProperties([...decidedByCreate, ...decidedByChange, ...ofSecret]),
			...withRolesUnknown({ ...defaults, ...desired }, desired),
			...optionsOf(inputs),
			declared: declaredNames(inputs),
		};
	}
	const { changed, steps } = plan(olds, inputs, now);
	const kept = Object.fromEntries(Object.entries(olds).filter(([name]) => !(name in optionsOf(olds))));
	const settings = Object.fromEntries(changed.map((name) => [name, desired[name]]));
	const isRenewed = steps.some((step) => step.startsWith("renew")) || inputs["authorizedGrantType"] === "TOKEN";
	const rotation = inputs["secretRotation"];
	return {
		...kept,
		...withRolesUnknown(settings, settings),
		...(changed.length > 0 && unknownProperties(decidedByChange)),
		...(changed.includes("state") && unknownProperties(["dateToDelete"])),
		...(isRenewed ? unknownProperties(ofSecret) : {}),
		// A new period changes when the secret is due.
		...(hasUnknown(rotation) || JSON.stringify(rotation) !== JSON.stringify(olds["secretRotation"])
			? unknownProperties(["secretRotatesAt"])
			: {}),
		...optionsOf(inputs),
		declared: declaredNames(inputs),
	};
}

/** The API derives each list of roles from the other. */
function withRolesUnknown(settings: Properties, changed: Properties): Properties {
	const other = "roleDivisions" in changed ? "roleIds" : "roleIds" in changed ? "roleDivisions" : undefined;
	const known = Object.fromEntries(fieldNames.filter((name) => name in settings).map((name) => [name, settings[name]]));
	return other === undefined ? known : { ...known, [other]: unknownValue };
}

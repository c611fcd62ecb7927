import { fieldsOf } from "../../api/json";
import { checkOf, type Fail } from "../check-arguments";
import { checkGrant, checkTokenLife } from "../oauth-client/check";
import { type Properties, unknownValue } from "../properties";
import { pairTable } from "./arguments";

/** Genesys Cloud deletes clients that are inactive for 7 days: this leaves a day for the run that activates the client again. */
const longestInactive = 6;

function checkRotation({ rotation, authorizedGrantType }: Properties, fail: Fail): void {
	if (authorizedGrantType === "TOKEN")
		fail("authorizedGrantType", "must be one with a secret: clients of the grant type TOKEN have none");
	if (typeof rotation !== "object") return;
	const { periodDays, rotateWhenChanged, deactivatePreviousAfterDays: retires } = fieldsOf(rotation);
	if (rotateWhenChanged !== unknownValue && (periodDays === undefined) === (rotateWhenChanged === undefined)) {
		fail("rotation", "set either periodDays or rotateWhenChanged");
	}
	if (typeof retires !== "number") return;
	const limit = "Genesys Cloud deletes clients that are inactive for 7 days";
	const path = "rotation.deactivatePreviousAfterDays";
	if (periodDays === undefined) fail(path, `needs periodDays: ${limit}`);
	else if (typeof periodDays === "number" && periodDays - retires > longestInactive)
		fail(path, `must be at least ${periodDays - longestInactive} with a period of ${periodDays} days: ${limit}`);
}

function checkAdoption({ adopt }: Properties, fail: Fail): void {
	if (typeof adopt !== "object") return;
	const adoptions = Object.entries(fieldsOf(adopt));
	if (adoptions.length === 0) fail("adopt", "set a, b, or both");
	for (const [letter, adoption] of adoptions) {
		const { clientId, name } = fieldsOf(adoption);
		if (typeof adoption === "object" && (clientId === undefined) === (name === undefined))
			fail(`adopt.${letter}`, "set either clientId or name");
	}
}

/** Checks the arguments of a pair. */
export const check = checkOf("RotatingOAuthClient", pairTable, [
	checkGrant,
	checkTokenLife,
	checkRotation,
	checkAdoption,
]);

import { fieldsOf } from "../../api/json";
import { checkOf, type Fail } from "../check-arguments";
import { checkAdditional, checkAdoptedSecret, checkGrant, checkKeeping, checkTokenLife } from "../oauth-client/check";
import type { Properties } from "../properties";
import { pairTable } from "./arguments";

/** Genesys Cloud deletes clients that are inactive for 7 days: this leaves a day for the run that activates the client again. */
const longestInactive = 6;

function checkRotation({ rotation, authorizedGrantType }: Properties, fail: Fail): void {
	if (authorizedGrantType === "TOKEN")
		fail("authorizedGrantType", "must be one with a secret: clients of the grant type TOKEN have none");
	if (typeof rotation !== "object") return;
	const { periodDays, deactivatePreviousAfterDays: retires } = fieldsOf(rotation);
	if (typeof periodDays !== "number" || typeof retires !== "number" || periodDays - retires <= longestInactive) return;
	fail(
		"rotation.deactivatePreviousAfterDays",
		`must be at least ${periodDays - longestInactive} with a period of ${periodDays} days: Genesys Cloud deletes clients that are inactive for 7 days`,
	);
}

function checkAdoption({ adopt, authorizedGrantType }: Properties, fail: Fail): void {
	if (typeof adopt !== "object") return;
	const adoptions = Object.entries(fieldsOf(adopt));
	if (adoptions.length === 0) fail("adopt", "set a, b, or both");
	for (const [letter, adoption] of adoptions) {
		const { clientId, name } = fieldsOf(adoption);
		if (typeof adoption === "object" && (clientId === undefined) === (name === undefined))
			fail(`adopt.${letter}`, "set either clientId or name");
		checkAdoptedSecret(`adopt.${letter}`, adoption, authorizedGrantType, fail);
	}
}

/** Checks the arguments of a pair. */
export const check = checkOf("RotatingOAuthClient", pairTable, [
	checkGrant,
	checkTokenLife,
	checkAdditional,
	checkRotation,
	checkAdoption,
	checkKeeping,
]);

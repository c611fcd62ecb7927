import { type ArgumentRules, type CheckFailure, type Fail, checkArguments, checkConnection } from "../check-arguments";
import { fieldsOf } from "../../api/json";
import { grantTypes, inputSchema, longestScimToken, longestToken, namesAt } from "./arguments";
import { type Properties, unknownValue } from "../properties";

const hasEntries = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);
/** A list not known yet may turn out to be empty. */
const surelyHasEntries = (value: unknown) => value !== unknownValue && hasEntries(value);

/** The vendor's rules about settings that depend on the grant type. */
function checkGrant(inputs: Properties, fail: Fail): void {
	const grant = inputs["authorizedGrantType"];
	if (grant === "CLIENT-CREDENTIALS") {
		if (!hasEntries(inputs["roleDivisions"]) && !hasEntries(inputs["roleIds"])) {
			fail("roleDivisions", "CLIENT-CREDENTIALS needs at least one role");
		}
		if (surelyHasEntries(inputs["roleDivisions"]) && surelyHasEntries(inputs["roleIds"])) {
			fail("roleIds", "set roleDivisions or the older roleIds, not both");
		}
		if (surelyHasEntries(inputs["scope"])) {
			fail("scope", "scopes have no effect on CLIENT-CREDENTIALS, which uses roles; remove scope");
		}
	} else if (typeof grant === "string" && (grantTypes as readonly string[]).includes(grant)) {
		if (!hasEntries(inputs["scope"])) fail("scope", `${grant} needs at least one scope, such as users:readonly`);
		if ((grant === "CODE" || grant === "TOKEN") && !hasEntries(inputs["registeredRedirectUri"])) {
			fail("registeredRedirectUri", `${grant} needs at least one redirect URI`);
		}
		for (const name of ["roleDivisions", "roleIds"]) {
			if (surelyHasEntries(inputs[name])) fail(name, `roles apply to CLIENT-CREDENTIALS only; remove ${name}`);
		}
	}
}

function checkTokenLife(inputs: Properties, fail: Fail): void {
	const grant = inputs["authorizedGrantType"];
	const seconds = inputs["accessTokenValiditySeconds"];
	const scope = inputs["scope"];
	// Only a client's roles show whether it is a SCIM integration, and only the API knows their names.
	const mayBeScim =
		grant === "CLIENT-CREDENTIALS" ||
		grant === unknownValue ||
		scope === unknownValue ||
		(Array.isArray(scope) && (scope.includes("scim") || scope.includes(unknownValue)));
	if (typeof seconds === "number" && seconds > longestToken && seconds <= longestScimToken && !mayBeScim) {
		fail(
			"accessTokenValiditySeconds",
			`must be at most ${longestToken} seconds (48 hours): only SCIM integrations may have more`,
		);
	}
}

function checkOptions(inputs: Properties, fail: Fail): void {
	const grant = inputs["authorizedGrantType"];
	const { adopt } = inputs;
	const { clientId, name } = fieldsOf(adopt);
	if (adopt !== undefined && adopt !== unknownValue && (clientId === undefined) === (name === undefined))
		fail("adopt", "set either clientId or name");
	const { maxAgeDays, renewBeforeDays } = fieldsOf(inputs["secretRotation"]);
	if (renewBeforeDays !== undefined && maxAgeDays === undefined) {
		fail("secretRotation.renewBeforeDays", "needs maxAgeDays");
	}
	if (typeof renewBeforeDays === "number" && typeof maxAgeDays === "number" && renewBeforeDays >= maxAgeDays) {
		fail("secretRotation.renewBeforeDays", "must be less than maxAgeDays");
	}
	for (const option of ["secretRotation", "secretSink"]) {
		if (grant === "TOKEN" && inputs[option] !== undefined)
			fail(option, "clients of the grant type TOKEN have no secret");
	}
	const canBeTried = [undefined, unknownValue, "CLIENT-CREDENTIALS"].includes(grant as string | undefined);
	if (inputs["detectSecretReset"] === true && !canBeTried) {
		fail("detectSecretReset", "works for CLIENT-CREDENTIALS only: other grants need a user to log in");
	}
}

/** Checks the rules between arguments; values not known yet pass. */
export function brokenRules(inputs: Properties): CheckFailure[] {
	const failures: CheckFailure[] = [];
	for (const rule of [checkGrant, checkTokenLife, checkOptions, checkConnection]) {
		rule(inputs, (property, reason) => failures.push({ property, reason }));
	}
	return failures;
}

const clientRules: ArgumentRules = { resource: "OAuthClient", schema: inputSchema, namesAt, brokenRules };

/** Checks the arguments of an OAuth client. */
export const check = (news: Properties): { inputs: Properties; failures: CheckFailure[] } =>
	checkArguments(news, clientRules);

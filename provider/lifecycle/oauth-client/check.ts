import { fieldsOf } from "../../api/json";
import { checkOf, type Fail } from "../check-arguments";
import { type Properties, unknownValue } from "../properties";
import { secretPartsIn } from "../secret-parts";
import { argumentNames, clientTable, grantTypes, longestScimToken, longestToken } from "./arguments";
import { endOfImplicitGrant, moveFromImplicitGrant } from "./implicit-grant";
import { knownFields } from "./settings";

const isSet = (value: unknown) =>
	value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
/** A value not known yet may turn out to be none. */
const isSurelySet = (value: unknown) => value !== unknownValue && isSet(value);

/** The grant type, if it is known and there is one. */
const grantOf = (inputs: Properties) => grantTypes.find((known) => known === inputs["authorizedGrantType"]);

/** The vendor's rule about what the grant type needs and refuses. */
export function checkGrant(inputs: Properties, fail: Fail): void {
	const grant = grantOf(inputs);
	if (grant === undefined) return;
	for (const name of argumentNames) {
		const { refusedBy, requiredBy, olderFormOf = "" } = clientTable[name];
		const forms = argumentNames.filter((form) => form === name || clientTable[form].olderFormOf === name);
		const need = requiredBy?.(grant);
		const refusal = refusedBy?.(grant);
		if (need !== undefined && !forms.some((form) => isSet(inputs[form]))) fail(name, need);
		if (!isSurelySet(inputs[name])) continue;
		if (refusal !== undefined) fail(name, refusal);
		else if (isSurelySet(inputs[olderFormOf])) fail(name, `set ${olderFormOf} or the older ${name}, not both`);
	}
}

/** The vendor's rule about how long a token is valid. */
export function checkTokenLife(inputs: Properties, fail: Fail): void {
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

/** Refuses as an additional setting what has an argument, or what Genesys Cloud sets. */
export function checkAdditional({ additionalSettings }: Properties, fail: Fail): void {
	for (const name of Object.keys(fieldsOf(additionalSettings))) {
		const path = `additionalSettings.${name}`;
		if ((argumentNames as string[]).includes(name)) fail(path, `use the argument ${name}`);
		else if (knownFields.has(name)) fail(path, "is set by Genesys Cloud");
	}
}

function checkRotation({ secretRotation }: Properties, fail: Fail): void {
	const { maxAgeDays, renewBeforeDays } = fieldsOf(secretRotation);
	if (typeof renewBeforeDays === "number" && typeof maxAgeDays === "number" && renewBeforeDays >= maxAgeDays) {
		fail("secretRotation.renewBeforeDays", "must be less than maxAgeDays");
	}
}

/** The rules of the secret that the program brings along to an adoption. */
export function checkAdoptedSecret(path: string, adopt: unknown, grant: unknown, fail: Fail): void {
	const { clientSecret, rotateSecret } = fieldsOf(adopt);
	if (clientSecret === undefined) return;
	if (grant === "TOKEN")
		fail(`${path}.clientSecret`, "must not be set: clients of the grant type TOKEN have no secret");
	else if (rotateSecret === true)
		fail(`${path}.clientSecret`, "is kept, and rotateSecret replaces the secret: set one of them");
}

function checkAdoption({ adopt, authorizedGrantType }: Properties, fail: Fail): void {
	checkAdoptedSecret("adopt", adopt, authorizedGrantType, fail);
}

/** What a secret that isn't in the state makes impossible. */
export function checkKeeping(
	{ keepSecretInState, secretSink, detectSecretReset, adopt }: Properties,
	fail: Fail,
): void {
	if (keepSecretInState !== false) return;
	if (secretSink === undefined) fail("keepSecretInState", "needs secretSink: nobody else would have the secret");
	if (detectSecretReset === true) fail("detectSecretReset", "needs the secret in the state: remove keepSecretInState");
	if (secretPartsIn(adopt).length > 0)
		fail("keepSecretInState", "must not be false with adopt.clientSecret, which would be in the state: remove that");
}

/** Checks the arguments of an OAuth client. */
export const check = checkOf("OAuthClient", clientTable, [
	checkGrant,
	checkTokenLife,
	checkAdditional,
	checkRotation,
	checkAdoption,
	checkKeeping,
]);

/** What the API accepts of an OAuth client, and what is probably a mistake. */
export function advise(inputs: Properties): string[] {
	const grant = grantOf(inputs);
	if (grant === undefined) return [];
	const missing = argumentNames.flatMap((name) => {
		const advice = clientTable[name].advisedBy?.(grant);
		return advice === undefined || isSet(inputs[name]) ? [] : [`has no ${name}: ${advice}`];
	});
	// What exists already isn't created: the policy pack and the report name it.
	const isEnding = grant === "TOKEN" && inputs["adopt"] === undefined;
	return [
		...(isEnding ? [`has the grant type TOKEN. ${endOfImplicitGrant}. ${moveFromImplicitGrant}`] : []),
		...missing,
	];
}

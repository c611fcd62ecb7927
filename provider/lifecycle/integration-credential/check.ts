import { oauthClientType } from "../../api/credentials-of-clients";
import { fieldsOf } from "../../api/json";
import { oauthFault } from "../../api/credential-characters";
import { checkOf, type Fail } from "../check-arguments";
import { type Properties, unknownValue } from "../properties";
import { credentialTable } from "./arguments";

function checkFields(inputs: Properties, fail: Fail): void {
	const { type = oauthClientType, fields } = inputs;
	if (fields === undefined || fields === unknownValue) return;
	const given = fieldsOf(fields);
	if (Object.keys(given).length === 0) fail("fields", "needs at least one field");
	if (type === oauthClientType) {
		for (const name of ["clientId", "clientSecret"]) {
			const value = given[name];
			const fault = typeof value === "string" ? oauthFault(value) : undefined;
			if (value === undefined) fail(`fields.${name}`, `is required for the type ${oauthClientType}`);
			if (fault !== undefined) fail(`fields.${name}`, fault);
		}
	}
	for (const [name, value] of Object.entries(given)) {
		if (value !== "") continue;
		fail(
			`fields.${name}`,
			name === "clientSecret"
				? "is empty, and an empty secret is never sent: if the stack adopted the client, set adopt.clientSecret to the secret there, or adopt.rotateSecret to true; if its keepSecretInState is false, only its sink has the secret"
				: "must not be empty",
		);
	}
}

/** Checks the arguments of an IntegrationCredential, as its class passes them. */
export const check = checkOf("IntegrationCredential", credentialTable, [checkFields]);

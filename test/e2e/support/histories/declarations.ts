import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";
import type { Properties } from "../../../../provider/lifecycle/properties";
import { DIVISION_IDS, ROLE_IDS } from "../../../../simulator";
import { asOf } from "./program-steps";

/** Few, so that clients get namesakes. */
const name = fc.constantFrom("CRM sync", "Agent desktop", "Wiki");
const roleDivisions = fc.uniqueArray(
	fc.constantFrom(
		{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home },
		{ roleId: ROLE_IDS.communicateUser, divisionId: DIVISION_IDS.support },
		{ roleId: ROLE_IDS.masterAdmin, divisionId: "*" },
	),
	{ minLength: 1 },
);
const scope = fc.uniqueArray(fc.constantFrom("users", "users:readonly", "routing"), { minLength: 1 });
const description = fc.constantFrom("Copies contacts", "Other", "");
const optional = {
	description,
	state: fc.constantFrom("active", "active", "active", "inactive"),
	allowSameName: fc.constantFrom(false, false, true),
	deletion: fc.constantFrom("delete", "delete", "delete", "deactivate"),
};

/** A service, with some of the settings that it may have. */
const service = fc.record(
	{
		name,
		authorizedGrantType: fc.constant("CLIENT-CREDENTIALS"),
		roleDivisions,
		detectSecretReset: fc.boolean(),
		...optional,
	},
	{ requiredKeys: ["name", "authorizedGrantType", "roleDivisions"] },
);
/** A web application. */
const webApp = fc.record(
	{
		name,
		authorizedGrantType: fc.constant("CODE"),
		scope,
		registeredRedirectUri: fc.constant(["https://app.example.com/callback"]),
		...optional,
	},
	{ requiredKeys: ["name", "authorizedGrantType", "scope", "registeredRedirectUri"] },
);

/** What a program declares of a client. */
export const settings: Arbitrary<Properties> = fc.oneof(
	{ arbitrary: service, weight: 3 },
	{ arbitrary: webApp, weight: 1 },
);

/** What a program declares of a pair. */
export const pairSettings: Arbitrary<Properties> = settings.map((one) => asOf("p", one));

/** A change of a setting. */
export const change: Arbitrary<Properties> = fc.oneof(
	{ arbitrary: fc.record({ description }), weight: 3 },
	{ arbitrary: fc.record({ name }), weight: 1 },
	{ arbitrary: fc.record({ state: fc.constantFrom("active", "inactive") }), weight: 1 },
	{ arbitrary: fc.record({ accessTokenValiditySeconds: fc.constantFrom(3600, 7200) }), weight: 1 },
	{ arbitrary: fc.record({ roleDivisions, scope }), weight: 2 },
);

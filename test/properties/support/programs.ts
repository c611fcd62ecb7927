import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";
import type { OAuthClient } from "../../../provider/api/models";
import type { Properties } from "../../../provider/lifecycle/properties";
import { settingNames } from "../../../provider/lifecycle/oauth-client/arguments";
import { DIVISION_IDS, ROLE_IDS, SCOPES } from "../../../simulator";

/** Text as people may write it: any printable characters. */
const text = fc.string({ unit: "grapheme", maxLength: 30 });
const nonBlank = text.filter((value) => /\S/.test(value));
const uri = fc.oneof(
	fc.webUrl({ withQueryParameters: true }),
	fc.constantFrom(
		"myapp://callback",
		"http://localhost:3000/cb",
		"https://app.example.com/",
		"urn:ietf:wg:oauth:2.0:oob",
	),
);
const scopeId = fc.constantFrom(...SCOPES.map(({ id }) => id));
const roleId = fc.constantFrom<string>(ROLE_IDS.employee, ROLE_IDS.communicateUser, ROLE_IDS.masterAdmin);
const role = fc.record(
	{ roleId, divisionId: fc.constantFrom<string>(DIVISION_IDS.home, DIVISION_IDS.support, "*") },
	{ requiredKeys: ["roleId"] },
);

const common = {
	name: nonBlank,
	description: text,
	accessTokenValiditySeconds: fc.integer({ min: 300, max: 172_800 }),
	state: fc.constantFrom("active", "inactive"),
	timeouts: fc.record({ create: fc.integer({ min: 1, max: 86_400 }) }, { requiredKeys: [] }),
	deletion: fc.constantFrom("delete", "deactivate"),
	replaceOnGrantTypeChange: fc.boolean(),
};
const rotation = fc.oneof(
	fc.record({ rotateWhenChanged: fc.dictionary(text, fc.jsonValue(), { maxKeys: 3 }) }),
	fc.record({ maxAgeDays: fc.double({ min: 1, max: 3650, noNaN: true }) }),
);
const always = ["name", "authorizedGrantType"] as const;

const byRoles = fc.record(
	{
		...common,
		authorizedGrantType: fc.constant("CLIENT-CREDENTIALS"),
		roleDivisions: fc.array(role, { minLength: 1, maxLength: 5 }),
		registeredRedirectUri: fc.array(uri, { maxLength: 3 }),
		secretRotation: rotation,
		detectSecretReset: fc.boolean(),
	},
	{ requiredKeys: [...always, "roleDivisions"] },
);
const byRoleIds = fc.record(
	{
		...common,
		authorizedGrantType: fc.constant("CLIENT-CREDENTIALS"),
		roleIds: fc.array(roleId, { minLength: 1, maxLength: 5 }),
		roleDivisions: fc.constant([]),
		secretRotation: rotation,
	},
	{ requiredKeys: [...always, "roleIds"] },
);
const forUsers = fc.record(
	{
		...common,
		authorizedGrantType: fc.constantFrom("CODE", "SAML2-BEARER", "PASSWORD"),
		scope: fc.array(scopeId, { minLength: 1, maxLength: 6 }),
		registeredRedirectUri: fc.array(uri, { minLength: 1, maxLength: 4 }),
		secretRotation: rotation,
	},
	{ requiredKeys: [...always, "scope", "registeredRedirectUri"] },
);
const implicit = fc.record(
	{
		...common,
		authorizedGrantType: fc.constant("TOKEN"),
		scope: fc.array(scopeId, { minLength: 1, maxLength: 6 }),
		registeredRedirectUri: fc.array(uri, { minLength: 1, maxLength: 4 }),
	},
	{ requiredKeys: [...always, "scope", "registeredRedirectUri"] },
);

/** What a program may declare of a client, by every rule. */
export const program: Arbitrary<Properties> = fc.oneof(byRoles, byRoleIds, forUsers, implicit);

/** Two programs of a grant: one before a change, one after it. */
export const change: Arbitrary<readonly [Properties, Properties]> = fc.oneof(
	fc.tuple(byRoles, byRoles),
	fc.tuple(byRoles, byRoleIds),
	fc.tuple(byRoleIds, byRoles),
	fc.tuple(implicit, implicit),
	fc
		.tuple(forUsers, forUsers)
		.map(([before, after]) => [before, { ...after, authorizedGrantType: before.authorizedGrantType }] as const),
);

const sets = ["scope", "registeredRedirectUri", "roleDivisions", "roleIds"];

/** A program, and the same with its sets in another order and some of their elements twice. */
export const twoOrders: Arbitrary<readonly [Properties, Properties]> = program.chain((declared) => {
	const names = sets.filter((name) => Array.isArray(declared[name]));
	const others = names.map((name) => {
		const list = declared[name] as unknown[];
		return fc
			.tuple(fc.shuffledSubarray(list, { minLength: list.length }), fc.subarray(list))
			.map(([shuffled, twice]) => [name, [...shuffled, ...twice]] as const);
	});
	return fc.tuple(...others).map((lists) => [declared, { ...declared, ...Object.fromEntries(lists) }] as const);
});

/** What the API would answer for a client that was made by a program: its own echo, all defaults filled in. */
export function answerTo(inputs: Properties, home: string): OAuthClient {
	const { name, authorizedGrantType, roleDivisions = [], ...others } = inputs as unknown as OAuthClient;
	const isService = authorizedGrantType === "CLIENT-CREDENTIALS";
	const settings = Object.fromEntries(
		Object.entries(others).filter(([setting]) => settingNames.some((known) => known === setting)),
	);
	return {
		description: "",
		accessTokenValiditySeconds: 86_400,
		registeredRedirectUri: [],
		scope: [],
		roleIds: [],
		state: "active",
		...settings,
		id: "7d9a2c0e-1111-4000-8000-000000000001",
		name,
		authorizedGrantType,
		roleDivisions: isService
			? roleDivisions.map(({ roleId: id, divisionId }) => ({ roleId: id, divisionId: divisionId ?? home }))
			: [],
		dateCreated: "2026-01-15T12:00:00.000Z",
		dateModified: "2026-01-15T12:00:00.000Z",
		createdBy: { id: "u1" },
		modifiedBy: { id: "u1" },
		selfUri: "/api/v2/oauth/clients/7d9a2c0e-1111-4000-8000-000000000001",
	};
}

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { check as checkClient } from "../../provider/lifecycle/oauth-client/check";
import { check as checkPair } from "../../provider/lifecycle/rotating-oauth-client/check";
import { grantTypes } from "../../provider/lifecycle/oauth-client/arguments";
import { knownScopes } from "../../provider/api/scopes";

const file = "examples/pipeline/oauth-clients.schema.json";
// The formats of draft 7 are annotations; editors show them, and the provider's own check goes further.
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);
/** Where the file declares a kind of resource, and the provider's own check of it. */
const kinds = {
	clients: checkClient,
	pairs: checkPair,
};
type Kind = keyof typeof kinds;
const accepts = (kind: Kind, declared: object) => validate({ [kind]: { declared } });
/** What JSON Schema can't say, so that only the provider's check finds it. */
const beyondSchema =
	/^(registeredRedirectUri\[\d\] must be an absolute|secretSink names no module|secretRotation.renewBeforeDays must be less|adopt\.[ab] set either|adopt set a, b|rotation.deactivatePreviousAfterDays must be at least \S+ with|authorizedGrantType must be one with a secret|accessTokenValiditySeconds must be at most 172800 seconds \(48 hours\):)/;
const failuresOf = (kind: Kind, declared: object) =>
	kinds[kind](declared as never).failures.map(({ property, reason }) => `${property} ${reason}`);

const words = fc.constantFrom("a", "users:readonly", "", " ", "scim", 5);
const number = fc.oneof(
	fc.constantFrom(
		-1,
		0,
		0.01,
		1,
		1.5,
		90,
		299,
		300,
		365,
		366,
		3650,
		3651,
		86_400,
		86_401,
		172_800,
		38_880_000,
		38_880_001,
	),
	fc.integer(),
);
const flag = fc.constantFrom(true, false, "yes");
const role = fc.record({ roleId: words, divisionId: words, other: words }, { requiredKeys: [] });

const clientArguments = {
	name: words,
	authorizedGrantType: fc.constantFrom(...grantTypes, ...grantTypes, "code"),
	description: words,
	accessTokenValiditySeconds: number,
	registeredRedirectUri: fc.array(fc.constantFrom("https://app.example.com/", 5), { maxLength: 2 }),
	scope: fc.array(words, { maxLength: 2 }),
	roleDivisions: fc.array(role, { maxLength: 2 }),
	roleIds: fc.array(words, { maxLength: 2 }),
	state: fc.constantFrom("active", "inactive", "disabled"),
	replaceOnGrantTypeChange: flag,
	adopt: fc.record({ clientId: words, name: words, rotateSecret: flag }, { requiredKeys: [] }),
	secretRotation: fc.record(
		{ rotateWhenChanged: fc.constantFrom({ x: 1 }, {}, 5), maxAgeDays: number, renewBeforeDays: number },
		{ requiredKeys: [] },
	),
	deletionGuard: fc.record({ inUseWithinDays: number }, { requiredKeys: [] }),
	deletion: fc.constantFrom("delete", "deactivate", "keep"),
	detectSecretReset: flag,
	secretSink: fc.constantFrom("fast-check", ""),
	timeouts: fc.record({ create: number, read: number, update: number, delete: number }, { requiredKeys: [] }),
	connection: fc.record({ region: fc.constantFrom("STAGING_REGION", "staging:region", "eu-central-1") }),
	unknown: words,
};
/** Clients that are right, nearly right, and wrong in every argument. */
const client = fc.record(clientArguments, { requiredKeys: [] });
const { adopt: _adopt, secretRotation: _secretRotation, state: _state, ...shared } = clientArguments;
const adoption = fc.record({ clientId: words, name: words, rotateSecret: flag }, { requiredKeys: [] });
/** The same of pairs. */
const pair = fc.record(
	{
		...shared,
		adopt: fc.record({ a: adoption, b: adoption, c: adoption }, { requiredKeys: [] }),
		rotation: fc.record(
			{
				periodDays: number,
				startingAt: fc.constantFrom("2026-01-01", 5),
				rotateWhenChanged: fc.constantFrom({ x: 1 }, {}, 5),
				deactivatePreviousAfterDays: number,
			},
			{ requiredKeys: [] },
		),
		state: fc.constant("active"),
	},
	{ requiredKeys: [] },
);
/** What a client of a grant needs. */
const neededBy = (authorizedGrantType: string) => ({
	name: "A client",
	authorizedGrantType,
	...(authorizedGrantType === "CLIENT-CREDENTIALS"
		? { roleDivisions: [{ roleId: "a" }] }
		: { scope: ["users:readonly"], registeredRedirectUri: ["https://app.example.com/"] }),
});
/** Right but for what two arguments at most have become: so that a mistake is the only one, and many have none. */
const nearlyRight = (any: fc.Arbitrary<object>, needed: object) =>
	fc
		.tuple(fc.constantFrom(...grantTypes), any)
		.chain(([grant, changes]) =>
			fc
				.subarray(Object.entries(changes), { maxLength: 2 })
				.map((changed) =>
					Object.assign<object, object>({ ...neededBy(grant), ...needed }, Object.fromEntries(changed)),
				),
		);

test.each<[Kind, fc.Arbitrary<object>, needed: object]>([
	["clients", client, {}],
	["pairs", pair, { rotation: { periodDays: 30 } }],
])(
	"of %s the schema accepts what the provider accepts, and refuses what it refuses, but for the rules that no schema can say",
	(kind, any, needed) => {
		const seen = { accepted: 0, refused: 0 };
		fc.assert(
			fc.property(fc.oneof(nearlyRight(any, needed), any), (declared) => {
				const failures = failuresOf(kind, declared);
				if (failures.length === 0) seen.accepted += 1;
				else seen.refused += 1;
				const expected = failures.every((failure) => beyondSchema.test(failure));
				expect({ accepts: accepts(kind, declared), failures }).toEqual({ accepts: expected, failures });
			}),
			{ numRuns: 3000 },
		);
		// Neither answer is right by chance.
		expect(seen.accepted).toBeGreaterThan(300);
		expect(seen.refused).toBeGreaterThan(300);
	},
);

test("a scope that this version doesn't know is accepted, and an editor offers those that it knows", () => {
	const code = { name: "a", authorizedGrantType: "SAML2-BEARER", scope: ["brand-new:readonly"] };
	expect(accepts("clients", code)).toBe(true);
	const schema = JSON.parse(readFileSync(file, "utf8")) as {
		definitions: { scope: { anyOf: [{ enum: string[] }] } };
	};
	expect(schema.definitions.scope.anyOf[0].enum).toEqual([...knownScopes]);
});

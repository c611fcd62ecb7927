import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import { grantTypes } from "../../provider/lifecycle/oauth-client/arguments";
import { knownScopes } from "../../provider/api/scopes";

const file = "examples/pipeline/oauth-clients.schema.json";
// The formats of draft 7 are annotations; editors show them, and the provider's own check goes further.
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);
const accepts = (client: object) => validate({ clients: { client } });
/** What JSON Schema can't say, so that only the provider's check finds it. */
const beyondSchema =
	/^(registeredRedirectUri\[\d\] must be an absolute|secretSink names no module|secretRotation.renewBeforeDays must be less|accessTokenValiditySeconds must be at most 172800 seconds \(48 hours\):)/;
const failuresOf = (client: object) =>
	check(client as never).failures.map(({ property, reason }) => `${property} ${reason}`);

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

/** Clients that are right, nearly right, and wrong in every argument. */
const client = fc.record(
	{
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
const nearlyRight = fc
	.tuple(fc.constantFrom(...grantTypes), client)
	.chain(([grant, changes]) =>
		fc
			.subarray(Object.entries(changes), { maxLength: 2 })
			.map((changed) => Object.assign<object, object>(neededBy(grant), Object.fromEntries(changed))),
	);

test("the schema accepts what the provider accepts, and refuses what it refuses, but for the rules that no schema can say", () => {
	const seen = { accepted: 0, refused: 0 };
	fc.assert(
		fc.property(fc.oneof(nearlyRight, client), (declared) => {
			const failures = failuresOf(declared);
			if (failures.length === 0) seen.accepted += 1;
			else seen.refused += 1;
			const expected = failures.every((failure) => beyondSchema.test(failure));
			expect({ accepts: accepts(declared), failures }).toEqual({ accepts: expected, failures });
		}),
		{ numRuns: 5000 },
	);
	// Neither answer is right by chance.
	expect(seen.accepted).toBeGreaterThan(300);
	expect(seen.refused).toBeGreaterThan(300);
});

test("a scope that this version doesn't know is accepted, and an editor offers those that it knows", () => {
	const code = { name: "a", authorizedGrantType: "SAML2-BEARER", scope: ["brand-new:readonly"] };
	expect(accepts(code)).toBe(true);
	const schema = JSON.parse(readFileSync(file, "utf8")) as {
		definitions: { client: { properties: { scope: { items: { anyOf: [{ enum: string[] }] } } } } };
	};
	expect(schema.definitions.client.properties.scope.items.anyOf[0].enum).toEqual([...knownScopes]);
});

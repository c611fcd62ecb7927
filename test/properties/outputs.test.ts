import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import { carriedStateOf, toInputs, toOutputs, unmanagedSettingsOf } from "../../provider/lifecycle/oauth-client/state";
import type { Properties } from "../../provider/lifecycle/properties";
import { settingNames } from "../../provider/lifecycle/oauth-client/arguments";
import { clientOf } from "../../provider/lifecycle/oauth-client/settings";
import { anything, stateNames } from "./support/anything";
import { holds } from "./support/cases";

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const texts = fc.array(text, { maxLength: 3 });
const date = fc.oneof(
	fc.date().map((value) => (Number.isNaN(value.getTime()) ? "" : value.toISOString())),
	fc.constant(""),
);
const entity = fc.record({ id: text, name: text }, { requiredKeys: [] });

/** What each name holds in the rows of any version; rows may lack any of them. */
const rows: Partial<Record<(typeof stateNames)[number], Arbitrary<unknown>>> = {
	name: text,
	authorizedGrantType: fc.constantFrom("CODE", "TOKEN", "SAML2-BEARER", "PASSWORD", "CLIENT-CREDENTIALS"),
	description: text,
	accessTokenValiditySeconds: fc.integer(),
	registeredRedirectUri: texts,
	scope: texts,
	roleDivisions: fc.array(fc.record({ roleId: text, divisionId: text }, { requiredKeys: ["roleId"] }), {
		maxLength: 3,
	}),
	roleIds: texts,
	state: fc.constantFrom("active", "inactive", "disabled"),
	adopt: fc.record({ clientId: text }),
	secretRotation: fc.record(
		{ maxAgeDays: fc.double({ min: 0.01, max: 1e9 }), renewBeforeDays: fc.double() },
		{ requiredKeys: [] },
	),
	timeouts: fc.record({ create: fc.integer() }),
	clientId: text,
	clientSecret: text,
	dateCreated: date,
	dateModified: date,
	dateToDelete: date,
	createdBy: entity,
	modifiedBy: entity,
	selfUri: text,
	secretVersion: fc.integer(),
	secretRotatedAt: date,
	pendingSecretSteps: fc.subarray(["renew", "verify", "store", "renew after reset"]),
	homeDivisionId: text,
	declared: texts,
	unconfirmedSettings: fc.oneof(texts, fc.subarray([...settingNames])),
	loginClientId: text,
	adoptionId: text,
	unmanagedSettings: fc.dictionary(text, anything, { maxKeys: 3 }),
};

/** A row of state as some version wrote it: any of the names missing, and some that this version doesn't know. */
const row: Arbitrary<Properties> = fc
	.tuple(
		fc.record(rows, { requiredKeys: [] }),
		fc.dictionary(fc.string({ minLength: 30, maxLength: 32 }), anything, { maxKeys: 2 }),
	)
	.map(([known, foreign]) => JSON.parse(JSON.stringify({ ...foreign, ...known })) as Properties);

test("state of older versions becomes outputs", async () =>
	holds(
		800,
		fc.property(row, (olds) => {
			const outputs = toOutputs({ ...unmanagedSettingsOf(olds), ...clientOf(olds) }, carriedStateOf(olds));
			// What can't go over Pulumi's wire would be lost, and all the rest with it.
			expect(isDeepStrictEqual(JSON.parse(JSON.stringify(outputs)), outputs)).toBe(true);
			expect(outputs.clientSecret).toBe(olds["clientSecret"] ?? "");
			expect(outputs.pendingSecretSteps ?? []).toEqual(olds["pendingSecretSteps"] ?? []);
			expect(toInputs(outputs)).toBeTypeOf("object");
		}),
	));

import { describe, expect, test } from "vitest";
import { diff } from "../../provider/lifecycle/oauth-client/diff";
import type { SecretRotationInput } from "../../provider/lifecycle/oauth-client/inputs";
import { dueAt, fingerprintOf, rotationReason } from "../../provider/lifecycle/oauth-client/secret-rotation";
import { type Properties, unknownValue } from "../../provider/lifecycle/properties";
import { occasionAt } from "../occasion";

const day = 86_400_000;
const rotatedAt = "2026-01-15T12:00:00.000Z";
const born = Date.parse(rotatedAt);
/** The same in every run: random ones would fail now and then. */
const ids = Array.from({ length: 2000 }, (_, index) => `c11e0000-0000-4000-8000-${String(index).padStart(12, "0")}`);

/** The days from a secret's date until it is due. */
const daysUntilDue = (id: string, rotation: SecretRotationInput) =>
	((dueAt(id, rotatedAt, rotation) ?? Number.NaN) - born) / day;

describe("when a secret is due", () => {
	test("follows from client, date and rotation alone", () => {
		for (const id of ids.slice(0, 20)) {
			const first = dueAt(id, rotatedAt, { maxAgeDays: 90 });
			expect(dueAt(id, rotatedAt, { maxAgeDays: 90 })).toBe(first);
			expect(dueAt(id, "2026-01-15T13:00:00+01:00", { maxAgeDays: 90 })).toBe(first);
			expect(dueAt(id, new Date(born + day).toISOString(), { maxAgeDays: 90 })).toBe((first ?? 0) + day);
		}
	});

	test.each([
		[1, undefined],
		[7, undefined],
		[30, undefined],
		[90, undefined],
		[3650, undefined],
		[0.01, undefined],
		[90, 0],
		[90, 30],
		[90, 89.99],
		[30, 29],
	])(
		"with maxAgeDays %d and renewBeforeDays %s is before the renewal time and never before the secret was made",
		(maxAgeDays, renewBeforeDays) => {
			const renewal = renewBeforeDays ?? maxAgeDays / 10;
			for (const id of ids) {
				const due = daysUntilDue(id, { maxAgeDays, ...(renewBeforeDays === undefined ? {} : { renewBeforeDays }) });
				expect(due).toBeLessThanOrEqual(maxAgeDays - renewal);
				expect(due).toBeGreaterThanOrEqual(Math.max((maxAgeDays - renewal) / 2, maxAgeDays * 0.8 - renewal) - 1e-6);
			}
		},
	);

	test("is spread: of fifty clients made together no day gets more than a handful", () => {
		for (let round = 0; round < 40; round += 1) {
			const fifty = ids.slice(round * 50, round * 50 + 50);
			const byDay = Map.groupBy(fifty, (id) => Math.floor(daysUntilDue(id, { maxAgeDays: 90 })));
			expect(byDay.size).toBeGreaterThanOrEqual(12);
			expect(Math.max(...[...byDay.values()].map(({ length }) => length))).toBeLessThanOrEqual(11);
		}
	});

	test("is spread evenly over the spread's whole length", () => {
		const shares = ids.map((id) => (81 - daysUntilDue(id, { maxAgeDays: 90 })) / 18);
		const tenths = Array.from({ length: 10 }, (_, tenth) => shares.filter((x) => Math.floor(x * 10) === tenth).length);
		expect(tenths.reduce((a, b) => a + b)).toBe(ids.length);
		for (const count of tenths) expect(count).toBeGreaterThan(ids.length / 20);
	});

	test.each([undefined, "", "yesterday", "2026-13-45", "NaN"])("isn't known of a secret whose date is %j", (date) => {
		expect(dueAt("c", date, { maxAgeDays: 90 })).toBeUndefined();
	});

	test.each<[string, unknown]>([
		["nothing", {}],
		["values alone", { rotateWhenChanged: { a: 1 } }],
		["an age that isn't known yet", { maxAgeDays: unknownValue }],
		["a renewal that isn't known yet", { maxAgeDays: 90, renewBeforeDays: unknownValue }],
		["an age that is no number", { maxAgeDays: Number.NaN }],
		["an age of another kind", { maxAgeDays: {} }],
	])("isn't known with %s", (_, rotation) => {
		expect(dueAt("c", rotatedAt, rotation as SecretRotationInput)).toBeUndefined();
	});
});

const state: Properties = {
	clientId: "c1",
	name: "n",
	authorizedGrantType: "CODE",
	scope: ["users"],
	state: "active",
	secretRotatedAt: rotatedAt,
	clientSecret: "s",
	secretVersion: 1,
};
const program: Properties = { name: "n", authorizedGrantType: "CODE", scope: ["users"] };
const reason = (olds: Properties, news: Properties, now = born) =>
	rotationReason({ ...state, ...olds }, { ...program, ...news }, occasionAt(now));
const turn = (value: unknown) => ({ secretRotation: { rotateWhenChanged: value } });

describe("why a secret is renewed", () => {
	test("a value that changes, and nothing else that is said with it", () => {
		expect(reason(turn({ a: 1 }), turn({ a: 2 }))).toBe("rotateWhenChanged has changed (a)");
		expect(reason(turn({ a: 1 }), turn({ a: 1, b: undefined }))).toBeUndefined();
		expect(reason(turn({ a: 1, b: { c: 1, d: 2 } }), turn({ b: { d: 2, c: 1 }, a: 1 }))).toBeUndefined();
		expect(reason(turn({ a: 1 }), turn({ a: "1" }))).toBeDefined();
		expect(reason(turn({ a: 1 }), turn({}))).toBeDefined();
		expect(reason(turn({ a: 1, b: 2 }), turn({ b: 3, c: 4, a: 1 }))).toBe("rotateWhenChanged has changed (b, c)");
		// In a preview the values may not be known yet: that decides nothing.
		expect(reason(turn({ a: 1 }), turn(unknownValue))).toBeUndefined();
		expect(reason(turn({ a: 1 }), turn({ a: unknownValue }))).toBeUndefined();
	});

	test("not a value that is said for the first time, or no longer", () => {
		expect(reason({}, turn({ a: 1 }))).toBeUndefined();
		expect(reason({ secretRotation: { maxAgeDays: 90 } }, turn({ a: 1 }))).toBeUndefined();
		expect(reason(turn({ a: 1 }), {})).toBeUndefined();
		expect(reason(turn({ a: 1 }), { secretRotation: { maxAgeDays: 90 } })).toBeUndefined();
	});

	test("age: at the moment it is due, not a millisecond earlier, and told in words", () => {
		const secretRotation = { maxAgeDays: 90, renewBeforeDays: 20 };
		const due = dueAt("c1", rotatedAt, secretRotation) ?? 0;
		expect(reason({}, { secretRotation }, due - 1)).toBeUndefined();
		expect(reason({}, { secretRotation }, due)).toMatch(
			/^it is \d+ days old and was due on 2026-\d\d-\d\d \(maxAgeDays: 90\)$/,
		);
	});

	test("never anything about a client of a grant that has no secret", () => {
		const olds = { ...turn({ a: 1 }), pendingSecretSteps: ["renew"] };
		expect(reason(olds, { ...turn({ a: 2 }), authorizedGrantType: "TOKEN" }, born + 9999 * day)).toBeUndefined();
	});

	test.each([null, 5, "x", [null], {}, [["renew"]]])(
		"state that says %j is left to do says nothing",
		(pendingSecretSteps) => {
			expect(reason({ pendingSecretSteps }, {})).toBeUndefined();
		},
	);
});

test("a rotation that isn't known yet hides no replacement from a preview", () => {
	const news = { ...program, authorizedGrantType: "SAML2-BEARER", secretRotation: { maxAgeDays: unknownValue } };
	expect(diff("id", state, news, occasionAt(born)).replaces).toEqual(["authorizedGrantType"]);
});

test("a fingerprint shows whether two secrets are the same, and nothing of them", () => {
	expect(fingerprintOf("")).toBe("");
	expect(fingerprintOf("one")).toMatch(/^[\da-f]{12}$/);
	expect(fingerprintOf("one")).toBe(fingerprintOf("one"));
	expect(fingerprintOf("one")).not.toBe(fingerprintOf("two"));
});

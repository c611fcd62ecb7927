import { describe, expect, test } from "vitest";
import { knownScopes, scopeWarning } from "../../provider/api/scopes";
import { SCOPES } from "../../simulator";

describe("knownScopes", () => {
	test("are 135, ordered, each once", () => {
		expect(knownScopes).toHaveLength(135);
		expect([...new Set(knownScopes)].toSorted()).toEqual(knownScopes);
	});

	// Two lists on purpose: the simulator stands for the vendor, and a warning tested against its own list would prove nothing.
	test("are those of the simulated organization", () => {
		expect(SCOPES.map(({ id }) => id).toSorted()).toEqual(knownScopes);
	});

	test("have the vendor's pairs: what can be written can be read, except for seven", () => {
		const ids: ReadonlySet<string> = new Set(knownScopes);
		const alone = knownScopes.filter(
			(id) => !ids.has(id.endsWith(":readonly") ? id.replace(/:readonly$/, "") : `${id}:readonly`),
		);
		expect(alone).toEqual([
			"all",
			"audits:readonly",
			"data-extensions",
			"notifications",
			"search:readonly",
			"upload",
			"user-basic-info",
		]);
	});
});

describe("scopeWarning", () => {
	test.each([...knownScopes])("says nothing of %s", (id) => {
		expect(scopeWarning(id)).toBeUndefined();
	});

	test.each([
		["user:readonly", "users:readonly"],
		["users:read-only", "users:readonly"],
		["Users", "users"],
		["user", "users"],
		["routing.readonly", "routing:readonly"],
		["conversation", "conversations"],
		["analytic:readonly", "analytics:readonly"],
		["userbasicinfo", "user-basic-info"],
		["dataextensions", "data-extensions"],
		["workforcemanagement:readonly", "workforce-management:readonly"],
	])("of %s asks whether %s was meant", (id, guess) => {
		expect(scopeWarning(id)).toBe(
			`scope "${id}" is unknown to this version of pulumi-genesyscloud-oauth: did you mean "${guess}"?`,
		);
	});

	test.each(["quantum-teleportation", "zz", ""])("of %j, which nothing is like, says how to find out", (id) => {
		expect(scopeWarning(id)).toContain(`scope "${id}" is unknown to this version of pulumi-genesyscloud-oauth`);
		expect(scopeWarning(id)).toContain("getOAuthScopes");
		expect(scopeWarning(id)).not.toContain("did you mean");
	});
});

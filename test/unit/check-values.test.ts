import { describe, expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import type { Properties } from "../../provider/lifecycle/properties";
import { failuresOf, service, unknownValue, webApp } from "./check-program";

describe("values that aren't known yet", () => {
	const settings = [
		"name",
		"authorizedGrantType",
		"description",
		"accessTokenValiditySeconds",
		"registeredRedirectUri",
		"scope",
		"roleDivisions",
		"roleIds",
		"state",
		"replaceOnGrantTypeChange",
		"adopt",
		"secretRotation",
		"deletionGuard",
		"deletion",
		"detectSecretReset",
		"secretSink",
		"timeouts",
		"connection",
	];
	test.each(settings)("%s breaks no rule", (name) => {
		for (const program of [service, webApp]) expect(failuresOf({ ...program, [name]: unknownValue })).toEqual({});
	});

	test.each<[string, Properties]>([
		["an element of scope", { ...webApp, scope: [unknownValue] }],
		["a redirect URI", { ...webApp, registeredRedirectUri: ["https://a.example.com", unknownValue] }],
		["a role", { ...service, roleDivisions: [unknownValue] }],
		["the id of a role", { ...service, roleDivisions: [{ roleId: unknownValue, divisionId: unknownValue }] }],
		[
			"both lists of roles: either may turn out empty",
			{ ...service, roleDivisions: unknownValue, roleIds: unknownValue },
		],
		["a long token, its scopes not known", { ...webApp, scope: unknownValue, accessTokenValiditySeconds: 200_000 }],
		["everything", Object.fromEntries(settings.map((name) => [name, unknownValue]))],
	])("%s breaks no rule", (_, program) => {
		expect(failuresOf(program)).toEqual({});
	});

	test("known values beside them are checked", () => {
		const program = { ...service, roleDivisions: [{ roleId: unknownValue }, { roleId: "" }], name: unknownValue };
		expect(Object.keys(failuresOf(program))).toEqual(["roleDivisions[1].roleId"]);
	});

	test("a list keeps its length while elements aren't known", () => {
		const roleDivisions = [{ roleId: unknownValue }, { roleId: unknownValue }, { roleId: "a" }];
		expect(check({ ...service, roleDivisions }).inputs["roleDivisions"]).toHaveLength(3);
	});
});

describe("what comes back", () => {
	test("null and undefined are absent, also inside a role", () => {
		const given = {
			...service,
			description: null,
			scope: undefined,
			roleDivisions: [{ roleId: "r1", divisionId: null }],
		};
		expect(check(given)).toEqual({ inputs: service, failures: [] });
		expect(Object.keys(check(given).inputs)).not.toContain("scope");
	});

	test("sets are sorted and hold nothing twice; what was given isn't changed", () => {
		const given = {
			...webApp,
			scope: ["users", "routing", "users"],
			registeredRedirectUri: ["https://b.example.com", "https://a.example.com"],
		};
		const before = structuredClone(given);
		expect(check(given).inputs).toMatchObject({
			scope: ["routing", "users"],
			registeredRedirectUri: ["https://a.example.com", "https://b.example.com"],
		});
		expect(given).toEqual(before);
		const roles = [
			{ roleId: "b" },
			{ roleId: "a", divisionId: "2" },
			{ roleId: "a", divisionId: "1" },
			{ roleId: "b" },
		];
		expect(check({ ...service, roleDivisions: roles }).inputs["roleDivisions"]).toEqual([
			{ roleId: "a", divisionId: "1" },
			{ roleId: "a", divisionId: "2" },
			{ roleId: "b" },
		]);
	});

	test("the order of the names within a role means nothing", () => {
		const one = check({
			...service,
			roleDivisions: [
				{ roleId: "a", divisionId: "d" },
				{ roleId: "b", divisionId: "c" },
			],
		});
		const other = check({
			...service,
			roleDivisions: [
				{ divisionId: "c", roleId: "b" },
				{ divisionId: "d", roleId: "a" },
			],
		});
		expect(other.inputs).toEqual(one.inputs);
		const twice = [
			{ roleId: "a", divisionId: "d" },
			{ divisionId: "d", roleId: "a" },
		];
		expect(check({ ...service, roleDivisions: twice }).inputs["roleDivisions"]).toHaveLength(1);
	});

	test("defaults aren't filled in: state shows what the program said", () => {
		expect(check(service).inputs).toEqual(service);
	});
});

test("no reason repeats a value: it may be a secret", () => {
	const hidden = "hunter2 Zq8-secret";
	const names = Object.keys({ ...service, ...webApp });
	const wrong = [hidden, [hidden, 5], { [hidden]: hidden }, [{ roleId: 1, divisionId: { x: hidden } }], [[hidden]]];
	for (const program of [service, webApp]) {
		for (const name of [...names, "scopes", "state", "adopt", "accessTokenValiditySeconds", "roleIds"]) {
			for (const value of wrong) {
				for (const { reason } of check({ ...program, [name]: value }).failures) {
					expect(reason).not.toContain("hunter2");
					expect(reason).not.toContain("\n");
				}
			}
		}
	}
});

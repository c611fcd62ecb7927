import { describe, expect, test } from "vitest";
import { advise, check } from "../../provider/lifecycle/oauth-client/check";
import type { Properties } from "../../provider/lifecycle/properties";
import { failuresOf, service, unknownValue, webApp } from "./check-program";

describe("what is right passes", () => {
	test.each<[string, Properties]>([
		["a service", service],
		["a web app", webApp],
		["an implicit app", { ...webApp, authorizedGrantType: "TOKEN" }],
		["a web app without a redirect, as the API takes it", { ...webApp, registeredRedirectUri: [] }],
		["SAML without a redirect", { name: "n", authorizedGrantType: "SAML2-BEARER", scope: ["users"] }],
		["a password client without a redirect", { name: "n", authorizedGrantType: "PASSWORD", scope: ["users"] }],
		["a service by roleIds", { name: "n", authorizedGrantType: "CLIENT-CREDENTIALS", roleIds: ["r1"] }],
		[
			"a service with a redirect, as the API takes it",
			{ ...service, registeredRedirectUri: ["https://a.example.com"] },
		],
		["the shortest token", { ...webApp, accessTokenValiditySeconds: 300 }],
		["the longest token", { ...webApp, accessTokenValiditySeconds: 172_800 }],
		["the longest token of a SCIM integration", { ...service, accessTokenValiditySeconds: 38_880_000 }],
		["a long token with the scope scim", { ...webApp, scope: ["scim"], accessTokenValiditySeconds: 38_880_000 }],
		["inactive", { ...webApp, state: "inactive" }],
		["a scheme of its own", { ...webApp, registeredRedirectUri: ["com.example.app:/callback"] }],
		["a redirect to this machine", { ...webApp, registeredRedirectUri: ["http://localhost:3000/cb"] }],
		["all divisions", { ...service, roleDivisions: [{ roleId: "r1", divisionId: "*" }] }],
		["in place", { ...webApp, replaceOnGrantTypeChange: false }],
		["empty lists that mean nothing", { ...service, scope: [], roleIds: [] }],
	])("%s", (_, program) => {
		expect(check(program).failures).toEqual([]);
	});
});

describe("what is right and probably a mistake is advised against", () => {
	const advice = "has no registeredRedirectUri: applications with the grant type CODE usually need one";
	const ending =
		"has the grant type TOKEN. Genesys Cloud is ending this grant: new clients can't be created since March or May 2026, and existing ones stop working in March or May 2027 (its community and its help name different months). Move the application to CODE with PKCE";
	test.each<[string, Properties, string[]]>([
		["CODE without a redirect", { ...webApp, registeredRedirectUri: [] }, [advice]],
		["CODE with a redirect", webApp, []],
		["CODE with redirects that aren't known yet", { ...webApp, registeredRedirectUri: unknownValue }, []],
		["a grant that isn't known yet", { ...webApp, authorizedGrantType: unknownValue, registeredRedirectUri: [] }, []],
		["a service without a redirect", service, []],
		["the grant TOKEN", { ...webApp, authorizedGrantType: "TOKEN" }, [ending]],
	])("%s", (_, program, expected) => {
		expect(advise(program)).toEqual(expected);
	});
});

describe("what is wrong is told, with its property", () => {
	test.each<[string, Properties, string, RegExp]>([
		["no name", { ...webApp, name: undefined }, "name", /^is required$/],
		["an empty name", { ...webApp, name: "" }, "name", /must not be empty/],
		["a blank name", { ...webApp, name: " \t" }, "name", /must not be empty/],
		["a name that isn't text", { ...webApp, name: 5 }, "name", /must be a string/],
		["no grant", { ...webApp, authorizedGrantType: undefined }, "authorizedGrantType", /is required/],
		["an unknown grant", { ...webApp, authorizedGrantType: "MAGIC" }, "authorizedGrantType", /one of CODE, TOKEN/],
		[
			"a misspelt grant",
			{ ...service, authorizedGrantType: "CLIENT_CREDENTIALS" },
			"authorizedGrantType",
			/did you mean CLIENT-CREDENTIALS\?/,
		],
		["a service without roles", { ...service, roleDivisions: undefined }, "roleDivisions", /at least one role/],
		["a service with no role in its list", { ...service, roleDivisions: [] }, "roleDivisions", /at least one role/],
		["a service with both lists", { ...service, roleIds: ["r1"] }, "roleIds", /not both/],
		["a service with scopes", { ...service, scope: ["users"] }, "scope", /no effect/],
		["CODE without scope", { ...webApp, scope: undefined }, "scope", /at least one scope/],
		["SAML without scope", { name: "n", authorizedGrantType: "SAML2-BEARER" }, "scope", /at least one scope/],
		["CODE with roles", { ...webApp, roleDivisions: [{ roleId: "r" }] }, "roleDivisions", /CLIENT-CREDENTIALS only/],
		["CODE with role ids", { ...webApp, roleIds: ["r"] }, "roleIds", /CLIENT-CREDENTIALS only/],
		["a path as redirect", { ...webApp, registeredRedirectUri: ["/cb"] }, "registeredRedirectUri[0]", /absolute/],
		["a bare host", { ...webApp, registeredRedirectUri: ["app.example.com"] }, "registeredRedirectUri[0]", /absolute/],
		[
			"a host and port",
			{ ...webApp, registeredRedirectUri: ["localhost:3000/cb"] },
			"registeredRedirectUri[0]",
			/absolute/,
		],
		[
			"a redirect with a space",
			{ ...webApp, registeredRedirectUri: ["https://a b/"] },
			"registeredRedirectUri[0]",
			/absolute/,
		],
		[
			"one redirect as text",
			{ ...webApp, registeredRedirectUri: "https://a.example.com" },
			"registeredRedirectUri",
			/a list/,
		],
		["too short", { ...webApp, accessTokenValiditySeconds: 299 }, "accessTokenValiditySeconds", /at least 300/],
		["too long", { ...webApp, accessTokenValiditySeconds: 172_801 }, "accessTokenValiditySeconds", /at most 172800/],
		[
			"too long for SCIM",
			{ ...service, accessTokenValiditySeconds: 38_880_001 },
			"accessTokenValiditySeconds",
			/38880000/,
		],
		["a part of a second", { ...webApp, accessTokenValiditySeconds: 300.5 }, "accessTokenValiditySeconds", /whole/],
		["seconds as text", { ...webApp, accessTokenValiditySeconds: "3600" }, "accessTokenValiditySeconds", /a number/],
		["NaN", { ...webApp, accessTokenValiditySeconds: Number.NaN }, "accessTokenValiditySeconds", /a number/],
		["disabled", { ...webApp, state: "disabled" }, "state", /support/],
		[
			"what only Genesys Cloud says",
			{ ...webApp, dateToDelete: "2027-01-31T00:00:00Z" },
			"dateToDelete",
			/not an argument/,
		],
		[
			"a role without id",
			{ ...service, roleDivisions: [{ divisionId: "d" }] },
			"roleDivisions[0].roleId",
			/is required/,
		],
		["a role that is text", { ...service, roleDivisions: ["r1"] }, "roleDivisions[0]", /object with roleId/],
		[
			"an empty division",
			{ ...service, roleDivisions: [{ roleId: "r", divisionId: "" }] },
			"roleDivisions[0].divisionId",
			/empty/,
		],
		[
			"more in a role",
			{ ...service, roleDivisions: [{ roleId: "r", scope: "x" }] },
			"roleDivisions[0].scope",
			/is not a property of roleDivisions/,
		],
		["an empty scope", { ...webApp, scope: ["users", ""] }, "scope[1]", /must not be empty/],
		[
			"a switch that is text",
			{ ...webApp, replaceOnGrantTypeChange: "no" },
			"replaceOnGrantTypeChange",
			/true or false/,
		],
	])("%s", (_, program, property, reason) => {
		const failures = failuresOf(program);
		expect(Object.keys(failures)).toEqual([property]);
		expect(failures[property]).toMatch(reason);
	});

	test("all failures at once, each once", () => {
		const { failures } = check({
			authorizedGrantType: "CODE",
			registeredRedirectUri: ["/one", "https://fine.example.com", "two"],
			accessTokenValiditySeconds: 1,
			state: "gone",
			roleIds: ["r"],
			scopes: ["users"],
			redirect: "x",
		});
		const properties = failures.map(({ property }) => property);
		expect(properties.toSorted()).toEqual([
			"accessTokenValiditySeconds",
			"name",
			"redirect",
			"registeredRedirectUri[0]",
			"registeredRedirectUri[2]",
			"roleIds",
			"scope",
			"scopes",
			"state",
		]);
	});
});

describe("properties that aren't arguments", () => {
	test.each([
		["scopes", "scope"],
		["nmae", "name"],
		["access_token_validity_seconds", "accessTokenValiditySeconds"],
		["authorized_grant_type", "authorizedGrantType"],
		["registered_redirect_uri", "registeredRedirectUri"],
		["registeredRedirectUris", "registeredRedirectUri"],
		["role_divisions", "roleDivisions"],
		["Description", "description"],
		["secret_rotation", "secretRotation"],
		["roles", "roleIds"],
	])("%s asks: did you mean %s?", (typo, meant) => {
		expect(failuresOf({ ...webApp, [typo]: "x" })[typo]).toContain(`did you mean ${meant}?`);
	});

	test("one like no other lists those that are", () => {
		expect(failuresOf({ ...webApp, credentialName: "x" })["credentialName"]).toContain("name, description");
	});

	test("each of several is told", () => {
		expect(Object.keys(failuresOf({ ...webApp, scopes: [], nmae: "x", constructor: "y" }))).toEqual([
			"scopes",
			"nmae",
			"constructor",
		]);
		const roleDivisions = [{ roleId: "r", role: 1, division: 2 }];
		expect(Object.keys(failuresOf({ ...service, roleDivisions }))).toEqual([
			"roleDivisions[0].role",
			"roleDivisions[0].division",
		]);
	});

	test("one whose value isn't known yet is told all the same", () => {
		expect(failuresOf({ ...webApp, scopes: unknownValue })).toHaveProperty("scopes");
	});

	test("the names of the arguments that the program gave as secrets are none, and stay in the inputs", () => {
		const secretInputs = ["name"];
		expect(check({ ...webApp, secretInputs })).toEqual({ inputs: { ...webApp, secretInputs }, failures: [] });
	});
});

import { describe, expect, test } from "vitest";
import { diff as diffWithNotices } from "../../provider/lifecycle/oauth-client/diff";
import { type Properties, unknownValue } from "../../provider/lifecycle/properties";
import { occasionAt } from "../occasion";

/** State of a service, as an update or a create leaves it. */
const service: Properties = {
	clientId: "id",
	clientSecret: "s",
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	description: "",
	accessTokenValiditySeconds: 86_400,
	registeredRedirectUri: [],
	scope: [],
	roleDivisions: [{ roleId: "r1", divisionId: "home" }],
	roleIds: [],
	state: "active",
	dateCreated: "2026-01-15T12:00:00.000Z",
	homeDivisionId: "home",
	declared: ["roleDivisions"],
};
const serviceProgram: Properties = {
	name: "CRM sync",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	roleDivisions: [{ roleId: "r1" }],
};
const webApp: Properties = {
	...service,
	authorizedGrantType: "CODE",
	roleDivisions: [],
	scope: ["routing", "users"],
	registeredRedirectUri: ["https://a.example.com", "https://b.example.com"],
};
const webAppProgram: Properties = {
	name: "CRM sync",
	authorizedGrantType: "CODE",
	scope: ["users", "routing"],
	registeredRedirectUri: ["https://b.example.com", "https://a.example.com"],
};
const now = Date.UTC(2026, 0, 16);

/** The difference as Pulumi gets it. */
function diff(olds: Properties, news: Properties) {
	const {
		notices,
		changed: _names,
		hasOtherWork: _work,
		refuse: _refuse,
		...result
	} = diffWithNotices("id", olds, news, occasionAt(now));
	if (notices.some((notice) => typeof notice !== "string")) throw new Error("a notice is no text");
	return result;
}
const unchanged = { changes: false, replaces: [] };
const changed = { ...unchanged, changes: true };

describe("what a change of the program does", () => {
	test.each<[string, Properties, Properties, Properties]>([
		["name", service, serviceProgram, { name: "Other" }],
		["description", service, serviceProgram, { description: "text" }],
		["accessTokenValiditySeconds", service, serviceProgram, { accessTokenValiditySeconds: 600 }],
		["registeredRedirectUri", webApp, webAppProgram, { registeredRedirectUri: ["https://a.example.com"] }],
		["scope", webApp, webAppProgram, { scope: ["users", "routing", "presence"] }],
		["scope, as many others", webApp, webAppProgram, { scope: ["users", "presence"] }],
		[
			"roleDivisions, another division",
			service,
			serviceProgram,
			{ roleDivisions: [{ roleId: "r1", divisionId: "d" }] },
		],
		["roleDivisions, another role", service, serviceProgram, { roleDivisions: [{ roleId: "r2" }] }],
		["roleIds for roleDivisions", service, serviceProgram, { roleDivisions: undefined, roleIds: ["r1"] }],
		["state", service, serviceProgram, { state: "inactive" }],
	])("%s: an update in place", (_, olds, program, change) => {
		expect(diff(olds, program)).toEqual(unchanged);
		expect(diff(olds, { ...program, ...change })).toEqual(changed);
	});

	test("it names the arguments that differ", () => {
		const news = { ...serviceProgram, name: "Other", description: "text", deletion: "deactivate" };
		expect(diffWithNotices("id", service, news, occasionAt(now)).changed).toEqual(["name", "description", "deletion"]);
		expect(diffWithNotices("id", service, serviceProgram, occasionAt(now)).changed).toEqual([]);
	});

	test("authorizedGrantType: a replacement, the new client first", () => {
		expect(diff(service, webAppProgram)).toEqual({
			changes: true,
			replaces: ["authorizedGrantType"],
		});
	});

	test("authorizedGrantType with replaceOnGrantTypeChange false, or not known yet: an update in place", () => {
		expect(diff(service, { ...webAppProgram, replaceOnGrantTypeChange: false })).toEqual(changed);
		expect(diff(service, { ...webAppProgram, replaceOnGrantTypeChange: unknownValue }).replaces).toEqual([]);
		expect(diff(service, { ...webAppProgram, replaceOnGrantTypeChange: true }).replaces).toEqual([
			"authorizedGrantType",
		]);
	});

	test("the switch alone changes nothing", () => {
		expect(diff(service, { ...serviceProgram, replaceOnGrantTypeChange: false })).toEqual(unchanged);
	});
});

describe("what is the same", () => {
	test.each<[string, Properties, Properties]>([
		["sets in another order", webApp, webAppProgram],
		["sets with an element twice", webApp, { ...webAppProgram, scope: ["users", "routing", "users"] }],
		[
			"a default that is spelt out",
			service,
			{ ...serviceProgram, description: "", accessTokenValiditySeconds: 86_400 },
		],
		["a role without division, and with the home division", service, serviceProgram],
		["the home division spelt out", service, { ...serviceProgram, roleDivisions: service["roleDivisions"] }],
		["role ids echoed by the API beside the divisions", { ...service, roleIds: ["r1"] }, serviceProgram],
		["scopes that the API keeps for a service", { ...service, scope: ["x"] }, serviceProgram],
		[
			"a date of deletion, which the program has no say in",
			{ ...service, dateToDelete: "2026-02-01T00:00:00Z" },
			serviceProgram,
		],
		[
			"role ids, and the divisions that the API made of them",
			{ ...service, roleIds: ["r2", "r1"] },
			{ ...serviceProgram, roleDivisions: undefined, roleIds: ["r1", "r2"] },
		],
	])("%s", (_, olds, news) => {
		expect(diff(olds, news)).toEqual(unchanged);
	});

	test("a role without division differs while the home division isn't known", () => {
		const { homeDivisionId: _, ...olds } = service;
		expect(diff(olds, serviceProgram)).toEqual(changed);
	});
});

describe("values that aren't known yet", () => {
	test.each<[string, Properties]>([
		["a name", { name: unknownValue }],
		["a list", { roleDivisions: unknownValue }],
		["a role", { roleDivisions: [unknownValue] }],
		["the id of a role", { roleDivisions: [{ roleId: unknownValue }] }],
		["an age", { secretRotation: { maxAgeDays: unknownValue } }],
	])("%s is a change", (_, change) => {
		expect(diff(service, { ...serviceProgram, ...change })).toEqual(changed);
	});
});

describe("state of any age and shape", () => {
	test("a part-made client is finished, not replaced", () => {
		expect(diff({ clientId: "id", clientSecret: "s", declared: [] }, serviceProgram)).toEqual(changed);
		expect(diff({}, webAppProgram)).toEqual(changed);
	});

	test("with the two sides swapped, as a refresh has them, nothing fails", () => {
		expect(diff(serviceProgram, service)).toMatchObject({ changes: expect.any(Boolean), replaces: [] });
		expect(diff(webAppProgram, service).replaces).toEqual(["authorizedGrantType"]);
		expect(diff(service, {})).toMatchObject({ changes: true, replaces: [] });
	});

	test("no garbage makes it throw, and the answer is always explicit", () => {
		const odd = [
			undefined,
			null,
			0,
			"",
			"text",
			true,
			[],
			[null],
			[[]],
			{},
			{ roleId: null },
			[{ roleId: {} }],
			Number.NaN,
		];
		const names = [...Object.keys(service), "replaceOnGrantTypeChange"];
		const wholes = [null, undefined, 5, "text", [], {}] as unknown as Properties[];
		const answers = [
			...wholes.flatMap((a) => wholes.map((b) => diff(a, b))),
			...names.flatMap((name) =>
				odd.flatMap((value) => [
					diff({ ...service, [name]: value }, serviceProgram),
					diff(service, { ...serviceProgram, [name]: value }),
					diff({ ...webApp, [name]: value }, { ...webAppProgram, [name]: value }),
				]),
			),
		];
		for (const answer of answers) {
			expect(typeof answer.changes).toBe("boolean");
			expect(Array.isArray(answer.replaces)).toBe(true);
			expect(answer.changes || answer.replaces.length === 0).toBe(true);
		}
	});
});

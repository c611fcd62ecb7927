import { describe, expect, test } from "vitest";
import { check } from "../../provider/lifecycle/oauth-client/check";
import type { Properties } from "../../provider/lifecycle/properties";
import { failuresOf, service, unknownValue, webApp } from "./check-program";

describe("options that are right pass", () => {
	test.each<[string, Properties]>([
		["adoption by id", { ...webApp, adopt: { clientId: "c1" } }],
		["adoption by name, with a new secret", { ...webApp, adopt: { name: "n", rotateSecret: true } }],
		[
			"rotation by values of any shape",
			{ ...webApp, secretRotation: { rotateWhenChanged: { a: 1, b: [{}], c: null } } },
		],
		["rotation by age", { ...webApp, secretRotation: { maxAgeDays: 90 } }],
		["the shortest age", { ...webApp, secretRotation: { maxAgeDays: 0.01 } }],
		["the longest age", { ...webApp, secretRotation: { maxAgeDays: 3650, renewBeforeDays: 0 } }],
		[
			"a renewal just after the secret was made",
			{ ...webApp, secretRotation: { maxAgeDays: 90, renewBeforeDays: 89.99 } },
		],
		["the shortest guard", { ...webApp, deletionGuard: { inUseWithinDays: 1 } }],
		["the longest guard", { ...webApp, deletionGuard: { inUseWithinDays: 365 } }],
		["deactivation", { ...webApp, deletion: "deactivate" }],
		["the trial of a service's secret", { ...service, detectSecretReset: true }],
		["the trial of a web app's secret", { ...webApp, detectSecretReset: true }],
		["no trial, said aloud", { ...webApp, detectSecretReset: false }],
		["timeouts", { ...webApp, timeouts: { create: 1, read: 86_400, update: 0.5 + 1, delete: 600 } }],
		["a connection by variables", { ...webApp, connection: { region: "STAGING_REGION", accessToken: "_T0" } }],
		[
			"a connection by keys",
			{
				...webApp,
				connection: { oauthClientId: "staging:id", oauthClientSecret: "staging:secret", region: "a.b:c-d" },
			},
		],
		["a sink that is a package", { ...webApp, secretSink: "got" }],
		["a sink that is a file", { ...webApp, secretSink: "./test/unit/check-program.ts" }],
	])("%s", (_, program) => {
		expect(check(program).failures).toEqual([]);
	});
});

describe("options that are wrong are told, with their place and without their value", () => {
	const hidden = "Zq8-very-secret-value";
	test.each<[string, Properties, string, RegExp]>([
		["adoption of nothing", { adopt: {} }, "adopt", /set either clientId or name/],
		["adoption of two", { adopt: { clientId: "c", name: "n" } }, "adopt", /set either clientId or name/],
		["adoption that is text", { adopt: "c1" }, "adopt", /must be an object/],
		["adoption by an empty name", { adopt: { name: " " } }, "adopt.name", /must not be empty/],
		[
			"adoption with a secret read from a file",
			{ adopt: { clientId: "c", clientSecret: "a-secret\n" } },
			"adopt.clientSecret",
			/^contains a line break, so it can't be right: set it again without it$/,
		],
		["adoption with a typo", { adopt: { clientID: "c" } }, "adopt.clientID", /did you mean clientId/],
		[
			"adoption with a switch that is text",
			{ adopt: { clientId: "c", rotateSecret: "yes" } },
			"adopt.rotateSecret",
			/true/,
		],
		["an age of 0", { secretRotation: { maxAgeDays: 0 } }, "secretRotation.maxAgeDays", /at least 0\.01 days/],
		["an age of text", { secretRotation: { maxAgeDays: "90" } }, "secretRotation.maxAgeDays", /number of days/],
		["an age of no number", { secretRotation: { maxAgeDays: Number.NaN } }, "secretRotation.maxAgeDays", /number/],
		["an age without end", { secretRotation: { maxAgeDays: 3651 } }, "secretRotation.maxAgeDays", /at most 3650/],
		[
			"a renewal alone",
			{ secretRotation: { renewBeforeDays: 1 } },
			"secretRotation.renewBeforeDays",
			/needs maxAgeDays/,
		],
		[
			"a renewal as long as the age",
			{ secretRotation: { maxAgeDays: 30, renewBeforeDays: 30 } },
			"secretRotation.renewBeforeDays",
			/less than maxAgeDays/,
		],
		[
			"a renewal after the age",
			{ secretRotation: { maxAgeDays: 30, renewBeforeDays: -1 } },
			"secretRotation.renewBeforeDays",
			/negative/,
		],
		[
			"values that are a list",
			{ secretRotation: { rotateWhenChanged: 5 } },
			"secretRotation.rotateWhenChanged",
			/object/,
		],
		[
			"a rotation with a typo",
			{ secretRotation: { maxAgeDay: 5 } },
			"secretRotation.maxAgeDay",
			/did you mean maxAgeDays/,
		],
		["a rotation of TOKEN", { authorizedGrantType: "TOKEN", secretRotation: {} }, "secretRotation", /no secret/],
		["a sink of TOKEN", { authorizedGrantType: "TOKEN", secretSink: "got" }, "secretSink", /no secret/],
		["a guard of nothing", { deletionGuard: {} }, "deletionGuard.inUseWithinDays", /required/],
		["a guard that is a switch", { deletionGuard: true }, "deletionGuard", /must be an object/],
		[
			"a guard of a day and a half",
			{ deletionGuard: { inUseWithinDays: 1.5 } },
			"deletionGuard.inUseWithinDays",
			/whole/,
		],
		["a guard of 0 days", { deletionGuard: { inUseWithinDays: 0 } }, "deletionGuard.inUseWithinDays", /at least 1/],
		["a guard of 366 days", { deletionGuard: { inUseWithinDays: 366 } }, "deletionGuard.inUseWithinDays", /365/],
		["another deletion", { deletion: "archive" }, "deletion", /delete or deactivate/],
		["no time at all", { timeouts: { create: 0 } }, "timeouts.create", /at least 1/],
		["more than a day", { timeouts: { read: 86_401 } }, "timeouts.read", /at most 86400/],
		["a timeout in words", { timeouts: { delete: "5m" } }, "timeouts.delete", /number of seconds/],
		["a timeout of nothing known", { timeouts: { replace: 5 } }, "timeouts.replace", /not a property of timeouts/],
		[
			"a connection with a value",
			{ connection: { oauthClientSecret: hidden } },
			"connection.oauthClientSecret",
			/not a value/,
		],
		[
			"a connection with a region",
			{ connection: { region: "eu-central-1" } },
			"connection.region",
			/name of an environment/,
		],
		[
			"a connection with a URL",
			{ connection: { gatewayHost: "https://a.b" } },
			"connection.gatewayHost",
			/name of an environment/,
		],
		[
			"a connection with a clientId",
			{ connection: { clientId: "A_B" } },
			"connection.clientId",
			/not a property of connection; use one of region, oauthClientId/,
		],
		["a sink that isn't there", { secretSink: "./nowhere.js" }, "secretSink", /is not a module of the program/],
		["a sink of nothing", { secretSink: "" }, "secretSink", /is not a module of the program/],
	])("%s", (_, change, property, told) => {
		const failures = failuresOf({ ...webApp, ...change });
		expect(failures[property]).toMatch(told);
		expect(JSON.stringify(failures)).not.toContain(hidden);
	});
});

describe("parts of options that aren't known yet break no rule", () => {
	test.each<[string, Properties]>([
		["an id to adopt", { adopt: { clientId: unknownValue } }],
		["an age", { secretRotation: { maxAgeDays: unknownValue } }],
		["a renewal", { secretRotation: { maxAgeDays: 90, renewBeforeDays: unknownValue } }],
		["both", { secretRotation: { maxAgeDays: unknownValue, renewBeforeDays: unknownValue } }],
		["values", { secretRotation: { rotateWhenChanged: { a: unknownValue } } }],
		["days", { deletionGuard: { inUseWithinDays: unknownValue } }],
		["a time", { timeouts: { create: unknownValue } }],
		["a place", { connection: { region: unknownValue, accessToken: "T" } }],
	])("%s", (_, change) => {
		expect(failuresOf({ ...webApp, ...change })).toEqual({});
	});
});

test("no garbage makes check throw, and every failure has a place and one line of reason", () => {
	const odd = [
		undefined,
		null,
		0,
		-1,
		Number.NaN,
		Infinity,
		"",
		" ",
		"text",
		"__proto__",
		unknownValue,
		true,
		[],
		[null],
		[[]],
		{},
		{ a: { b: [] } },
		{ clientId: null, name: 5 },
		{ maxAgeDays: {}, renewBeforeDays: [] },
		{ inUseWithinDays: "7" },
		JSON.parse('{"__proto__":{"x":1},"constructor":5}'),
		[{ roleId: {} }],
	];
	const names = [
		...Object.keys(check({}).inputs),
		...Object.keys(webApp),
		...optionNames,
		"constructor",
		"toString",
		"x",
	];
	const programs = [
		...names.flatMap((name) =>
			odd.flatMap((value) => [
				{ ...webApp, [name]: value },
				{ ...service, [name]: value },
			]),
		),
		...odd.flatMap((value) => odd.map((other) => Object.assign({}, webApp, { adopt: value, secretRotation: other }))),
		Object.fromEntries(names.map((name) => [name, {}])),
		{},
	];
	for (const program of programs) {
		const before = JSON.stringify(program);
		for (const { property, reason } of check(program).failures) {
			expect(property).not.toBe("");
			expect(reason).toMatch(/^[^\n]{5,}$/);
		}
		expect(JSON.stringify(program)).toBe(before);
	}
});

const optionNames = [
	"adopt",
	"secretRotation",
	"deletionGuard",
	"deletion",
	"detectSecretReset",
	"timeouts",
	"connection",
	"secretSink",
];

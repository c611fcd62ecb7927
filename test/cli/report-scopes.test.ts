import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { OperationUse } from "../../cli/report/report";
import { scopesOf } from "../../cli/report/scope-map";
import { proposeScopes } from "../../cli/report/scope-proposal";
import { knownScopes } from "../../provider/api/scopes";

const call = (operation: string, requests = 10): OperationUse => {
	const [method = "", path = ""] = operation.split(" ");
	return { method, path, requests, status200: requests, status300: 0, status400: 0, status500: 0, status429: 0 };
};
const getUsers = call("GET /api/v2/users");
const patchUser = call("PATCH /api/v2/users/{userId}");
const analyticsQuery = call("POST /api/v2/analytics/queues/observations/query");

test.each<[operation: string, scopes: string[], reads: boolean]>([
	["GET /api/v2/users", ["users"], true],
	["get /api/v2/Users", ["users"], true],
	["GET api/v2/users", ["users"], true],
	["DELETE /api/v2/users/{userId}", ["users"], false],
	["GET /api/v2/users/{userId}/presences", ["presence"], true],
	["GET /api/v2/users/{userId}/presences/{sourceId}", ["presence"], true],
	["GET /api/v2/users/me", ["user-basic-info", "users"], true],
	["GET /api/v2/users/me/greetings", ["greetings"], true],
	["POST /api/v2/users/search", ["users"], true],
	["POST /api/v2/groups/search", ["groups"], false],
	["POST /api/v2/learning/rules/query", ["learning"], false],
	["POST /api/v2/analytics/conversations/details/jobs", ["analytics"], true],
	["POST /api/v2/analytics/reporting/exports", ["analytics"], false],
	["POST /api/v2/workforcemanagement/agents", ["workforce-management"], false],
	["GET /api/v2/conversations/messaging/settings", ["messaging"], true],
	["GET /api/v2/taskmanagement/workitems/{workitemId}", ["workitems"], true],
	["GET /api/v2/timezones", [], true],
])("%s needs %j", (operation, scopes, reads) => {
	const [method = "", path = ""] = operation.split(" ");
	expect(scopesOf(method, path)).toEqual({ scopes, reads });
});

test.each([
	"",
	"/api/v2/neverheardof",
	"/api/v2/carrierservices",
	"/api/v2/",
	"/oauth/token",
	"/api/v1/users",
	"users",
])("what %j needs isn't known", (path) => {
	expect(scopesOf("GET", path)).toBeUndefined();
});

test.each<[title: string, granted: string[], calls: OperationUse[], proposed: string[] | undefined]>([
	["a scope that was written with stays", ["users"], [getUsers, patchUser], undefined],
	["a scope that was only read with becomes its :readonly", ["users"], [getUsers], ["users:readonly"]],
	["a question asked by POST is reading", ["analytics"], [analyticsQuery], ["analytics:readonly"]],
	["a POST that may change something isn't", ["scripts"], [call("POST /api/v2/scripts/published")], undefined],
	["a scope that no call needed goes", ["users:readonly", "routing"], [getUsers], ["users:readonly"]],
	[
		"a scope beside its :readonly goes when it was only read with",
		["users", "users:readonly"],
		[getUsers],
		["users:readonly"],
	],
	[
		"a scope without a :readonly stays as it is",
		["upload"],
		[call("GET /api/v2/uploads/publicassets/images")],
		undefined,
	],
	["a set that fits is left alone", ["users:readonly", "analytics:readonly"], [getUsers, analyticsQuery], undefined],
	["calls that need no scope keep none", ["users"], [call("GET /api/v2/timezones")], []],
	[
		"each scope that a call may have needed stays",
		["coaching", "learning"],
		[call("PATCH /api/v2/users/development/activities/{activityId}")],
		undefined,
	],
	[
		"a scope that isn't in the table stays, the others are judged",
		["all", "users", "routing"],
		[getUsers],
		["all", "users:readonly"],
	],
	[
		"a call that isn't in the table keeps what it may have needed",
		["users", "routing"],
		[getUsers, call("GET /api/v2/neverheardof")],
		undefined,
	],
	["a call without a path does too", ["users", "routing"], [getUsers, call(" ")], undefined],
	[
		"a subscription to notifications keeps what its topics may need",
		["notifications", "users", "presence"],
		[getUsers, call("POST /api/v2/notifications/channels")],
		undefined,
	],
	["a scope granted twice is proposed once", ["routing", "users", "users"], [getUsers], ["users:readonly"]],
])("%s", (_, granted, calls, proposed) => {
	expect(proposeScopes(granted, calls).proposed).toEqual(proposed);
});

test("each verdict says what it rests on", () => {
	const calls = [call("GET /api/v2/users", 5), call("GET /api/v2/users/{userId}", 50), patchUser, analyticsQuery];
	expect(proposeScopes(["users", "analytics", "routing", "all"], calls).verdicts).toEqual([
		{ scope: "users", verdict: "used", reason: "needed by GET /api/v2/users/{userId} and 2 more" },
		{
			scope: "analytics",
			verdict: "only-read",
			reason: "only reads: POST /api/v2/analytics/queues/observations/query",
			narrower: ["analytics:readonly"],
		},
		{ scope: "routing", verdict: "no-call", reason: "no call needed it", narrower: [] },
		{ scope: "all", verdict: "cannot-tell", reason: "the calls it allows are unknown" },
	]);
});

test("a doubt about the calls leaves every scope alone", () => {
	expect(proposeScopes(["users", "routing"], [getUsers], "its usage is unknown")).toEqual({
		verdicts: [
			{ scope: "users", verdict: "cannot-tell", reason: "its usage is unknown" },
			{ scope: "routing", verdict: "cannot-tell", reason: "its usage is unknown" },
		],
	});
});

/** The scopes of an operation that some granted ones give. */
function allows(granted: readonly string[], { method, path }: OperationUse): string[] | undefined {
	const needs = scopesOf(method, path);
	return needs?.scopes.filter(
		(scope) => granted.includes(scope) || (needs.reads && granted.includes(`${scope}:readonly`)),
	);
}

test("whatever was granted and called, a proposal suffices for every call and grants nothing new", () => {
	const paths = [
		"users",
		"users/me",
		"analytics/x/query",
		"routing/queues",
		"conversations/messaging",
		"timezones",
		"neverheardof",
	];
	const anyCall = fc
		.tuple(fc.constantFrom("GET", "POST", "PUT", "DELETE"), fc.constantFrom(...paths))
		.map(([method, path]) => call(`${method} /api/v2/${path}`));
	fc.assert(
		fc.property(fc.subarray([...knownScopes]), fc.array(anyCall, { minLength: 1, maxLength: 8 }), (granted, calls) => {
			const { proposed } = proposeScopes(granted, calls);
			if (proposed === undefined) return;
			for (const scope of proposed) {
				expect(granted.some((one) => one === scope || `${one}:readonly` === scope)).toBe(true);
			}
			for (const each of calls) expect(allows(proposed, each)).toEqual(allows(granted, each));
		}),
	);
});

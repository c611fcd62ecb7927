import { expect, test } from "vitest";
import { buildReport, type ReportData } from "../../cli/report/build";
import { findingKinds, findingNames } from "../../cli/report/finding-catalog";
import type { Finding, Report } from "../../cli/report/report";
import type { StackClient } from "../../cli/stack-export";
import type { UsageOutcome } from "../../cli/report/usage";
import type { ApiUsageRow, OAuthClient } from "../../provider/api/models";

const now = Date.parse("2026-03-15T12:00:00Z");
const period = { from: "2026-02-13", to: "2026-03-14", days: 30 };
const limits = {
	unusedDays: 30,
	maxSecretAgeDays: 365,
	maxTokenSeconds: 86_400,
	nearDeletionDays: 30,
	forbiddenGrants: ["PASSWORD"],
};
const plain: OAuthClient = {
	id: "c1",
	name: "App",
	authorizedGrantType: "CLIENT-CREDENTIALS",
	accessTokenValiditySeconds: 86_400,
	state: "active",
	dateCreated: "2025-12-01T00:00:00.000Z",
};
const row = (fields: ApiUsageRow): ApiUsageRow => ({
	date: "2026-03-01T00:00:00.000Z",
	httpMethod: "GET",
	templateUri: "/api/v2/users",
	requests: 3,
	status200: 3,
	...fields,
});
const used: UsageOutcome = { rows: [row({})], complete: true };

function report(client: Partial<OAuthClient>, outcome: UsageOutcome = used, rest: Partial<ReportData> = {}): Report {
	return buildReport({
		now,
		host: "api.example.com",
		clients: [{ ...plain, ...client }],
		usage: { period, outcomes: new Map([["c1", outcome]]) },
		limits,
		...rest,
	});
}

const brief = ({ findings }: Report) =>
	findings.map(({ finding, severity, what }) => `${severity} ${finding}: ${what}`);
const none: UsageOutcome = { rows: [], complete: true };
const inStack = (fields: Partial<StackClient>): Partial<ReportData> => ({
	stacks: {
		files: [{ file: "state.json", stack: "identity/prod", clients: 1 }],
		clients: [{ clientId: "c1", project: "identity", stack: "prod", resource: "app", ...fields }],
		credentials: new Map(),
	},
});

test("a client that is used, young and managed has no finding", () => {
	expect(brief(report({}, used, inStack({})))).toEqual([]);
});

test.each<[title: string, found: Report, findings: string[]]>([
	["a client without a request is unused", report({}, none), ["medium unused: no request in 30 days"]],
	["one that was made within the period isn't", report({ dateCreated: "2026-02-13T00:00:01Z" }, none), []],
	[
		"one whose date isn't known is, and that is said",
		report({ dateCreated: "soon" }, none),
		["medium unused: no request in 30 days; its creation date is unknown"],
	],
	["an inactive one isn't: it can't be used", report({ state: "inactive" }, none), []],
	["a disabled one isn't", report({ state: "disabled" }, none), []],
	[
		"a failed query says nothing about use",
		report({}, { error: "get_oauth_client_usage_query_result failed: 500" }),
		["info usage-unknown: get_oauth_client_usage_query_result failed: 500"],
	],
	[
		"nor does a part of an answer that happens to be empty",
		report({}, { rows: [], complete: false }),
		["info usage-unknown: Genesys Cloud returned only part of the usage data: the client made at least these requests"],
	],
	[
		"a grant that Genesys Cloud ends is one",
		report({ authorizedGrantType: "TOKEN" }),
		["high ending-grant: the grant type is TOKEN"],
	],
	[
		"so is a forbidden grant",
		report({ authorizedGrantType: "PASSWORD" }),
		["high forbidden-grant: the grant type is PASSWORD"],
	],
	[
		"which grants are forbidden is for the user to say",
		report({ authorizedGrantType: "CODE" }, used, { limits: { ...limits, forbiddenGrants: ["code"] } }),
		["high forbidden-grant: the grant type is CODE"],
	],
	[
		"a secret whose stack says when it was made is too old",
		report({ dateCreated: "2020-01-01T00:00:00Z" }, used, inStack({ secretRotatedAt: "2025-03-01T00:00:00Z" })),
		["high secret-too-old: secret 379 days old, 365 allowed"],
	],
	[
		"or isn't, however old the client is",
		report({ dateCreated: "2020-01-01T00:00:00Z" }, used, inStack({ secretRotatedAt: "2026-03-01T00:00:00Z" })),
		[],
	],
	[
		"or isn't, since one of several stacks has rotated it",
		report({ dateCreated: "2020-01-01T00:00:00Z" }, used, {
			stacks: {
				files: [],
				clients: ["2025-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "2024-03-01T00:00:00Z"].map((secretRotatedAt) => ({
					clientId: "c1",
					project: "identity",
					stack: "prod",
					resource: "app",
					secretRotatedAt,
				})),
				credentials: new Map(),
			},
		}),
		[],
	],
	[
		"a deletion that is due already is near",
		report({ dateToDelete: "2026-03-10T00:00:00Z" }),
		["high near-deletion: will be deleted on 2026-03-10, today; 3 requests in 30 days"],
	],
	[
		"without a stack an old client's secret may be too old",
		report({ dateCreated: "2025-03-01T00:00:00Z" }),
		["low secret-may-be-too-old: secret up to 379 days old, 365 allowed"],
	],
	["an age of exactly the limit is allowed", report({ dateCreated: "2025-03-15T12:00:00Z" }), []],
	[
		"the implicit grant has no secret to be old",
		report({ authorizedGrantType: "TOKEN", dateCreated: "2020-01-01T00:00:00Z" }),
		["high ending-grant: the grant type is TOKEN"],
	],
	[
		"a token life above the limit is too long",
		report({ accessTokenValiditySeconds: 172_800 }),
		["medium token-life-too-long: tokens live 172,800 s, 86,400 allowed"],
	],
	[
		"a deletion ahead is near, and use makes it grave",
		report({ state: "inactive", dateToDelete: "2026-03-20T12:00:00Z" }),
		["high near-deletion: will be deleted on 2026-03-20, in 5 days; 3 requests in 30 days"],
	],
	[
		"without use it is nothing grave",
		report({ state: "inactive", dateToDelete: "2026-03-16T11:00:00Z" }, none),
		["low near-deletion: will be deleted on 2026-03-16, tomorrow; no request in 30 days"],
	],
	["a date of another form is unknown", report({ dateToDelete: "Fri, 20 Mar 2026 12:00:00 GMT" }), []],
	["a date that is none is unknown, so a secret has no age", report({ dateCreated: "1926-19-45T12:00:00Z" }), []],
	["a deletion far ahead isn't near", report({ dateToDelete: "2026-05-20T12:00:00Z" }), []],
	[
		"a client in none of the given stacks is unmanaged",
		report({}, used, inStack({ clientId: "another" })),
		["low unmanaged: in none of the given stacks"],
	],
	[
		"scopes that calls didn't need are found, with what would do",
		report({ authorizedGrantType: "CODE", scope: ["users", "routing", "all"] }),
		[
			"medium scope-unused: not needed: routing; only used to read: users; unknown, so kept: all; sufficient: all, users:readonly",
		],
	],
	[
		"not when the client is too new to tell",
		report({ authorizedGrantType: "CODE", scope: ["users", "routing"], dateCreated: "2026-03-01T00:00:00Z" }),
		[],
	],
	["scopes of a client with roles don't count", report({ scope: ["users", "routing"] }), []],
])("%s", (_, found, findings) => {
	expect(brief(found)).toEqual(findings);
});

test("without usage nothing is said about use and scopes", () => {
	const { usage: _usage, ...collected } = { now, host: "api.example.com", limits, usage: undefined };
	const found = buildReport({ ...collected, clients: [{ ...plain, authorizedGrantType: "CODE", scope: ["users"] }] });
	expect(found.findings).toEqual([]);
	expect(found).toMatchObject({ period: null, usageByDay: null, summary: { requests: null } });
	expect(found.clients[0]).toMatchObject({ usage: null, scopes: null });
});

test("a scope that may not be dropped is never proposed for dropping: an empty set asks for the client's purpose", () => {
	const found = report(
		{ authorizedGrantType: "CODE", scope: ["users"] },
		{ rows: [row({ templateUri: "/api/v2/timezones" })], complete: true },
	);
	expect(found.clients[0]?.scopes?.proposed).toEqual([]);
	expect(found.findings[0]).toMatchObject({
		what: "not needed: users; no call needed any scope",
		remedy: expect.stringContaining("it must have at least one scope"),
	});
});

test("findings come gravest first, keep their ids, and give the catalogue's reasons", () => {
	const clients = [
		{ ...plain, id: "b", name: "Beta", authorizedGrantType: "TOKEN" as const },
		{ ...plain, id: "a", name: "Alpha", accessTokenValiditySeconds: 90_000 },
		{ ...plain, id: "c", name: "Alpha", authorizedGrantType: "TOKEN" as const },
	];
	const outcomes = new Map(clients.map(({ id }) => [id, used]));
	const found = buildReport({ now, host: "h", clients, usage: { period, outcomes }, limits });
	expect(found.findings.map(({ id }) => id)).toEqual(["ending-grant:c", "ending-grant:b", "token-life-too-long:a"]);
	expect(found.findings[0]).toEqual<Finding>({
		id: "ending-grant:c",
		finding: "ending-grant",
		severity: "high",
		clientId: "c",
		clientName: "Alpha",
		dueAt: null,
		what: "the grant type is TOKEN",
		why: findingKinds["ending-grant"].why,
		remedy: "Move the application to CODE with PKCE",
	});
	expect(found.clients.map(({ id }) => id)).toEqual(["a", "c", "b"]);
	expect(found.summary).toEqual({
		clients: 3,
		byState: { active: 3, inactive: 0, disabled: 0 },
		bySeverity: { high: 2, medium: 1, low: 0, info: 0 },
		byFinding: { "ending-grant": 2, "token-life-too-long": 1 },
		requests: 9,
	});
});

test("a state that nobody knows is counted, whatever its name", () => {
	const clients = ["constructor", "__proto__", "constructor"].map((state) => Object.assign({}, plain, { state }));
	const { byState } = buildReport({ now, host: "h", clients, limits }).summary;
	expect(Object.entries(byState).slice(3)).toEqual([
		["constructor", 2],
		["__proto__", 1],
	]);
});

test("what Genesys Cloud does soonest comes before all that is as severe, with its date", () => {
	const leaving = (id: string, dateToDelete: string) => ({ ...plain, id, name: id, dateToDelete });
	const clients = [
		{ ...plain, id: "grant", name: "A", authorizedGrantType: "TOKEN" as const },
		leaving("later", "2026-03-30T00:00:00Z"),
		leaving("tomorrow", "2026-03-16T00:00:00Z"),
		leaving("idle", "2026-03-16T00:00:00Z"),
		{ ...plain, id: "long", name: "B", accessTokenValiditySeconds: 90_000 },
	];
	const outcomes = new Map(clients.map(({ id }) => [id, id === "idle" ? none : used]));
	const { findings } = buildReport({ now, host: "h", clients, usage: { period, outcomes }, limits });
	expect(findings.map(({ id, dueAt }) => [id, dueAt])).toEqual([
		["near-deletion:tomorrow", "2026-03-16T00:00:00Z"],
		["near-deletion:later", "2026-03-30T00:00:00Z"],
		["ending-grant:grant", null],
		["unused:idle", null],
		["token-life-too-long:long", null],
		["near-deletion:idle", "2026-03-16T00:00:00Z"],
	]);
});

test("a client has its redirect URIs, without a password, and who made and changed it, by name where one is known", () => {
	const clients: OAuthClient[] = [
		{
			...plain,
			registeredRedirectUri: ["https://app.example.com/a", "https://me:pass@app.example.com/b@c"],
			createdBy: { id: "u1", name: "Ada Ahrens" },
			modifiedBy: { id: "c2" },
		},
		{ ...plain, id: "c2", name: "Pulumi", createdBy: { id: "u2" } },
	];
	const found = buildReport({ now, host: "h", clients, limits });
	expect(found.clients).toMatchObject([
		{
			registeredRedirectUri: ["https://app.example.com/a", "https://[secret]@app.example.com/b@c"],
			createdBy: { id: "u1", name: "Ada Ahrens" },
			modifiedBy: { id: "c2", name: "Pulumi" },
		},
		{ registeredRedirectUri: [], createdBy: { id: "u2", name: "" }, modifiedBy: null },
	]);
});

test("usage is summed by day and operation, days without a request included, odd rows tolerated", () => {
	const rows = [
		row({ date: "2026-03-01T00:00:00.000Z", requests: 5, status200: 2, status400: 3, status429: 1 }),
		row({ date: "2026-03-01", requests: 2, status200: 2, templateUri: "/api/v2/groups" }),
		row({ date: "2026-02-13", requests: 0, status200: 0, status500: 4 }),
		{ requests: 1 },
		row({ date: "2031-01-01", requests: null as unknown as number, status200: 7 }),
	];
	const [client] = report({}, { rows, complete: true }).clients;
	expect(client?.usage?.days).toHaveLength(30);
	expect(client?.usage?.days.filter(({ requests }) => requests > 0)).toEqual([
		{ date: "2026-02-13", requests: 4, status200: 0, status300: 0, status400: 0, status500: 4, status429: 0 },
		{ date: "2026-03-01", requests: 7, status200: 4, status300: 0, status400: 3, status500: 0, status429: 1 },
	]);
	expect(client?.usage?.operations.map(({ method, path, requests }) => [method, path, requests])).toEqual([
		["GET", "/api/v2/users", 16],
		["GET", "/api/v2/groups", 2],
		["", "", 1],
	]);
	expect(client?.usage).toMatchObject({ total: { requests: 19 }, lastUsed: "2026-03-01", status: "complete" });
});

test("fields that this package doesn't know, and a secret, are in no report", () => {
	const odd = { ...plain, secret: "s3cret-value", laterField: "hidden" } as OAuthClient;
	expect(JSON.stringify(report(odd))).not.toMatch(/s3cret-value|hidden|laterField/);
});

test("a client with nothing but an id is reported", () => {
	const bare = { id: "c1" } as OAuthClient;
	const found = buildReport({ now, host: "h", clients: [bare], limits });
	expect(found.clients[0]).toMatchObject({
		id: "c1",
		name: "",
		authorizedGrantType: "",
		state: "active",
		accessTokenValiditySeconds: null,
		secret: { source: "unknown", since: null, ageDays: null },
	});
	expect(found.findings).toEqual([]);
});

test("the same things make the same report", () => {
	expect(JSON.stringify(report({}))).toBe(JSON.stringify(report({})));
});

test("every kind of finding says why it matters and what to do", () => {
	for (const name of findingNames) {
		expect(findingKinds[name].why).toMatch(/\.$/);
		expect(findingKinds[name].remedy).toMatch(/[^.]$/);
	}
});

import { expect, test } from "vitest";
import { buildReport } from "../../cli/report/build";
import { clientColumns, nextSort, orderClients } from "../../cli/report/page/browser/client-columns";
import { groupFindings } from "../../cli/report/page/browser/findings-section";
import {
	applyFilter,
	entriesOf,
	fragmentOf,
	parseView,
	type View,
	wholeReport,
} from "../../cli/report/page/browser/view";
import { pageData } from "../../cli/report/page/page-data";
import type { UsageOutcome } from "../../cli/report/usage";
import type { OAuthClient } from "../../provider/api/models";

const now = Date.parse("2026-03-15T12:00:00Z");
const clients: OAuthClient[] = [
	{
		id: "crm",
		name: "CRM sync",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		state: "inactive",
		dateCreated: "2025-01-01T00:00:00Z",
		dateToDelete: "2026-03-20T00:00:00Z",
		createdBy: { id: "u1", name: "Ada Ahrens" },
	},
	{
		id: "wallboard",
		name: "Wallboard",
		description: "On every floor",
		authorizedGrantType: "CODE",
		registeredRedirectUri: ["https://wallboard.example.com/callback"],
		dateCreated: "2026-03-01T00:00:00Z",
	},
	{ id: "widget", name: "Old widget", authorizedGrantType: "TOKEN", dateToDelete: "2026-03-16T00:00:00Z" },
	{
		id: "idle",
		name: "Idle",
		authorizedGrantType: "CODE",
		dateCreated: "2025-01-01T00:00:00Z",
		dateToDelete: "2026-03-18T00:00:00Z",
	},
];
const used = {
	rows: [{ date: "2026-03-01", httpMethod: "GET", templateUri: "/api/v2/users", requests: 3 }],
	complete: true,
};
const data = pageData(
	buildReport({
		now,
		host: "h",
		clients,
		usage: {
			period: { from: "2026-02-13", to: "2026-03-14", days: 30 },
			outcomes: new Map<string, UsageOutcome>([
				["crm", used],
				["wallboard", { error: "500" }],
				["widget", { rows: [...used.rows, ...used.rows], complete: true }],
				["idle", { rows: [], complete: true }],
			]),
		},
		stacks: {
			files: [],
			credentials: new Map(),
			clients: [
				{ clientId: "crm", project: "identity", stack: "prod", resource: "crm" },
				{ clientId: "wallboard", project: "identity", stack: "prod", resource: "board" },
			],
		},
		limits: {
			unusedDays: 30,
			maxSecretAgeDays: 90,
			maxTokenSeconds: 300,
			nearDeletionDays: 30,
			forbiddenGrants: [],
		},
	}),
);
const entries = entriesOf(data);

function left(view: Partial<View>) {
	const { clients: found, findings } = applyFilter(entries, data.findings, { ...wholeReport, ...view });
	return {
		clients: found.map(({ id }) => id),
		findings: findings.map(({ finding, client }) => `${finding} ${entries[client]?.id}`),
	};
}

test.each<[Partial<View>, string[]]>([
	[{}, ["crm", "idle", "widget", "wallboard"]],
	[{ text: " WALLboard " }, ["wallboard"]],
	[{ text: "every floor" }, ["wallboard"]],
	[{ text: "wallboard.example.com" }, ["wallboard"]],
	[{ text: "ada ahrens" }, ["crm"]],
	[{ text: "identity/prod board" }, ["wallboard"]],
	[{ grant: "CODE" }, ["idle", "wallboard"]],
	[{ state: "inactive" }, ["crm"]],
	[{ stack: "identity/prod" }, ["crm", "wallboard"]],
	[{ stack: "none" }, ["idle", "widget"]],
	[{ severity: "medium" }, ["idle"]],
	[{ finding: "unmanaged" }, ["idle", "widget"]],
	[{ finding: "near-deletion", severity: "low" }, ["idle"]],
	[{ finding: "none" }, []],
	[{ finding: "none", severity: "high" }, []],
])("the filter %j leaves the clients %j", (view, ids) => {
	expect(left(view).clients).toEqual(ids);
});

test("the same filter applies to the findings: of clients that fit, those that fit", () => {
	expect(left({ stack: "none", severity: "high" }).findings).toEqual(["near-deletion widget", "ending-grant widget"]);
	expect(left({ text: "crm" }).findings).toEqual(["near-deletion crm"]);
	expect(left({ finding: "none" }).findings).toEqual([]);
});

test("clients without a finding are found by their lack of findings", () => {
	const plain = entriesOf({ clients: data.clients, findings: data.findings.filter(({ client }) => client > 0) });
	const found = applyFilter(plain, [], { ...wholeReport, finding: "none" });
	expect(found.clients.map(({ id }) => id)).toEqual(["crm"]);
});

test("coming outages are the first group, the soonest on top; a deletion that stops nothing isn't one", () => {
	const groups = groupFindings(data.findings).map(({ title, kinds, findings }) => [
		title,
		kinds,
		findings.map(({ client }) => entries[client]?.id),
	]);
	expect(groups).toEqual([
		["Coming outages", ["near-deletion"], ["widget", "crm"]],
		["Grant that ends", ["ending-grant"], ["widget"]],
		["Near deletion", ["near-deletion"], ["idle"]],
		["Unused", ["unused"], ["idle"]],
		["Secret may be too old", ["secret-may-be-too-old"], ["idle"]],
		["Not managed by a given stack", ["unmanaged"], ["idle", "widget"]],
		["Usage unknown", ["usage-unknown"], ["wallboard"]],
	]);
});

test("the address holds the view, foreign text included, and nothing of the whole report", () => {
	const view = { ...wholeReport, text: "a=b&c#d é", severity: "high", sort: "-requests", client: "crm" };
	expect(parseView(fragmentOf(view))).toEqual(view);
	expect(fragmentOf(wholeReport)).toBe("");
	expect(parseView("#findings")).toEqual(wholeReport);
	expect(parseView("#__proto__=x&severity=low")).toEqual({ ...wholeReport, severity: "low" });
});

test("clients are ordered by any column, and those whose value is unknown come last in either direction", () => {
	const column = clientColumns(data).find(({ sort }) => sort === "requests")!;
	const ids = (isDescending: boolean) => orderClients(entries, column, isDescending).map(({ id }) => id);
	expect(ids(true)).toEqual(["widget", "crm", "idle", "wallboard"]);
	expect(ids(false)).toEqual(["idle", "crm", "widget", "wallboard"]);
	for (const each of clientColumns(data)) expect(orderClients(entries, each, false)).toHaveLength(4);
});

test("a column's first choice orders numbers and findings descending, words ascending; the next one turns it", () => {
	const columns = new Map(clientColumns(data).map((column) => [column.sort, column]));
	expect(nextSort(columns.get("requests")!, "name")).toBe("-requests");
	expect(nextSort(columns.get("requests")!, "-requests")).toBe("requests");
	expect(nextSort(columns.get("findings")!, "name")).toBe("-findings");
	expect(nextSort(columns.get("grant")!, "name")).toBe("grant");
	expect(nextSort(columns.get("name")!, "name")).toBe("-name");
});

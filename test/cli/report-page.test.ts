import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { buildReport } from "../../cli/report/build";
import { renderPage } from "../../cli/report/page/page";
import { packDays, type PageData, pageData, scriptJson, unpackDays } from "../../cli/report/page/page-data";
import { pageStyle } from "../../cli/report/page/page-style";
import type { OAuthClient } from "../../provider/api/models";

const now = Date.parse("2026-03-15T12:00:00Z");
const hostile = "</script><script>alert(1)</script><!-- \" ' onload=x `${1}` ]]>";
const client: OAuthClient = {
	id: hostile,
	name: hostile,
	description: hostile,
	authorizedGrantType: hostile as "CODE",
	state: hostile as "active",
	scope: [hostile],
	registeredRedirectUri: [hostile],
	roleDivisions: [{ roleId: hostile, divisionId: hostile }],
	createdBy: { id: hostile, name: hostile },
	dateCreated: "2025-01-01T00:00:00Z",
};
const report = buildReport({
	now,
	host: hostile,
	clients: [client],
	usage: {
		period: { from: "2026-02-13", to: "2026-03-14", days: 30 },
		outcomes: new Map([
			[
				hostile,
				{
					rows: [{ date: "2026-03-01", httpMethod: hostile, templateUri: hostile, requests: 3 }],
					complete: true,
				},
			],
		]),
	},
	stacks: {
		files: [{ file: hostile, stack: hostile, clients: 1 }],
		clients: [{ clientId: hostile, project: hostile, stack: hostile, resource: hostile }],
		credentials: new Map(),
	},
	limits: {
		unusedDays: 30,
		maxSecretAgeDays: 30,
		maxTokenSeconds: 300,
		nearDeletionDays: 30,
		forbiddenGrants: [hostile],
	},
});
const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const assets = { styles: ["a{}", "b{}"], scripts: ["one()", "two()"] };

test("no text of the organization's becomes markup, wherever it stands", async () => {
	const page = await renderPage(report, assets);
	expect(page).not.toContain(hostile);
	expect(page.match(/<script\b/g)).toHaveLength(3);
	expect(page).not.toContain("<!--");
	expect(page.split("alert(1)").length).toBeGreaterThan(15);
});

test("the page's policy allows its own styles and scripts, by their hashes, and nothing else", async () => {
	const page = await renderPage(report, assets);
	const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
	expect(policy.replaceAll("&#39;", "'")).toBe(
		`default-src 'none'; script-src ${hash("one()")} ${hash("two()")}; style-src ${hash("a{}")} ${hash("b{}")}; base-uri 'none'; form-action 'none'`,
	);
	for (const script of assets.scripts) expect(page).toContain(`<script>${script}</script>`);
	for (const style of assets.styles) expect(page).toContain(`<style>${style}</style>`);
});

test("the page refers to nothing but itself", async () => {
	const page = await renderPage(report, assets);
	const targets = [...page.matchAll(/\b(?:href|src|action|data|poster|srcset)\s*=\s*"([^"]*)"/g)].map(
		([, target]) => target,
	);
	expect(targets).toEqual(["#findings"]);
	expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|@import|url\(/i);
});

test("the same report makes the same page", async () => {
	expect(await renderPage(report, assets)).toBe(await renderPage(report, assets));
});

test("the page's data has all that the report says, each fact once", () => {
	const data = JSON.parse(scriptJson(pageData(report))) as PageData;
	const [only] = report.clients;
	expect(data.clients[0]).toMatchObject({
		id: hostile,
		registeredRedirectUri: [hostile],
		createdBy: { id: hostile, name: hostile },
		secret: only?.secret,
		scopes: only?.scopes,
		usage: { total: only?.usage?.total, operations: [[0, 3, 0]], others: { operations: 0, requests: 0 } },
	});
	expect(data.operations).toEqual([`${hostile} ${hostile}`]);
	expect(unpackDays(data.days, data.clients[0]?.usage?.days ?? {})).toEqual(only?.usage?.days);
	expect(data.findings.map(({ finding, what }) => [finding, what])).toEqual(
		report.findings.map(({ finding, what }) => [finding, what]),
	);
});

test("days in columns are the same days again, whatever the counts", () => {
	const count = fc.nat(1_000_000);
	const counts = { status300: count, status400: count, status500: count, status429: count };
	const day = fc.record({ date: fc.constant(""), requests: count, status200: count, ...counts });
	fc.assert(
		fc.property(fc.array(day), (days) => {
			const dated = days.map((one, index) => ({ ...one, date: `day ${index}` }));
			expect(
				unpackDays(
					dated.map(({ date }) => date),
					packDays(dated),
				),
			).toEqual(dated);
		}),
	);
	expect(
		packDays([{ date: "", requests: 3, status200: 3, status300: 0, status400: 0, status500: 0, status429: 0 }]),
	).toEqual({
		requests: [3],
	});
});

test("a client with much to say takes less than 2.5 kB of the page, so that 2,000 take less than 5 MB", async () => {
	const operations = Array.from({ length: 12 }, (_, index) => `/api/v2/externalcontacts/contacts/${index}`);
	const clients = Array.from({ length: 100 }, (_, index): OAuthClient => {
		const id = `c11e0000-0000-4000-8000-${String(index).padStart(12, "0")}`;
		return {
			id,
			name: `Contact center integration ${index}`,
			description: "Copies the contacts of each night to the data lake",
			authorizedGrantType: "CODE",
			accessTokenValiditySeconds: 172_800,
			scope: ["users", "routing", "analytics:readonly"],
			registeredRedirectUri: [`https://integration-${index}.example.com/oauth/callback`],
			dateCreated: "2024-01-01T00:00:00.000Z",
			dateModified: "2025-01-01T00:00:00.000Z",
			createdBy: { id, name: "Ada Ahrens" },
		};
	});
	const rows = report.usageByDay!.flatMap(({ date }, day) =>
		operations.map((templateUri, index) => ({
			date,
			httpMethod: "GET",
			templateUri,
			requests: 400 + ((day * 37 + index) % 90),
		})),
	);
	const period = report.period!;
	const outcomes = new Map(clients.map(({ id }) => [id, { rows, complete: true }]));
	const many = buildReport({
		now,
		host: "api.example.com",
		clients,
		usage: { period, outcomes },
		limits: report.limits,
	});
	const page = await renderPage(many, assets);
	expect(page.length / clients.length).toBeLessThan(2500);
});

/** The linear part of a colour, as WCAG 2 defines it. */
const linear = (part = 0) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

function luminance(colour: string): number {
	const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
	return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

test("text has a contrast of at least 4.5, the edges of controls of at least 3, in light and dark", () => {
	const [light, dark] = [...pageStyle.matchAll(/:root[^{]*\{([^}]*)\}/g)].map(
		([, block = ""]) => new Map([...block.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name, value]) => [name, value!])),
	);
	for (const colours of [light!, dark!]) {
		for (const background of ["paper", "raised"]) {
			const against = (name: string) => contrast(colours.get(name)!, colours.get(background)!);
			const weak = ["ink", "soft", "link", "high", "medium", "low", "info"].filter((name) => against(name) < 4.5);
			expect(weak).toEqual([]);
			expect(against("edge")).toBeGreaterThan(3);
		}
	}
});

test("data in a script element can't end it", () => {
	const text = scriptJson({ name: "</script><!--<script>" });
	expect(text).not.toContain("<");
	expect(JSON.parse(text)).toEqual({ name: "</script><!--<script>" });
});

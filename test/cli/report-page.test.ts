import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { buildReport } from "../../cli/report/build";
import { scriptJson } from "../../cli/report/page/chart-data";
import { renderPage } from "../../cli/report/page/page";
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
	roleDivisions: [{ roleId: hostile, divisionId: hostile }],
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
	expect(targets.length).toBeGreaterThan(1);
	expect(targets.filter((target) => !target?.startsWith("#"))).toEqual([]);
	expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|@import|url\(/i);
});

test("the same report makes the same page", async () => {
	expect(await renderPage(report, assets)).toBe(await renderPage(report, assets));
});

test("data in a script element can't end it", () => {
	const text = scriptJson({ name: "</script><!--<script>" });
	expect(text).not.toContain("<");
	expect(JSON.parse(text)).toEqual({ name: "</script><!--<script>" });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findingKinds } from "../../cli/report/finding-catalog";
import type { Report } from "../../cli/report/report";
import type { Seed } from "../../simulator";
import { temporaryDirectory } from "../cli/support/command";
import { reportedIds, reportedOrganization } from "../cli/support/reported-organization";
import { variedOrganization } from "../cli/support/varied-organization";
import { inspectChart } from "./support/report-chart";
import { eachReportPage, patiently, rowsOf } from "./support/report-page";

const openReport = eachReportPage();

/** What a chart of the days of a report should hold, by what the organization was seeded with. */
function seededData({ usageByDay }: Report, { usage = [] }: Seed, clientId?: string): number[][] {
	const days = (usageByDay ?? []).map(({ date }) => date);
	const sum = (day: string, count: (row: (typeof usage)[number]) => number) =>
		usage
			.filter((row) => row.date === day && (clientId === undefined || row.clientId === clientId))
			.reduce((total, row) => total + count(row), 0);
	return [
		days.map((day) => Date.parse(day) / 1000),
		days.map((day) => sum(day, ({ status200 = 0, status400 = 0, status500 = 0 }) => status200 + status400 + status500)),
		days.map((day) => sum(day, ({ status400 = 0 }) => status400)),
		days.map((day) => sum(day, ({ status429 = 0 }) => status429)),
	];
}

const namesOf = async (page: Page) => rowsOf(page).locator("th a").allTextContents();
const shownBy = async (page: Page) => page.locator("#filter-shown").textContent();
const fragmentOf = async (page: Page) => page.evaluate(() => decodeURIComponent(location.hash));

test("every chart draws the organization's numbers, and the page asks for nothing and complains of nothing", async () => {
	const seed = reportedOrganization(Date.now(), 3);
	const { page, report, requests, complaints } = await openReport({ seed: { seed } });
	const whole = await inspectChart(page.locator('[data-chart="organization"]'));
	expect(whole.data).toEqual(seededData(report, seed));
	expect(whole.requests).toBeGreaterThan(0.2);
	expect(whole.status400).toBeGreaterThan(0.001);
	expect(whole.status429).toBeGreaterThan(0.001);
	expect(whole.hasInkBeside).toEqual([true, true]);
	// No other chart is there before somebody opens its client.
	await expect.poll(async () => page.locator("[data-chart]").count(), patiently).toBe(1);

	const used = report.clients.filter(({ usage }) => usage?.total.requests);
	expect(used.length).toBeGreaterThan(8);
	for (const { id, name, usage } of used) {
		await page.evaluate((fragment) => (location.hash = fragment), `client=${id}`);
		await expect.poll(async () => page.locator("dialog h2").textContent(), patiently).toBe(name);
		const chart = await inspectChart(page.locator(`[data-chart="${id}"]`));
		expect(chart.data).toEqual(seededData(report, seed, id));
		expect(chart.requests).toBeGreaterThan(0.002);
		expect(chart.status400 > 0).toBe((usage?.total.status400 ?? 0) > 0);
		expect(chart.hasInkBeside).toEqual([true, true]);
	}
	await expect.poll(async () => page.locator("[data-chart]").count(), patiently).toBe(2);
	expect(complaints).toEqual([]);
	expect(requests).toHaveLength(1);
});

test("the page's own policy keeps it from the network, even when a script in it tries", async () => {
	const { page, complaints } = await openReport();
	await page.evaluate(async () => {
		await fetch("http://127.0.0.1:9/").catch(() => undefined);
	});
	await expect
		.poll(async () => complaints.join("\n"), patiently)
		.toMatch(/Connecting to 'http:\/\/127\.0\.0\.1:9\/' violates .* "default-src 'none'"/);
});

test("the table of clients sorts by its columns, a page at a time, says the order, and has it in the address", async () => {
	const { page, report } = await openReport();
	await expect.poll(async () => rowsOf(page).count(), patiently).toBe(50);
	const requestsOf = async () =>
		(await rowsOf(page).locator('[data-column="Requests"]').allTextContents()).map((text) =>
			Number(text.replace(",", "")),
		);
	await page.getByRole("button", { name: "Requests" }).click();
	const header = page.locator("#clients-table th", { hasText: "Requests" });
	await expect.poll(async () => header.getAttribute("aria-sort"), patiently).toBe("descending");
	const descending = report.clients.map(({ usage }) => usage?.total.requests ?? 0).toSorted((a, b) => b - a);
	await expect.poll(requestsOf, patiently).toEqual(descending.slice(0, 50));
	const pages = page.getByRole("navigation", { name: "Pages: Clients" });
	await pages.getByRole("button", { name: "Next" }).click();
	await expect.poll(requestsOf, patiently).toEqual(descending.slice(50, 100));
	await expect.poll(async () => pages.textContent(), patiently).toContain("51–100 of 101");
	await expect.poll(async () => fragmentOf(page), patiently).toBe("#sort=-requests");
	await page.getByRole("button", { name: "Requests" }).click();
	await expect.poll(requestsOf, patiently).toEqual(descending.toReversed().slice(0, 50));
	await expect.poll(async () => page.locator("th[aria-sort]").count(), patiently).toBe(1);
	await page.reload();
	await expect.poll(requestsOf, patiently).toEqual(descending.toReversed().slice(0, 50));
});

test("one filter applies to findings and clients, and is in the address: a card, a link to a client and Back are steps", async () => {
	const { page, report } = await openReport();
	const all = report.findings.length;
	await expect.poll(async () => shownBy(page), patiently).toBe(`${all} of ${all} findings, 101 of 101 clients`);
	const found = (finding: string) => report.findings.filter((one) => one.finding === finding);
	await page.locator("#filter-finding").selectOption("unused");
	await expect.poll(async () => namesOf(page), patiently).toEqual(["Idle import", "Old widget"]);
	await expect
		.poll(async () => page.locator("#report h3").allTextContents(), patiently)
		.toEqual(["Unused (2 clients)"]);
	await page.locator("#filter-grant").selectOption("TOKEN");
	await expect.poll(async () => shownBy(page), patiently).toBe(`1 of ${all} findings, 1 of 101 clients`);
	await expect.poll(async () => fragmentOf(page), patiently).toBe("#finding=unused&grant=TOKEN");
	await page.reload();
	await expect.poll(async () => namesOf(page), patiently).toEqual(["Old widget"]);

	await page.getByRole("button", { name: "Show all" }).click();
	await expect.poll(async () => shownBy(page), patiently).toBe(`${all} of ${all} findings, 101 of 101 clients`);
	await page.locator(".tiles a", { hasText: "Severe findings" }).click();
	await expect.poll(async () => fragmentOf(page), patiently).toBe("#severity=high");
	await expect
		.poll(async () => page.locator(".contents a").allTextContents(), patiently)
		.toEqual(["Findings", "Coming outages", findingKinds["ending-grant"].title, "Clients", "API usage"]);
	await expect.poll(async () => page.evaluate(() => document.activeElement?.id), patiently).toBe("findings");
	await page.goBack();
	await expect.poll(async () => shownBy(page), patiently).toBe(`${all} of ${all} findings, 101 of 101 clients`);

	// The first finding is the outage. Its client opens, and Back closes it.
	expect(found("near-deletion")).toHaveLength(1);
	await page.locator("#report section section a").first().click();
	await expect.poll(async () => page.locator("dialog[open] h2").textContent(), patiently).toBe("Leaving soon");
	await expect.poll(async () => fragmentOf(page), patiently).toBe(`#client=${reportedIds.leaving}`);
	await page.goBack();
	await expect.poll(async () => page.locator("dialog[open]").count(), patiently).toBe(0);
	// What the report doesn't have filters nothing.
	await page.evaluate(() => (location.hash = "grant=NONE&stack=x&client=nobody&text=Wallboard"));
	await expect.poll(async () => namesOf(page), patiently).toEqual(["Wallboard"]);
});

test("nothing is cut off at 1,280 and 400 pixels, and a client's window has its redirect URIs and its author", async () => {
	const file = join(temporaryDirectory(), "state.json");
	const type = "pulumi-nodejs:dynamic/genesyscloud:OAuthClient";
	const resource = { type, custom: true, id: reportedIds.crm };
	const urn = `urn:pulumi:production-of-the-contact-center::identity-and-access::${type}::crm`;
	writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources: [{ urn, ...resource }] } }));
	const { page, report } = await openReport({ args: ["--stack-export", file] });
	const table = page.locator("#clients-table");
	const overflow = async () =>
		table.evaluate((element) => [
			element.scrollWidth - (element.parentElement?.clientWidth ?? 0),
			document.documentElement.scrollWidth - innerWidth,
		]);
	await expect.poll(overflow, patiently).toEqual([0, 0]);
	await expect.poll(async () => table.locator("thead th").allTextContents(), patiently).toContain("Managed by");
	await page.setViewportSize({ width: 400, height: 900 });
	await expect.poll(overflow, patiently).toEqual([0, 0]);
	// All columns are there, under their names, and the order can be chosen.
	await expect.poll(async () => rowsOf(page).first().locator("th, td").count(), patiently).toBe(10);
	await page.getByLabel("Order").selectOption("-findings");
	await expect.poll(async () => (await namesOf(page))[0], patiently).toBe("Old widget");
	await page.evaluate((id) => (location.hash = `client=${id}`), reportedIds.dashboard);
	const details = page.locator("dialog[open] dl");
	await expect.poll(async () => details.textContent(), patiently).toContain("https://wallboard.example.com/callback");
	// Nor are the tables in it, to the right of the window.
	const widest = async () =>
		page.locator("dialog").evaluate((dialog) => {
			const rights = [...dialog.querySelectorAll("th, td")].map((cell) => cell.getBoundingClientRect().right);
			return Math.max(...rights);
		});
	await expect.poll(widest, patiently).toBeLessThanOrEqual(400);
	const author = report.clients.find(({ id }) => id === reportedIds.dashboard)?.createdBy;
	expect(author?.id).toBeTruthy();
	await expect.poll(async () => details.textContent(), patiently).toContain(author?.id);
});

test("pointing at a day shows its figures", async () => {
	const { page, report } = await openReport();
	const holder = page.locator('[data-chart="organization"]');
	await inspectChart(holder);
	const legend = holder.locator(".u-legend");
	const all = (report.summary.requests ?? 0).toLocaleString("en-US");
	await expect.poll(async () => legend.textContent(), patiently).toContain(all);
	await holder.locator(".u-over").hover({ position: { x: 8, y: 40 } });
	const first = report.usageByDay?.[0];
	await expect.poll(async () => legend.textContent(), patiently).toContain(first?.date ?? "no day");
	await expect
		.poll(async () => legend.textContent(), patiently)
		.toContain(first?.requests.toLocaleString("en-US") ?? "");
});

test("in the dark, on a narrow screen and on paper the charts have the colours of their background; paper has every row", async () => {
	const { page, complaints } = await openReport({ dark: true, width: 400 });
	const holder = page.locator('[data-chart="organization"]');
	await expect.poll(async () => (await inspectChart(holder)).requests, patiently).toBeGreaterThan(0.1);
	const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
	await expect
		.poll(async () => page.evaluate(() => getComputedStyle(document.body).backgroundColor), patiently)
		.not.toBe(dark);
	await expect.poll(async () => rowsOf(page).count(), patiently).toBe(101);
	await expect.poll(async () => (await inspectChart(holder)).requests, patiently).toBeGreaterThan(0.1);
	await page.evaluate(() => dispatchEvent(new Event("afterprint")));
	await expect.poll(async () => rowsOf(page).count(), patiently).toBe(50);
	await expect.poll(async () => (await inspectChart(holder)).requests, patiently).toBeGreaterThan(0.1);
	await page.emulateMedia({ colorScheme: "light" });
	// Neither does drawing again move the days.
	await expect
		.poll(async () => inspectChart(holder), patiently)
		.toMatchObject({
			requests: expect.toSatisfy((share: number) => share > 0.1),
			daysShown: 30,
		});
	await page.setViewportSize({ width: 1100, height: 900 });
	await expect
		.poll(async () => holder.evaluate((element) => element.querySelector(".uplot")?.clientWidth ?? 0), patiently)
		.toBeGreaterThan(900);
	expect(complaints).toEqual([]);
});

test("every chart has a text, every table headers, every control a name, every part a heading", async () => {
	const { page } = await openReport({ seed: { seed: reportedOrganization(Date.now()) } });
	await page.evaluate((id) => (location.hash = `client=${id}`), reportedIds.dashboard);
	await page.locator("dialog[open] [data-chart]").waitFor();
	for (const chart of await page.locator("[role=img]").all()) {
		expect(await chart.getAttribute("aria-label")).toMatch(
			/^Bar chart\. .*: [\d,]+ requests? in 30 days, most on \d{4}-\d\d-\d\d/,
		);
	}
	const unnamed = await page.evaluate(() => ({
		headers: [...document.querySelectorAll("table:not(.u-legend)")].filter(
			(table) => !table.querySelector("thead th[scope=col]"),
		).length,
		controls: [...document.querySelectorAll<HTMLInputElement>("input, select")].filter(
			({ labels }) => labels?.length !== 1,
		).length,
		buttons: [...document.querySelectorAll("button")].filter(({ textContent }) => !textContent.trim()).length,
		parts: [...document.querySelectorAll("section, dialog")].filter(
			(part) => !document.getElementById(part.getAttribute("aria-labelledby") ?? "")?.textContent,
		).length,
	}));
	expect(unnamed).toEqual({ headers: 0, controls: 0, buttons: 0, parts: 0 });
});

test("a report without usage has no charts, and an organization of odd names still is a page", async () => {
	const { page, report, complaints } = await openReport({
		seed: { seed: { ...variedOrganization, limits: { requestsPerMinute: null } } },
		args: ["--no-usage"],
	});
	await expect.poll(async () => rowsOf(page).count(), patiently).toBe(50);
	await expect.poll(async () => page.locator("[data-chart]").count(), patiently).toBe(0);
	await expect
		.poll(async () => shownBy(page), patiently)
		.toContain(`${report.clients.length} of ${report.clients.length} clients`);
	await page.evaluate((id) => (location.hash = `client=${id}`), report.clients[0]?.id);
	await page.locator("dialog[open] dl").waitFor();
	expect(complaints).toEqual([]);
});

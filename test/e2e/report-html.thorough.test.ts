import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Report } from "../../cli/report/report";
import type { Seed } from "../../simulator";
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

/** Opens all clients. The button's new name comes last. */
async function openAll(page: Page): Promise<void> {
	await page.getByRole("button", { name: "Open all" }).click();
	await page.getByRole("button", { name: "Close all" }).waitFor();
}

const namesOf = async (page: Page) => rowsOf(page).locator("th a").allTextContents();

test("every chart of a hundred clients draws the organization's numbers, and the page asks for nothing and complains of nothing", async () => {
	const seed = reportedOrganization(Date.now(), 90);
	const { page, report, requests, complaints } = await openReport({ seed: { seed } });
	expect(report.clients).toHaveLength(101);
	const whole = await inspectChart(page.locator('[data-chart="organization"]'));
	expect(whole.data).toEqual(seededData(report, seed));
	expect(whole.requests).toBeGreaterThan(0.2);
	expect(whole.status400).toBeGreaterThan(0.001);
	expect(whole.status429).toBeGreaterThan(0.001);
	expect(whole.hasInkBeside).toEqual([true, true]);
	// No other chart is drawn before somebody opens it.
	await expect.poll(async () => page.locator("canvas").count(), patiently).toBe(1);

	await openAll(page);
	const holders = page.locator("details.client [data-chart]");
	await expect
		.poll(async () => holders.count(), patiently)
		.toBe(report.clients.filter(({ usage }) => usage?.total.requests).length);
	for (const holder of await holders.all()) {
		const client = report.clients[Number(await holder.getAttribute("data-chart"))];
		const { data, hasInkBeside, requests: bars, status400 } = await inspectChart(holder);
		expect(data).toEqual(seededData(report, seed, client?.id ?? ""));
		expect(bars).toBeGreaterThan(0.002);
		expect(status400 > 0).toBe((client?.usage?.total.status400 ?? 0) > 0);
		expect(hasInkBeside).toEqual([true, true]);
	}
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

test("the table sorts by its columns, what isn't known comes last, and the order is said to those who can't see it", async () => {
	const { page, report } = await openReport();
	const requestsOf = async () =>
		(await rowsOf(page).locator("td:nth-of-type(3)").allTextContents()).map((text) =>
			Number(text.trim().replace(",", "")),
		);
	await page.getByRole("button", { name: "Requests" }).click();
	const header = page.locator("#clients-table th", { hasText: "Requests" });
	await expect.poll(async () => header.getAttribute("aria-sort"), patiently).toBe("descending");
	const descending = report.clients.map(({ usage }) => usage?.total.requests ?? 0).toSorted((a, b) => b - a);
	await expect.poll(requestsOf, patiently).toEqual(descending);
	await page.getByRole("button", { name: "Requests" }).click();
	await expect.poll(requestsOf, patiently).toEqual(descending.toReversed());
	await expect.poll(async () => page.locator("th[aria-sort]").count(), patiently).toBe(1);

	const byAge = page.locator("#clients-table th", { hasText: "Secret age" });
	for (const order of ["descending", "ascending"]) {
		await page.getByRole("button", { name: "Secret age" }).click();
		await expect.poll(async () => byAge.getAttribute("aria-sort"), patiently).toBe(order);
		await expect.poll(async () => (await namesOf(page)).at(-1), patiently).toBe("Old widget");
	}
	await page.getByRole("button", { name: "Client", exact: true }).click();
	await expect.poll(async () => namesOf(page), patiently).toEqual(report.clients.map(({ name }) => name));
});

test("the filter finds clients by text, grant, state and finding, and says how many there are", async () => {
	const { page } = await openReport();
	const shown = page.locator("#filter-shown");
	await expect.poll(async () => shown.textContent(), patiently).toBe("101 of 101 clients");
	await page.getByLabel("Name, id or description").fill("wallBOARD");
	await expect.poll(async () => namesOf(page), patiently).toEqual(["Wallboard"]);
	await expect.poll(async () => page.locator("details.client:visible").count(), patiently).toBe(1);
	await expect.poll(async () => shown.textContent(), patiently).toBe("1 of 101 clients");
	await page.getByLabel("Name, id or description").fill(reportedIds.crm);
	await expect.poll(async () => namesOf(page), patiently).toEqual(["CRM sync"]);
	await page.getByRole("button", { name: "Show all" }).click();
	await expect.poll(async () => shown.textContent(), patiently).toBe("101 of 101 clients");
	await page.locator("#filter-grant").selectOption("TOKEN");
	await expect.poll(async () => namesOf(page), patiently).toEqual(["Old widget"]);
	await page.locator("#filter-grant").selectOption("");
	await page.locator("#filter-state").selectOption("disabled");
	await expect.poll(async () => namesOf(page), patiently).toEqual(["Stopped by support"]);
	await page.locator("#filter-state").selectOption("");
	await page.locator("#filter-finding").selectOption("unused");
	await expect.poll(async () => namesOf(page), patiently).toEqual(["Idle import", "Old widget"]);
	// A link to a client that the filter hides shows it all the same.
	await page.getByRole("link", { name: "Wallboard" }).first().click();
	await expect
		.poll(async () => page.locator("details.client[open]:visible h3").textContent(), patiently)
		.toBe("Wallboard");
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

test("in the dark, on a narrow screen and on paper the charts have the colours of their background", async () => {
	const { page, complaints } = await openReport({ dark: true, width: 400 });
	const holder = page.locator('[data-chart="organization"]');
	await expect.poll(async () => (await inspectChart(holder)).requests, patiently).toBeGreaterThan(0.1);
	await expect.poll(async () => page.evaluate(() => document.documentElement.scrollWidth), patiently).toBe(400);
	const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
	await expect
		.poll(async () => page.evaluate(() => getComputedStyle(document.body).backgroundColor), patiently)
		.not.toBe(dark);
	await expect.poll(async () => (await inspectChart(holder)).requests, patiently).toBeGreaterThan(0.1);
	await page.evaluate(() => dispatchEvent(new Event("afterprint")));
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

test("every chart has a text, every table headers, every control a name", async () => {
	const { page } = await openReport({ seed: { seed: reportedOrganization(Date.now()) } });
	await openAll(page);
	const charts = await page.getByRole("img").all();
	expect(charts).not.toEqual([]);
	for (const chart of charts) {
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
	}));
	expect(unnamed).toEqual({ headers: 0, controls: 0, buttons: 0 });
});

test("a report without usage has no charts, and an organization of odd names still is a page", async () => {
	const { page, report, complaints } = await openReport({
		seed: { seed: { ...variedOrganization, limits: { requestsPerMinute: null } } },
		args: ["--no-usage"],
	});
	await expect.poll(async () => page.locator("[data-chart]").count(), patiently).toBe(0);
	await expect.poll(async () => rowsOf(page).count(), patiently).toBe(report.clients.length);
	await expect.poll(async () => page.locator("details.client").count(), patiently).toBe(report.clients.length);
	expect(complaints).toEqual([]);
});

test("by keyboard the first stop leads to the findings, and Enter sorts a column", async () => {
	const { page } = await openReport({ seed: { seed: reportedOrganization(Date.now()) } });
	await page.keyboard.press("Tab");
	await expect
		.poll(async () => page.evaluate(() => document.activeElement?.textContent), patiently)
		.toBe("To the findings");
	await page.getByRole("button", { name: "Findings" }).focus();
	await page.keyboard.press("Enter");
	await expect.poll(async () => (await namesOf(page))[0], patiently).toBe("Old widget");
});

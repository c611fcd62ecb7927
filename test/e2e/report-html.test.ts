import { expect, test } from "vitest";
import { hostileNames, reportedOrganization } from "../cli/support/reported-organization";
import { eachReportPage, patiently, rowsOf } from "./support/report-page";

const openReport = eachReportPage();

test("names that are script show as text, wherever they stand", async () => {
	const { page, complaints } = await openReport({ seed: { seed: reportedOrganization(Date.now()) } });
	for (const name of hostileNames) {
		const link = rowsOf(page).locator("th a", { hasText: name });
		await expect.poll(async () => link.count(), patiently).toBe(1);
		await link.click();
		await expect.poll(async () => page.locator("dialog h2").textContent(), patiently).toBe(name);
		await page.keyboard.press("Escape");
		await expect.poll(async () => page.locator("dialog[open]").count(), patiently).toBe(0);
	}
	await expect.poll(async () => page.locator("img").count(), patiently).toBe(0);
	await expect.poll(async () => page.locator("script").count(), patiently).toBe(3);
	expect(complaints).toEqual([]);
});

test("the second stop of the keyboard is the filter; a client opens in a window that Escape closes, back to where it was", async () => {
	const { page, report } = await openReport({ seed: { seed: reportedOrganization(Date.now()) } });
	const focused = async () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
	await page.keyboard.press("Tab");
	await expect.poll(focused, patiently).toBe("To the findings");
	await page.keyboard.press("Tab");
	await expect.poll(focused, patiently).toBe("filter-text");
	await page.keyboard.type("wallBOARD");
	await expect.poll(async () => rowsOf(page).count(), patiently).toBe(1);
	await expect
		.poll(async () => page.locator("#filter-shown").textContent(), patiently)
		.toBe(`2 of ${report.findings.length} findings, 1 of 11 clients`);
	await rowsOf(page).locator("th a").focus();
	await page.keyboard.press("Enter");
	await expect
		.poll(async () => page.locator("dialog").textContent(), patiently)
		.toContain("Proposed: all, analytics:readonly");
	await expect.poll(focused, patiently).toBe("client-name");
	await page.keyboard.press("Escape");
	await expect.poll(focused, patiently).toBe("Wallboard");
});

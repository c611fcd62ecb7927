import { expect, test } from "vitest";
import { hostileNames } from "../cli/support/reported-organization";
import { eachReportPage, patiently, rowsOf } from "./support/report-page";

const openReport = eachReportPage();

test("names that are script show as text, wherever they stand", async () => {
	const { page, complaints } = await openReport();
	for (const name of hostileNames) {
		const link = rowsOf(page).locator("th a", { hasText: name });
		await expect.poll(async () => link.count(), patiently).toBe(1);
		await link.click();
		await expect
			.poll(async () => page.locator("details.client[open] h3", { hasText: name }).count(), patiently)
			.toBe(1);
	}
	await expect.poll(async () => page.locator("img").count(), patiently).toBe(0);
	await expect.poll(async () => page.locator("script").count(), patiently).toBe(3);
	expect(complaints).toEqual([]);
});

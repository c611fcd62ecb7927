import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, onTestFinished } from "vitest";
import type { Report } from "../../../cli/report/report";
import { startSimulator } from "../../../simulator";
import { runCommand, temporaryDirectory, variablesFor } from "../../cli/support/command";
import { reportedOrganization } from "../../cli/support/reported-organization";
import { findChromium, startBrowser, type TestBrowser } from "./browser";

/** A page that is open, what it asked for, and what it complained about. */
export interface OpenPage {
	page: Page;
	report: Report;
	requests: string[];
	complaints: string[];
}

/** What a page is opened with. */
interface OpenOptions {
	seed?: Parameters<typeof startSimulator>[0];
	args?: string[];
	width?: number;
	dark?: boolean;
}

/**
 * For a test file: starts a browser for its tests.
 *
 * @returns what makes a report of a simulated organization with the built command, and opens its page from the file
 */
export function eachReportPage(): (options?: OpenOptions) => Promise<OpenPage> {
	let browser: TestBrowser;
	beforeAll(async () => {
		browser = await startBrowser(await findChromium());
		return browser.close;
	});
	return async (options = {}) => openReport(browser, options);
}

async function openReport(browser: TestBrowser, options: OpenOptions): Promise<OpenPage> {
	const { seed, args = [], width = 1280, dark = false } = options;
	const simulator = await startSimulator(seed ?? { seed: reportedOrganization(Date.now(), 90) });
	const file = join(temporaryDirectory(), "clients.html");
	const command = ["report", "--json", "--html", file, "--quiet", ...args];
	const { code, stdout, stderr } = await runCommand(command, { variables: variablesFor(simulator) });
	await simulator.close();
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	const page = await browser.context.newPage();
	onTestFinished(async () => page.close());
	await page.setViewportSize({ width, height: 900 });
	await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
	const requests: string[] = [];
	const complaints: string[] = [];
	page.on("request", (request) => requests.push(request.url()));
	page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
	page.on("pageerror", (error) => complaints.push(error.message));
	page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
	const url = pathToFileURL(file).href;
	await page.goto(url);
	expect(requests).toEqual([url]);
	return { page, report: JSON.parse(stdout) as Report, requests, complaints };
}

/** The page does some things after the action that asks for them: what it shows is waited for, never looked at once. */
export const patiently = { timeout: 30_000 };

/** The clients that the table shows. */
export const rowsOf = (page: Page): Locator => page.locator("#clients-table tbody tr:visible");

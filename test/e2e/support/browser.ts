import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium as playwright } from "playwright-core";
import { chromium, ensureProgram, findProgram } from "../../../tools/system-programs.mjs";

const flags = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/**
 * The browser for the tests: the one that the variable CHROMIUM names, else the machine's, which is installed when that can be done.
 *
 * @throws an error of one line that says how to get one
 */
export async function findChromium(): Promise<string> {
	const named = process.env["CHROMIUM"];
	if (named === undefined || named === "") {
		return ensureProgram({ ...chromium, log: (line) => process.stderr.write(`${line}\n`) });
	}
	const found = findProgram([named]);
	if (found === undefined) {
		throw new Error(
			`CHROMIUM names ${named}, which isn't a program: name a Chromium, or unset it to have one looked for`,
		);
	}
	return found;
}

/** A headless browser with a profile of its own. */
export interface TestBrowser {
	/** Where pages are opened. */
	context: BrowserContext;
	/** Ends the browser and removes its profile. */
	close: () => Promise<void>;
}

/**
 * Starts a browser. The variable BROWSER_SLOW_MO makes it pause so many milliseconds before each thing it does, which shows a test that
 * doesn't wait for what it expects.
 *
 * @param executablePath from {@link findChromium}
 */
export async function startBrowser(executablePath: string): Promise<TestBrowser> {
	const profile = mkdtempSync(join(tmpdir(), "oauth-browser-"));
	const slowMo = Number(process.env["BROWSER_SLOW_MO"] ?? 0);
	const options = { executablePath, headless: true, args: flags, slowMo };
	const context = await playwright.launchPersistentContext(profile, options);
	return {
		context,
		close: async () => {
			await context.close();
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

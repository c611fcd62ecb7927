import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pageStyle } from "./page-style";

/** The style sheets and scripts inside the page, as text. */
export interface PageAssets {
	/** Style sheets. */
	styles: string[];
	/** Scripts, in the order they run. */
	scripts: string[];
}

const library = (name: string) => readFileSync(require.resolve(`uplot/dist/${name}`), "utf8");

/** Reads the page's style sheets and scripts: uPlot as installed, and the page's own script as `tools/page-bundle.mjs` made it. */
export function readPageAssets(): PageAssets {
	const licence = readFileSync(join(require.resolve("uplot/dist/uPlot.min.css"), "../../LICENSE"), "utf8");
	return {
		styles: [library("uPlot.min.css"), pageStyle],
		scripts: [
			`/*! uPlot\n${licence.trim()}\n*/\n${library("uPlot.iife.min.js")}`,
			readFileSync(join(__dirname, "../../../report-page/page-script.js"), "utf8"),
		],
	};
}

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** A content security policy that allows only these scripts and styles, and no network access. */
export function contentPolicy({ styles, scripts }: PageAssets): string {
	return [
		"default-src 'none'",
		`script-src ${scripts.map(hashOf).join(" ")}`,
		`style-src ${styles.map(hashOf).join(" ")}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join("; ");
}

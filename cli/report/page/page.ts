import { html, raw } from "hono/html";
import { version } from "../../../provider/api/version";
import { formatCount, formatDay, formatSeconds } from "../format";
import type { Report } from "../report";
import { contentPolicy, type PageAssets, readPageAssets } from "./page-assets";
import { pageData, scriptJson } from "./page-data";

/**
 * The report as one page that loads nothing: it contains style, scripts and data, and its content security policy forbids network access.
 * Its script (`browser/main.ts`) makes from the data what is looked at, when it is looked at. The template escapes all foreign text; only our own
 * styles and scripts go in raw, unchanged, because the policy has their hashes.
 */
export async function renderPage(report: Report, assets: PageAssets = readPageAssets()): Promise<string> {
	const page = await html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta http-equiv="Content-Security-Policy" content="${contentPolicy(assets)}" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="referrer" content="no-referrer" />
				<meta name="generator" content="pulumi-genesyscloud-oauth ${version}" />
				<title>OAuth clients at ${report.host}, ${formatDay(report.generatedAt)}</title>
				${assets.styles.map((style) => raw(`<style>${style}</style>`))}
			</head>
			<body>
				<a class="skip" href="#findings">To the findings</a>
				<header>
					<h1>OAuth clients at ${report.host}</h1>
					<p class="soft">${subtitle(report)}</p>
				</header>
				<div id="filter-place"></div>
				<main id="report">
					<noscript
						><p>This page needs JavaScript. The command's text, CSV and JSON have the same content.</p></noscript
					>
				</main>
				${footer(report)}
				${raw(`<script type="application/json" id="report-data">${scriptJson(pageData(report))}</script>`)}
				${assets.scripts.map((script) => raw(`<script>${script}</script>`))}
			</body>
		</html> `;
	return `${page.toString().trim()}\n`;
}

function subtitle({ generatedAt, period }: Report): string {
	const created = `Created ${generatedAt.slice(0, 16).replace("T", " ")} UTC.`;
	return period === null
		? `${created} Without usage data.`
		: `${created} Usage of ${formatCount(period.days, "day")}: ${period.from} to ${period.to}.`;
}

function footer({ limits, stacks }: Report) {
	return html`<footer>
		<p>
			Limits: unused for ${formatCount(limits.unusedDays, "day")}; maximum age of secrets
			${formatCount(limits.maxSecretAgeDays, "day")}; maximum token lifetime ${formatSeconds(limits.maxTokenSeconds)};
			deletion within ${formatCount(limits.nearDeletionDays, "day")}; forbidden grants:
			${limits.forbiddenGrants.join(", ") || "none"}.
		</p>
		${
			stacks
				? html`<p>
						Given stacks:
						${stacks.map(({ stack, file, clients }) => `${stack || file} (${formatCount(clients, "client")})`).join(", ")}.
					</p>`
				: ""
		}
		<p>
			Usage data comes from Genesys Cloud, by UTC day, and excludes today and Genesys Cloud's own applications. ≤ before
			a secret's age: at most as old as the client, because Genesys Cloud doesn't show when a secret was rotated. The
			scopes that calls need are taken from the vendor's API description of August 2026.
		</p>
		<p>Created by pulumi-genesyscloud-oauth ${version}. Charts by uPlot (MIT licence, in the page's source).</p>
	</footer>`;
}

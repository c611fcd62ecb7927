import { html, raw } from "hono/html";
import { version } from "../../../provider/api/version";
import { severities } from "../finding-catalog";
import { formatCount, formatDay, formatNumber, formatSeconds, formatShare } from "../format";
import type { Report } from "../report";
import { chartData, organizationChart, scriptJson } from "./chart-data";
import { clientDetailsSection } from "./client-details";
import { clientsSection } from "./clients-section";
import { findingsSection } from "./findings-section";
import type { Markup } from "./markup";
import { contentPolicy, type PageAssets, readPageAssets } from "./page-assets";
import { useFigure } from "./use-figure";

/**
 * The report as one page that loads nothing: it contains style, scripts and data, and its content security policy forbids network access.
 * The templates escape all foreign text. Only our own styles and scripts go in raw, unchanged, because the policy has their hashes.
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
				<main>
					${tiles(report)} ${useSection(report)} ${findingsSection(report)}
					${report.clients.length > 0 ? html`${clientsSection(report)} ${clientDetailsSection(report)}` : ""}
				</main>
				${footer(report)}
				${raw(`<script type="application/json" id="chart-data">${scriptJson(chartData(report))}</script>`)}
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

function tiles({ summary, period, stacks, usageByDay, limits }: Report): Markup {
	const { byFinding, bySeverity, byState, requests } = summary;
	const states = Object.entries(byState).filter(([, clients]) => clients > 0);
	const graded = severities.filter((severity) => bySeverity[severity] > 0);
	const found = severities.reduce((sum, severity) => sum + bySeverity[severity], 0);
	const count = (name: "status400" | "status429") => (usageByDay ?? []).reduce((sum, day) => sum + day[name], 0);
	const shares = `${formatShare(count("status400"), requests ?? 0)} 4xx, ${formatShare(count("status429"), requests ?? 0)} 429`;
	const entries: [name: string, value: number, more: string][] = [
		["Clients", summary.clients, states.map(([state, clients]) => `${formatNumber(clients)} ${state}`).join(", ")],
		["Findings", found, graded.map((severity) => `${formatNumber(bySeverity[severity])} ${severity}`).join(", ")],
	];
	if (period !== null) {
		entries.push(
			["Requests", requests ?? 0, shares],
			["Unused", byFinding.unused ?? 0, `for ${formatCount(limits.unusedDays, "day")}`],
		);
	}
	if (stacks !== null)
		entries.push(["Not managed", byFinding.unmanaged ?? 0, `by ${formatCount(stacks.length, "given stack")}`]);
	return html`<ul class="tiles">
		${entries.map(
			([name, value, more]) =>
				html`<li>
					<span class="name">${name}</span> <span class="value">${formatNumber(value)}</span>
					<span class="more">${more}</span>
				</li>`,
		)}
	</ul>`;
}

function useSection({ period, usageByDay, summary }: Report): Markup {
	if (period === null || usageByDay === null) return "";
	return html`<section aria-labelledby="use">
		<h2 id="use">API usage</h2>
		${
			summary.byFinding["usage-unknown"]
				? html`<p>
						Usage data of ${formatCount(summary.byFinding["usage-unknown"], "client")} is missing or incomplete.
					</p>`
				: ""
		}
		${useFigure({ chart: organizationChart, of: "all clients", period, days: usageByDay, height: 260 })}
	</section>`;
}

function footer({ limits, stacks }: Report): Markup {
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

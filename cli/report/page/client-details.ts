import { html } from "hono/html";
import { findingKinds } from "../finding-catalog";
import {
	formatCount,
	formatCredential,
	formatDay,
	formatNumber,
	formatRequests,
	formatSeconds,
	formatShare,
} from "../format";
import type { ClientUsage, Finding, Period, Report, ReportedClient, ScopeUse, SecretAge } from "../report";
import { detailsId, type Markup, severityMark } from "./markup";
import { useFigure } from "./use-figure";

/** The page shows only this many operations; the JSON has all. */
const mostOperations = 12;

/** Everything about each client, collapsed. */
export function clientDetailsSection(report: Report): Markup {
	const byClient = Map.groupBy(report.findings, ({ clientId }) => clientId);
	return html`<section aria-labelledby="details">
		<h2 id="details">Each client</h2>
		<button type="button" id="toggle-all" hidden data-needs-script>Open all</button>
		${report.clients.map((client, index) => clientDetails(client, index, byClient.get(client.id) ?? [], report.period))}
	</section>`;
}

function clientDetails(client: ReportedClient, index: number, findings: Finding[], period: Period | null): Markup {
	const { name, description, authorizedGrantType, state, usage, scopes } = client;
	const [mostSevere] = findings;
	return html`<details class="client" id="${detailsId(index)}">
		<summary>
			<h3>${name || "(no name)"}</h3>
			<span class="soft">
				${[authorizedGrantType, state, ...(usage ? [`${formatRequests(client)} requests`] : [])].filter(Boolean).join(" · ")}
			</span>
			${mostSevere ? html`${severityMark(mostSevere.severity)} <span class="soft">${formatCount(findings.length, "finding")}</span>` : ""}
		</summary>
		<div class="inside">
			${description ? html`<p>${description}</p>` : ""}
			${
				findings.length > 0
					? html`<ul class="findings">
							${findings.map(findingItem)}
						</ul>`
					: ""
			}
			${facts(client)} ${usage && period ? use(client, index, usage, period) : ""}
			${scopes && scopes.verdicts.length > 0 ? scopeTable(scopes) : ""}
			${usage && usage.operations.length > 0 ? operationTable(usage) : ""}
		</div>
	</details>`;
}

function findingItem({ finding, severity, what, remedy }: Finding): Markup {
	return html`<li>${severityMark(severity)} <strong>${findingKinds[finding].title}:</strong> ${what}. ${remedy}.</li>`;
}

function facts(client: ReportedClient): Markup {
	const { id, accessTokenValiditySeconds: seconds, roleDivisions, scope, managedBy } = client;
	const entries: [name: string, value: Markup][] = [
		["Client id", html`<span class="id">${id}</span>`],
		["Created", dateText(client.dateCreated)],
		["Last changed", dateText(client.dateModified)],
		["Will be deleted", client.dateToDelete ? formatDay(client.dateToDelete) : ""],
		["Secret", secretText(client.secret)],
		["Token lifetime", seconds === null ? "unknown" : `${formatSeconds(seconds)} (${formatNumber(seconds)} s)`],
		["Scopes", client.authorizedGrantType === "CLIENT-CREDENTIALS" ? "" : scope.join(", ") || "none"],
		[
			"Roles",
			roleDivisions.length > 0
				? roleDivisions.map(({ roleId, divisionId }) => html`<span class="id">${roleId} in ${divisionId}</span><br />`)
				: "",
		],
		["Integration credentials", (client.integrationCredentials ?? []).map(formatCredential).join(", ")],
		[
			"Managed by",
			managedBy === null
				? ""
				: managedBy.map(({ project, stack, resource }) => `${project}/${stack}: ${resource}`).join(", ") ||
					"none of the given stacks",
		],
	];
	return html`<dl>
		${entries
			.filter(([, value]) => value !== "")
			.map(
				([name, value]) =>
					html`<dt>${name}</dt>
						<dd>${value}</dd>`,
			)}
	</dl>`;
}

const dateText = (date: string | null) => (date === null ? "unknown" : formatDay(date));

function secretText({ source, since, ageDays }: SecretAge): string {
	if (source === "none") return "none: this grant has no secret";
	if (since === null || ageDays === null) return "age unknown";
	const age = formatCount(ageDays, "day");
	return source === "stack"
		? `${age} old: created on ${formatDay(since)} according to its stack`
		: `at most ${age} old: the client was created on ${formatDay(since)}, and Genesys Cloud doesn't show when a secret was rotated`;
}

function use({ name }: ReportedClient, index: number, usage: ClientUsage, period: Period): Markup {
	const { status, error, total, days } = usage;
	if (status === "failed") return html`<p>Its usage is unknown: ${error}.</p>`;
	if (total.requests === 0) return html`<p>No request from ${period.from} to ${period.to}.</p>`;
	return useFigure({ chart: String(index), of: name || "this client", period, days, height: 170 });
}

const verdictTexts = {
	used: "used",
	"only-read": "only used to read",
	"no-call": "not needed",
	"cannot-tell": "unknown",
};

function scopeTable({ verdicts, proposed }: ScopeUse): Markup {
	return html`<div class="table">
			<table>
				<caption>
					Granted scopes, and what the calls of the period show about them.
				</caption>
				<thead>
					<tr>
						<th scope="col">Scope</th>
						<th scope="col">Usage</th>
						<th scope="col">Reason</th>
						<th scope="col">Sufficient</th>
					</tr>
				</thead>
				<tbody>
					${verdicts.map(
						({ scope, verdict, reason, narrower }) =>
							html`<tr>
								<th scope="row" class="word"><code>${scope}</code></th>
								<td class="word">${verdictTexts[verdict]}</td>
								<td>${reason}</td>
								<td>${verdict === "no-call" ? "none" : html`<code>${(narrower ?? [scope]).join(", ")}</code>`}</td>
							</tr>`,
					)}
				</tbody>
			</table>
		</div>
		${proposed && proposed.length > 0 ? html`<p>Proposed: <code>${proposed.join(", ")}</code></p>` : ""}`;
}

function operationTable({ operations, total }: ClientUsage): Markup {
	const others = operations.slice(mostOperations);
	const rest = others.reduce((sum, { requests }) => sum + requests, 0);
	return html`<div class="table">
		<table>
			<caption>
				What it called, the most frequent first.
			</caption>
			<thead>
				<tr>
					<th scope="col">Operation</th>
					<th scope="col" class="number">Requests</th>
					<th scope="col" class="number">Share</th>
					<th scope="col" class="number">4xx</th>
				</tr>
			</thead>
			<tbody>
				${operations.slice(0, mostOperations).map(
					({ method, path, requests, status400 }) =>
						html`<tr>
							<th scope="row"><code>${`${method} ${path}`.trim() || "(unnamed)"}</code></th>
							<td class="number">${formatNumber(requests)}</td>
							<td class="number">${formatShare(requests, total.requests)}</td>
							<td class="number">${formatShare(status400, requests)}</td>
						</tr>`,
				)}
				${
					others.length > 0
						? html`<tr>
								<th scope="row">${formatCount(others.length, "other operation")}</th>
								<td class="number">${formatNumber(rest)}</td>
								<td class="number">${formatShare(rest, total.requests)}</td>
								<td></td>
							</tr>`
						: ""
				}
			</tbody>
		</table>
	</div>`;
}

import { html } from "hono/html";
import { findingKinds, type FindingName, findingNames, severities } from "../finding-catalog";
import { formatRequests, formatSecretAge, formatSeconds, formatShare } from "../format";
import type { Finding, Report, ReportedClient } from "../report";
import { detailsId, type Markup, severityMark } from "./markup";

interface Column {
	name: string;
	sort: "text" | "number";
	/** What rows are ordered by; "" if unknown. */
	value: (client: ReportedClient) => string | number;
	show: (client: ReportedClient, index: number) => Markup;
}

/** The table of clients and its filter. The page's script sorts and filters it; without scripts it is a plain table. */
export function clientsSection(report: Report): Markup {
	const columns = columnsOf(report);
	return html`<section aria-labelledby="clients">
		<h2 id="clients">Clients</h2>
		${filterForm(report)}
		<div class="table" role="region" tabindex="0" aria-labelledby="clients">
			<table id="clients-table">
				<caption>
					The clients, by name. Click a column to sort by it.
				</caption>
				<thead>
					<tr>
						${columns.map(
							({ name, sort }, index) =>
								html`<th
									scope="col"
									class="${sort === "number" ? "number" : ""}"
									data-sort="${sort}"
									${index === 0 ? html`aria-sort="ascending"` : ""}
								>
									<button type="button">${name}</button>
								</th>`,
						)}
					</tr>
				</thead>
				<tbody>
					${report.clients.map((client, index) => clientRow(client, index, columns))}
				</tbody>
			</table>
		</div>
	</section>`;
}

function clientRow(client: ReportedClient, index: number, columns: Column[]): Markup {
	const { id, name, description, authorizedGrantType, state, findings } = client;
	const [first, ...others] = columns;
	return html`<tr
		data-details="${detailsId(index)}"
		data-text="${`${name} ${id} ${description}`.toLowerCase()}"
		data-grant="${authorizedGrantType}"
		data-state="${state}"
		data-finding="${findings.length > 0 ? findings.join(" ") : "none"}"
	>
		<th scope="row" class="client-name" data-value="${first?.value(client) ?? ""}">${first?.show(client, index)}</th>
		${others.map(
			({ sort, value, show }) =>
				html`<td class="${sort === "number" ? "number" : "word"}" data-value="${value(client)}">
					${show(client, index)}
				</td>`,
		)}
	</tr>`;
}

const isKnown = ({ usage }: ReportedClient) => usage !== null && usage.status !== "failed";

function columnsOf({ period, stacks, findings }: Report): Column[] {
	const byClient = Map.groupBy(findings, ({ clientId }) => clientId);
	const mostSevere = ({ id }: ReportedClient): Finding | undefined => byClient.get(id)?.[0];
	const usage: Column[] = [
		{
			name: "Requests",
			sort: "number",
			value: (client) => (isKnown(client) ? (client.usage?.total.requests ?? "") : ""),
			show: (client) => formatRequests(client),
		},
		{
			name: "4xx",
			sort: "number",
			value: ({ usage: use }) => (use?.total.requests ? use.total.status400 / use.total.requests : ""),
			show: ({ usage: use }) => (use?.total.requests ? formatShare(use.total.status400, use.total.requests) : ""),
		},
		{
			name: "Last used",
			sort: "text",
			value: (client) => client.usage?.lastUsed ?? "",
			show: (client) => client.usage?.lastUsed ?? (isKnown(client) ? "none" : "?"),
		},
	];
	return [
		{
			name: "Client",
			sort: "text",
			value: ({ name }) => name,
			show: ({ name, id }, index) =>
				html`<a href="#${detailsId(index)}">${name || "(no name)"}</a><br /><span class="id">${id}</span>`,
		},
		{
			name: "Grant",
			sort: "text",
			value: ({ authorizedGrantType }) => authorizedGrantType,
			show: ({ authorizedGrantType }) => authorizedGrantType || "?",
		},
		{ name: "State", sort: "text", value: ({ state }) => state, show: ({ state }) => state },
		...(period ? usage : []),
		{
			name: "Secret age",
			sort: "number",
			value: ({ secret }) => secret.ageDays ?? "",
			show: ({ secret }) => formatSecretAge(secret),
		},
		{
			name: "Token lifetime",
			sort: "number",
			value: ({ accessTokenValiditySeconds }) => accessTokenValiditySeconds ?? "",
			show: ({ accessTokenValiditySeconds: seconds }) => (seconds === null ? "?" : formatSeconds(seconds)),
		},
		...(stacks ? [managedColumn] : []),
		{
			name: "Findings",
			sort: "number",
			// By the highest severity, then by the number of findings.
			value: (client) => {
				const finding = mostSevere(client);
				return finding ? (severities.length - severities.indexOf(finding.severity)) * 100 + client.findings.length : 0;
			},
			show: (client) => {
				const finding = mostSevere(client);
				return finding ? html`${severityMark(finding.severity)} ${client.findings.length}` : "0";
			},
		},
	];
}

const managedColumn: Column = {
	name: "Managed by",
	sort: "text",
	value: ({ managedBy }) => stacksOf(managedBy),
	show: ({ managedBy }) => stacksOf(managedBy) || "none",
};

const stacksOf = (managedBy: ReportedClient["managedBy"]) =>
	[...new Set((managedBy ?? []).map(({ project, stack }) => `${project}/${stack}`))].join(", ");

const unique = (values: string[]) => [...new Set(values)].filter(Boolean).toSorted();

const titles = (name: string) => (name in findingKinds ? findingKinds[name as FindingName].title : "No finding");

function filterForm({ clients, summary }: Report): Markup {
	const found = findingNames.filter((name) => summary.byFinding[name] !== undefined);
	return html`<form id="filter" hidden data-needs-script>
		<div>
			<label for="filter-text">Name, id or description</label
			><input id="filter-text" type="search" autocomplete="off" />
		</div>
		${choice("grant", "Grant", unique(clients.map(({ authorizedGrantType }) => authorizedGrantType)))}
		${choice("state", "State", unique(clients.map(({ state }) => state)))}
		${choice("finding", "Finding", [...found, "none"], titles)}
		<button type="reset">Show all</button>
		<output id="filter-shown" for="filter-text"></output>
	</form>`;
}

function choice(name: string, label: string, values: string[], show = (value: string) => value): Markup {
	return html`<div>
		<label for="filter-${name}">${label}</label>
		<select id="filter-${name}" name="${name}">
			<option value="">All</option>
			${values.map((value) => html`<option value="${value}">${show(value)}</option>`)}
		</select>
	</div>`;
}

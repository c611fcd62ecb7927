import { html } from "hono/html";
import { findingKinds, type FindingName, findingNames } from "../finding-catalog";
import { formatCount } from "../format";
import type { Finding, Report } from "../report";
import { detailsId, type Markup, severityMark } from "./markup";

/** The findings by kind: why each matters, what to do, and which clients it is about. */
export function findingsSection(report: Report): Markup {
	const indexes = new Map(report.clients.map(({ id }, index) => [id, index]));
	const byKind = Map.groupBy(report.findings, ({ finding }) => finding);
	return html`<section aria-labelledby="findings">
		<h2 id="findings">Findings</h2>
		${report.findings.length === 0 ? html`<p>None.</p>` : ""}
		${findingNames.map((name) => kindSection(name, byKind.get(name) ?? [], indexes))}
	</section>`;
}

function kindSection(name: FindingName, findings: Finding[], indexes: ReadonlyMap<string, number>): Markup {
	if (findings.length === 0) return "";
	const { title, why, remedy } = findingKinds[name];
	return html`<h3 id="finding-${name}">
			${title} <span class="soft">(${formatCount(findings.length, "client")})</span>
		</h3>
		<p>${why} <strong>What to do:</strong> ${remedy}.</p>
		<div class="table" role="region" tabindex="0" aria-labelledby="finding-${name}">
			<table class="findings">
				<thead>
					<tr>
						<th scope="col">Client</th>
						<th scope="col">Severity</th>
						<th scope="col">What was found</th>
					</tr>
				</thead>
				<tbody>
					${findings.map(
						({ clientId, clientName, severity, what }) =>
							html`<tr>
								<th scope="row" class="client-name">
									<a href="#${detailsId(indexes.get(clientId) ?? 0)}">${clientName || "(no name)"}</a>
								</th>
								<td>${severityMark(severity)}</td>
								<td>${what}</td>
							</tr>`,
					)}
				</tbody>
			</table>
		</div>`;
}

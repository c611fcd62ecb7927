import { printable, printLine, printTable, styled } from "../output";
import { findingKinds, findingNames, severities, type Severity } from "./finding-catalog";
import { formatCount, formatCredential, formatNumber, formatRequests, formatSecretAge } from "./format";
import type { Finding, Report, ReportedClient } from "./report";

const colours = { high: "red", medium: "yellow", low: "cyan", info: "dim" } as const satisfies Record<Severity, string>;

/** Prints the report for a terminal of 100 columns: the findings, their explanations, the clients. */
export function printReport(report: Report, stream: NodeJS.WritableStream = process.stdout): void {
	const line = (text = "") => printLine(text, stream);
	for (const text of headlines(report)) line(text);
	line();
	if (report.findings.length > 0) {
		printTable(
			{
				head: ["SEVERITY", "CLIENT", "FINDING", "WHAT"],
				rows: report.findings.map((finding) => findingRow(finding, stream)),
				widths: [8, 24, 21, 41],
			},
			stream,
		);
		line();
		const found = findingNames.filter((name) => report.summary.byFinding[name] !== undefined);
		printTable(
			{
				head: ["FINDING", "WHY IT MATTERS, WHAT TO DO"],
				rows: found.map((name) => [name, `${findingKinds[name].why} ${findingKinds[name].remedy}.`]),
				widths: [21, 77],
			},
			stream,
		);
		line();
	}
	if (report.clients.length === 0) return;
	printTable(
		{
			head: ["CLIENT", "ID", "GRANT", "STATE", ...(report.period ? ["REQUESTS"] : []), "SECRET"],
			rows: report.clients.map((client) => clientRow(client, report.period !== null)),
			widths: [18, 36, 11, 8, ...(report.period ? [9] : []), 8],
		},
		stream,
	);
	line();
	const inCredentials = report.clients.filter(({ integrationCredentials }) => integrationCredentials?.length);
	if (inCredentials.length > 0) {
		printTable(
			{
				head: ["CLIENT", "INTEGRATION CREDENTIALS THAT CONTAIN IT"],
				rows: inCredentials.map(({ name, integrationCredentials: found }) => [
					printable(name),
					found?.map((credential) => printable(formatCredential(credential))).join(", ") ?? "",
				]),
				widths: [24, 74],
			},
			stream,
		);
		line();
	}
	for (const text of footnotes(report)) line(text);
}

function headlines({ summary, host, period, findings, stacks }: Report): string[] {
	const states = Object.entries(summary.byState).filter(([, clients]) => clients > 0);
	const bySeverity = severities.filter((severity) => summary.bySeverity[severity] > 0);
	return [
		`${formatCount(summary.clients, "OAuth client")} at ${host}${states.length > 0 ? `: ${states.map(([state, clients]) => `${formatNumber(clients)} ${printable(state)}`).join(", ")}` : ""}`,
		period
			? `${formatCount(summary.requests ?? 0, "request")} in ${formatCount(period.days, "day")}, ${period.from} to ${period.to} (UTC)`
			: "Without usage data (--no-usage)",
		...(stacks
			? [
					`Stacks: ${stacks.map(({ stack, file, clients }) => `${printable(stack || file)} (${formatCount(clients, "client")})`).join(", ")}`,
				]
			: []),
		findings.length > 0
			? `${formatCount(findings.length, "finding")}: ${bySeverity.map((severity) => `${summary.bySeverity[severity]} ${severity}`).join(", ")}`
			: "No findings",
	];
}

function findingRow({ severity, clientName, finding, what }: Finding, stream: NodeJS.WritableStream): string[] {
	return [styled(colours[severity], severity, stream), printable(clientName), finding, printable(what)];
}

function clientRow(client: ReportedClient, hasUsage: boolean): string[] {
	const { name, id, authorizedGrantType, state, secret } = client;
	return [
		printable(name),
		printable(id),
		printable(authorizedGrantType.replace("CLIENT-CREDENTIALS", "CREDENTIALS")),
		printable(state),
		...(hasUsage ? [formatRequests(client)] : []),
		formatSecretAge(secret),
	];
}

function footnotes({ period, clients }: Report): string[] {
	const hasMaximumAge = clients.some(({ secret }) => secret.source === "client");
	return [
		...(clients.some(({ integrationCredentials }) => integrationCredentials === null)
			? ["Integration credentials aren't shown: the login lacks integrations:integration:view."]
			: []),
		...(period ? ["Usage excludes today and Genesys Cloud's own applications."] : []),
		...(hasMaximumAge
			? ["≤: at most as old as the client. Genesys Cloud doesn't show when a secret was created."]
			: []),
	];
}

import { oneLine } from "../../provider/api/one-line";
import { printLine, printTable, styled } from "../output";
import { findingKinds, findingNames, severities, type Severity } from "./finding-catalog";
import { formatCount, formatCredential, formatNumber, formatRequests, formatSecretAge } from "./format";
import type { Finding, Report, ReportedClient } from "./report";

const colours = { high: "red", medium: "yellow", low: "cyan", info: "dim" } as const satisfies Record<Severity, string>;

/** A column: its name, its width on a terminal, and its cell in a row. */
interface Column<Row> {
	name: string;
	width: number;
	cell: (row: Row) => string;
}

/**
 * Prints the report: the findings, their explanations, the clients, the totals. A terminal gets 100 columns of wrapped text; in a pipe a
 * finding or a client is one line.
 */
export function printReport(
	report: Report,
	stream: NodeJS.WritableStream & { isTTY?: boolean } = process.stdout,
): void {
	const isTerminal = stream.isTTY === true;
	const line = (text = "") => printLine(text, stream);
	const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) => {
		if (rows.length === 0) return;
		printTable(
			{
				head: columns.map(({ name }) => name),
				rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
				...(isTerminal ? { widths: columns.map(({ width }) => width) } : {}),
			},
			stream,
		);
		line();
	};
	for (const text of headlines(report)) line(text);
	line();
	table(findingColumns(isTerminal, stream), report.findings);
	table(
		explanationColumns(report),
		findingNames.filter((name) => report.summary.byFinding[name] !== undefined),
	);
	table(clientColumns(report), report.clients);
	table(
		credentialColumns,
		report.clients.filter(({ integrationCredentials }) => integrationCredentials?.length),
	);
	for (const text of footnotes(report)) line(text);
	// Whoever sees the end of a long report needn't scroll up to its beginning.
	if (report.clients.length > 0)
		line(`Total: ${[clientTotal, requestTotal, findingTotal].map((of) => of(report)).join("; ")}`);
}

function clientTotal({ summary }: Report): string {
	const states = Object.entries(summary.byState).filter(([, clients]) => clients > 0);
	const byState = states.map(([state, clients]) => `${formatNumber(clients)} ${oneLine(state)}`).join(", ");
	return `${formatCount(summary.clients, "OAuth client")}${byState && ` (${byState})`}`;
}

const requestTotal = ({ summary, period }: Report) =>
	period
		? `${formatCount(summary.requests ?? 0, "request")} in ${formatCount(period.days, "day")}`
		: "without usage data (--no-usage)";

function findingTotal({ summary, findings }: Report): string {
	if (findings.length === 0) return "no findings";
	const bySeverity = severities.filter((severity) => summary.bySeverity[severity] > 0);
	return `${formatCount(findings.length, "finding")} (${bySeverity.map((severity) => `${formatNumber(summary.bySeverity[severity])} ${severity}`).join(", ")})`;
}

const capitalized = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function headlines(report: Report): string[] {
	const { host, period, stacks } = report;
	return [
		`${clientTotal(report)} at ${host}`,
		`${capitalized(requestTotal(report))}${period ? `, ${period.from} to ${period.to} (UTC)` : ""}`,
		...(stacks
			? [
					`Stacks: ${stacks.map(({ stack, file, clients }) => `${oneLine(stack || file)} (${formatCount(clients, "client")})`).join(", ")}`,
				]
			: []),
		capitalized(findingTotal(report)),
	];
}

function findingColumns(isTerminal: boolean, stream: NodeJS.WritableStream): Column<Finding>[] {
	const severity = {
		name: "SEVERITY",
		width: 8,
		cell: (finding: Finding) => styled(colours[finding.severity], finding.severity, stream),
	};
	const finding = { name: "FINDING", width: 21, cell: (found: Finding) => found.finding };
	const what = { name: "WHAT", width: 29, cell: (found: Finding) => oneLine(found.what) };
	const [id, name] = [(found: Finding) => oneLine(found.clientId), (found: Finding) => oneLine(found.clientName)];
	return isTerminal
		? [severity, { name: "CLIENT", width: 36, cell: (found) => `${name(found)}\n${id(found)}` }, finding, what]
		: [severity, finding, { name: "ID", width: 36, cell: id }, { name: "CLIENT", width: 36, cell: name }, what];
}

function explanationColumns({ summary }: Report): Column<keyof typeof findingKinds>[] {
	return [
		{ name: "FINDING", width: 21, cell: (name) => name },
		{ name: "FOUND", width: 6, cell: (name) => formatNumber(summary.byFinding[name] ?? 0) },
		{
			name: "WHY IT MATTERS, WHAT TO DO",
			width: 69,
			cell: (name) => `${findingKinds[name].why} ${findingKinds[name].remedy}.`,
		},
	];
}

function clientColumns({ period }: Report): Column<ReportedClient>[] {
	return [
		{ name: "CLIENT", width: 18, cell: ({ name }) => oneLine(name) },
		{ name: "ID", width: 36, cell: ({ id }) => oneLine(id) },
		{
			name: "GRANT",
			width: 11,
			cell: ({ authorizedGrantType: grant }) => oneLine(grant.replace("CLIENT-CREDENTIALS", "CREDENTIALS")),
		},
		{ name: "STATE", width: 8, cell: ({ state }) => oneLine(state) },
		...(period ? [{ name: "REQUESTS", width: 9, cell: (client: ReportedClient) => formatRequests(client) }] : []),
		{ name: "SECRET", width: 8, cell: ({ secret }) => formatSecretAge(secret) },
	];
}

const credentialColumns: Column<ReportedClient>[] = [
	{ name: "CLIENT", width: 36, cell: ({ name, id }) => `${oneLine(name)} (${oneLine(id)})` },
	{
		name: "INTEGRATION CREDENTIALS THAT CONTAIN IT",
		width: 62,
		cell: ({ integrationCredentials: found }) =>
			(found ?? []).map((credential) => oneLine(formatCredential(credential))).join(", "),
	},
];

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

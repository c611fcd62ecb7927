import { oneLine } from "../../provider/api/one-line";
import type { Report, ReportedClient } from "./report";

/** The tables that `--csv` prints. */
export const csvTables = ["findings", "clients"] as const;

/** A table that `--csv` prints. */
export type CsvTable = (typeof csvTables)[number];

type Cell = string | number | null | undefined;

/** A table of the report as CSV (RFC 4180, with a header): a line for each finding or client; a cell is empty where nothing is known. */
export function toCsv(report: Report, table: CsvTable): string {
	const rows = table === "findings" ? findingRows(report) : clientRows(report);
	return rows.map((cells) => `${cells.map((cell) => toCell(cell)).join(",")}\r\n`).join("");
}

function findingRows({ findings, clients }: Report): Cell[][] {
	const byId = new Map(clients.map((client) => [client.id, client]));
	return [
		["severity", "finding", "clientId", "clientName", "requests", "dueAt", "what", "remedy"],
		...findings.map(({ severity, finding, clientId, clientName, dueAt, what, remedy }) => {
			const requests = knownUsage(byId.get(clientId))?.total.requests;
			return [severity, finding, clientId, clientName, requests, dueAt, what, remedy];
		}),
	];
}

function clientRows({ clients }: Report): Cell[][] {
	const columns: [name: string, cell: (client: ReportedClient) => Cell][] = [
		["id", ({ id }) => id],
		["name", ({ name }) => name],
		["description", ({ description }) => description],
		["authorizedGrantType", ({ authorizedGrantType }) => authorizedGrantType],
		["state", ({ state }) => state],
		["findings", ({ findings }) => findings.join(" ")],
		["requests", (client) => knownUsage(client)?.total.requests],
		["status400", (client) => knownUsage(client)?.total.status400],
		["status429", (client) => knownUsage(client)?.total.status429],
		["lastUsed", ({ usage }) => usage?.lastUsed],
		["usageStatus", ({ usage }) => usage?.status],
		["secretAgeDays", ({ secret }) => secret.ageDays],
		["secretSource", ({ secret }) => secret.source],
		["accessTokenValiditySeconds", (client) => client.accessTokenValiditySeconds],
		["scope", ({ scope }) => scope.join(" ")],
		["registeredRedirectUri", ({ registeredRedirectUri }) => registeredRedirectUri.join(" ")],
		["managedBy", ({ managedBy }) => managedBy?.map((by) => `${by.project}/${by.stack}:${by.resource}`).join(" ")],
		["integrationCredentials", (client) => client.integrationCredentials?.map(({ id }) => id).join(" ")],
		["dateCreated", ({ dateCreated }) => dateCreated],
		["createdById", ({ createdBy }) => createdBy?.id],
		["createdByName", ({ createdBy }) => createdBy?.name],
		["dateModified", ({ dateModified }) => dateModified],
		["modifiedById", ({ modifiedBy }) => modifiedBy?.id],
		["modifiedByName", ({ modifiedBy }) => modifiedBy?.name],
		["dateToDelete", ({ dateToDelete }) => dateToDelete],
	];
	return [columns.map(([name]) => name), ...clients.map((client) => columns.map(([, cell]) => cell(client)))];
}

const knownUsage = (client: ReportedClient | undefined) =>
	client?.usage && client.usage.status !== "failed" ? client.usage : undefined;

/** The first character of a formula, also in the full width that East Asian spreadsheets take, at the start of a cell. */
const formulaStart = /(^|;)( *[=+\-@＝＋－＠])/g;

/**
 * Foreign text as a cell. A spreadsheet would run text that begins like a formula, so such text gets an apostrophe in front; also after a
 * semicolon, which separates cells where the comma is the decimal sign.
 */
function toCell(cell: Cell): string {
	if (cell === null || cell === undefined) return "";
	if (typeof cell === "number") return String(cell);
	const text = oneLine(cell).replaceAll(formulaStart, "$1'$2");
	return /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

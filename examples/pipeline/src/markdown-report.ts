import { isDeepStrictEqual } from "node:util";
import { markdownTable } from "markdown-table";
import {
	type Action,
	callsOf,
	type ClientReport,
	countsOf,
	type FieldChange,
	isTouched,
	type RunReport,
} from "#run-report";
import { code, prose } from "#safe-text";

/** GitHub takes no comment of more than 65,536 characters. */
const mostCharacters = 60_000;

/** What a comment begins with, so that the next run finds it; nobody sees it. */
const markerOf = (stack: string): string => `<!-- genesyscloud-oauth pipeline: ${stack.replaceAll("--", "- -")} -->`;

/** What a preview found, for a pull request; or what a drift check did. */
export function toMarkdown(report: RunReport): string {
	const parts = [
		markerOf(report.stack),
		`### OAuth clients: ${code(report.stack)}`,
		summaryOf(report),
		listOf("", report.errors.map(prose)),
		clientsOf(report),
		...(report.command === "drift"
			? []
			: [
					newSecretsOf(report, "client", "New secrets: the client ids stay, and the old secrets stop working at once"),
					newSecretsOf(
						report,
						"pair",
						"Rotations of pairs: client id and secret are new, and the previous ones stay valid",
					),
				]),
		report.command === "drift" ? "" : goneOf(report),
		policyOf(report),
		listOf("Notices", report.notices.map(prose)),
		costOf(report),
	];
	return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** What a table and a summary call an action, by command. */
const words: Record<Action, Record<string, string>> = {
	create: { preview: "create", up: "created" },
	adopt: { preview: "adopt", up: "adopted" },
	update: { preview: "change", up: "changed", drift: "differs" },
	replace: { preview: "**replace**", up: "**replaced**" },
	delete: { preview: "**delete**", up: "**deleted**", drift: "**is gone**" },
	deactivate: { preview: "**deactivate**", up: "**deactivated**", drift: "**is gone**" },
	release: { preview: "release", up: "released", drift: "**is gone**" },
	same: {},
};

const wordOf = (action: Action, command: string) => words[action][command] ?? "";

function summaryOf(report: RunReport): string {
	const { clients, command, outcome } = report;
	const many = howMany(clients);
	if (outcome === "invalid") return "The file of clients has mistakes. Nothing else was checked.";
	if (outcome === "locked") return "The stack was locked by another run. Nothing was done.";
	if (outcome === "failed") return `The ${command} failed.`;
	if (outcome === "unchanged")
		return command === "drift" ? `No drift: ${many}, as in the state.` : `No changes: ${many}, as declared.`;
	const touched = clients.filter(isTouched).length;
	if (outcome === "drifted")
		return `${touched} of ${many} ${touched === 1 ? "differs" : "differ"} from the state: changed outside Pulumi.`;
	const refused = outcome === "refused" ? "A mandatory policy refuses this. Without it: " : "";
	return `${refused}${plan(report)}.`;
}

/** "8 clients and 1 credential" */
function howMany(clients: ClientReport[]): string {
	const credentials = clients.filter(({ kind }) => kind === "credential").length;
	const others = clients.length - credentials;
	return [
		...(others > 0 || credentials === 0 ? [`${others} ${others === 1 ? "client" : "clients"}`] : []),
		...(credentials > 0 ? [`${credentials} ${credentials === 1 ? "credential" : "credentials"}`] : []),
	].join(" and ");
}

/** "1 to create, 2 to change; 3 stay as they are" */
function plan(report: RunReport): string {
	const { command } = report;
	const to = command === "up" ? "" : "to ";
	const counts = countsOf(report);
	counts.update = report.clients.filter(isChanged).length;
	const actions: Action[] = ["create", "adopt", "update", "replace", "delete", "deactivate", "release"];
	const parts = actions
		.filter((action) => counts[action] > 0)
		.map((action) => `${counts[action]} ${to}${wordOf(action, command).replaceAll("*", "")}`);
	if (counts.newSecrets > 0) {
		const renew = `${counts.newSecrets === 1 ? "secret" : "secrets"} ${command === "up" ? "rotated" : "to rotate"}`;
		parts.push(`${counts.newSecrets} ${renew}`);
	}
	const same = counts.same > 0 ? `; ${counts.same} ${counts.same === 1 ? "stays" : "stay"} as declared` : "";
	return `${parts.join(", ") || "no changes"}${same}`;
}

/** More of it changes than its secret. */
const isChanged = ({ action, changes, newSecret }: ClientReport) =>
	action === "update" && (changes.length > 0 || newSecret === undefined);

function clientsOf({ clients, command }: RunReport): string {
	const touched = clients.filter(isTouched);
	if (touched.length === 0) return "";
	const rows: string[][] = [];
	let length = 0;
	for (const client of touched) {
		const row = [
			whatHappens(client, command),
			labelOf(client),
			client.changes.map((change) => changeText(change, client.action)).join("<br>"),
		];
		length += row.join(" | ").length;
		if (length > mostCharacters) break;
		rows.push(row);
	}
	const left = touched.length - rows.length;
	const more = left > 0 ? `\n\n... and ${left} more, too many for a comment: see the results of the run.` : "";
	const head = command === "drift" ? ["", "client", "state -> Genesys Cloud"] : ["", "client", "what changes"];
	return markdownTable([head, ...rows], { alignDelimiters: false, padding: true }) + more;
}

function whatHappens(client: ClientReport, command: string): string {
	const isSecretOnly = client.action === "update" && command !== "drift" && !isChanged(client);
	return `${client.failed ? "**failed**: " : ""}${isSecretOnly ? "new secret" : wordOf(client.action, client.failed ? "preview" : command)}`;
}

const labelOf = ({ resource, name }: ClientReport) => `${code(resource)} ${code(name)}`;

function changeText({ field, before, after }: FieldChange, action: Action): string {
	if (field === "clientSecret") return `${code(field)}: somebody has reset it`;
	if (isDeepStrictEqual(before, after)) return code(field);
	if (action === "create") return `${code(field)}: ${valueText(after)}`;
	if (Array.isArray(before) && Array.isArray(after)) return `${code(field)}: ${listChange(before, after)}`;
	return `${code(field)}: ${valueText(before)} → ${valueText(after)}`;
}

const without = (list: unknown[], others: unknown[]) =>
	list.filter((item) => !others.some((other) => isDeepStrictEqual(item, other)));

/** A list is a set to the API: what matters is what comes and what goes. */
function listChange(before: unknown[], after: unknown[]): string {
	const gone = without(before, after).map((item) => `removes ${valueText(item)}`);
	const come = without(after, before).map((item) => `adds ${valueText(item)}`);
	return [...gone, ...come].join(", ");
}

function valueText(value: unknown): string {
	if (value === undefined) return "(default)";
	if (Array.isArray(value)) return value.length === 0 ? "(none)" : value.map(valueText).join(", ");
	if (typeof value === "string") return value === "" ? "(empty)" : code(value);
	if (typeof value !== "object" || value === null) return code(JSON.stringify(value));
	return code(
		Object.entries(value)
			.map(([key, item]) => `${key} ${typeof item === "string" ? item : JSON.stringify(item)}`)
			.join(", "),
	);
}

function newSecretsOf({ clients }: RunReport, kind: ClientReport["kind"], title: string): string {
	const renewed = clients.flatMap((client) => {
		const { newSecret } = client;
		return newSecret === undefined || client.kind !== kind ? [] : [`${labelOf(client)}: ${prose(newSecret)}`];
	});
	return listOf(title, renewed);
}

/** What it means for those who use a client that it is gone; `id` is the one that is. */
const goneClient: Partial<Record<Action, (id: string) => string>> = {
	replace: (id) =>
		`is replaced: it gets a new client id and a new secret. Logins with ${id} then fail: hand over the new ones.`,
	delete: (id) => `is deleted: logins with ${id} then fail, and it can't be brought back.`,
	deactivate: (id) =>
		`is left inactive: logins with ${id} then fail. Until Genesys Cloud deletes it, an adoption brings it back.`,
	release: (id) => `leaves this stack and stays in Genesys Cloud: ${id} goes on working, unmanaged.`,
};

/** The same for an integration credential. */
const goneCredential: typeof goneClient = {
	replace: (id) => `is replaced: integrations that use ${id} then fail: give them the new one.`,
	delete: (id) => `is deleted: integrations that use ${id} then fail, and it can't be brought back.`,
	release: (id) => `leaves this stack and stays in Genesys Cloud: integrations go on using ${id}, unmanaged.`,
};

function goneOf({ clients }: RunReport): string {
	const lines = clients.flatMap((client) => {
		const meaning = (client.kind === "credential" ? goneCredential : goneClient)[client.action];
		return meaning === undefined ? [] : [`${labelOf(client)} ${meaning(code(client.replacedId ?? client.id ?? ""))}`];
	});
	return listOf("Clients that are replaced, deleted or released", lines);
}

function policyOf({ policy }: RunReport): string {
	const mandatoryFirst = policy.toSorted((a, b) => Number(b.level === "mandatory") - Number(a.level === "mandatory"));
	const findings = mandatoryFirst.map(({ level, policy: name, resource, message }) => {
		return `${level === "mandatory" ? "**mandatory**" : code(level)} ${code(name)}${resource === undefined ? "" : ` on ${code(resource)}`}: ${prose(message)}`;
	});
	return listOf("Policy", findings);
}

function costOf(report: RunReport): string {
	const calls = callsOf(report);
	if (report.command !== "preview" || report.outcome !== "changed" || calls === 0) return "";
	return `Takes about ${calls} API ${calls === 1 ? "call" : "calls"}; Genesys Cloud allows 300 a minute for one token.`;
}

function listOf(title: string, items: string[]): string {
	if (items.length === 0) return "";
	const shown = items.slice(0, 50).map((item) => `- ${item}`);
	const more = items.length > shown.length ? [`- ... and ${items.length - shown.length} more`] : [];
	return [...(title === "" ? [] : [`**${title}**\n`]), ...shown, ...more].join("\n");
}

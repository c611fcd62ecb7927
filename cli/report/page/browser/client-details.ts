import { findingKinds } from "../../finding-catalog";
import {
	formatAuthor,
	formatCount,
	formatCredential,
	formatDay,
	formatNumber,
	formatRequests,
	formatSeconds,
	formatShare,
} from "../../format";
import type { ScopeUse, SecretAge } from "../../report";
import { type PageData, type PageUsage, unpackDays } from "../page-data";
import { type Content, element } from "./element";
import { severityMark } from "./marks";
import { useFigure } from "./use-figure";
import type { Entry } from "./view";

/** Everything about a client but its name. */
export function clientDetails(client: Entry, data: PageData): Content {
	const { description, authorizedGrantType, state, usage, scopes, findings } = client;
	const subtitle = [authorizedGrantType, state, ...(usage ? [`${formatRequests(client)} requests`] : [])];
	return [
		element("p", { class: "soft" }, subtitle.filter(Boolean).join(" · ")),
		description !== "" && element("p", {}, description),
		findings.length > 0 &&
			element(
				"ul",
				{ class: "findings" },
				findings.map(({ severity, finding, what, remedy = findingKinds[finding].remedy }) => {
					const title = element("strong", {}, `${findingKinds[finding].title}:`);
					return element("li", {}, severityMark(severity), " ", title, ` ${what}. ${remedy}.`);
				}),
			),
		facts(client),
		usage && data.period && use(client, usage, data),
		scopes && scopes.verdicts.length > 0 && scopeTable(scopes),
		usage && usage.operations.length > 0 && operationTable(usage, data.operations),
	];
}

const lines = (values: string[]) => values.map((value) => element("span", { class: "line" }, value));

const dated = (date: string | null, author: Entry["createdBy"]) =>
	`${date === null ? "unknown" : formatDay(date)}${author ? ` by ${formatAuthor(author)}` : ""}`;

const isGiven = (value: Content) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

function facts(client: Entry): Content {
	const { id, accessTokenValiditySeconds: seconds, roleDivisions, scope, managedBy } = client;
	const managers = (managedBy ?? []).map(({ project, stack, resource }) => `${project}/${stack}: ${resource}`);
	const entries: [name: string, value: Content][] = [
		["Client id", element("span", { class: "id" }, id)],
		["Created", dated(client.dateCreated, client.createdBy)],
		["Last changed", dated(client.dateModified, client.modifiedBy)],
		["Will be deleted", client.dateToDelete && formatDay(client.dateToDelete)],
		["Secret", secretText(client.secret)],
		["Token lifetime", seconds === null ? "unknown" : `${formatSeconds(seconds)} (${formatNumber(seconds)} s)`],
		["Scopes", client.authorizedGrantType !== "CLIENT-CREDENTIALS" && (scope.join(", ") || "none")],
		["Redirect URIs", lines(client.registeredRedirectUri)],
		["Roles", lines(roleDivisions.map(({ roleId, divisionId }) => `${roleId} in ${divisionId}`))],
		["Integration credentials", lines((client.integrationCredentials ?? []).map((one) => formatCredential(one)))],
		["Managed by", managedBy && (managers.length > 0 ? lines(managers) : "none of the given stacks")],
	];
	return element(
		"dl",
		{},
		entries
			.filter(([, value]) => isGiven(value))
			.map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
	);
}

function secretText({ source, since, ageDays }: SecretAge): string {
	if (source === "none") return "none: this grant has no secret";
	if (since === null || ageDays === null) return "age unknown";
	const age = formatCount(ageDays, "day");
	return source === "stack"
		? `${age} old: created on ${formatDay(since)} according to its stack`
		: `at most ${age} old: the client was created on ${formatDay(since)}, and Genesys Cloud doesn't show when a secret was rotated`;
}

function use({ name, id }: Entry, { status, error, total, days }: PageUsage, data: PageData): Content {
	const { period } = data;
	if (period === null) return null;
	if (status === "failed") return element("p", {}, `Its usage is unknown: ${error ?? ""}.`);
	if (total.requests === 0 || days === null) {
		return element("p", {}, `No request from ${period.from} to ${period.to}.`);
	}
	return useFigure({ chart: id, of: name || "this client", period, days: unpackDays(data.days, days), height: 170 });
}

const verdictTexts = {
	used: "used",
	"only-read": "only used to read",
	"no-call": "not needed",
	"cannot-tell": "unknown",
};

const code = (text: string) => element("code", {}, text);

function scopeTable({ verdicts, proposed }: ScopeUse): Content {
	return [
		plainTable(
			"Granted scopes, and what the calls of the period show about them.",
			["Scope", "Usage", "Reason", "Sufficient"],
			verdicts.map(({ scope, verdict, reason, narrower }) => [
				code(scope),
				verdictTexts[verdict],
				reason,
				verdict === "no-call" ? "none" : code((narrower ?? [scope]).join(", ")),
			]),
		),
		proposed && proposed.length > 0 && element("p", {}, "Proposed: ", code(proposed.join(", "))),
	];
}

function operationTable({ operations, others, total }: PageUsage, names: readonly string[]): Content {
	const rows: Content[][] = operations.map(([index, requests, status400]) => [
		element("code", {}, names[index] || "(unnamed)"),
		formatNumber(requests),
		formatShare(requests, total.requests),
		formatShare(status400, requests),
	]);
	if (others.operations > 0) {
		const share = formatShare(others.requests, total.requests);
		rows.push([formatCount(others.operations, "other operation"), formatNumber(others.requests), share, ""]);
	}
	const heads = ["Operation", "Requests", "Share", "4xx"];
	return plainTable("What it called, the most frequent first.", heads, rows, "number");
}

/** A small table; the first cell of a row is its heading, the others are of one class. Without numbers its rows are blocks in the narrow layout. */
function plainTable(caption: string, heads: readonly string[], rows: readonly Content[][], kind?: "number"): Content {
	const headers = heads.map((head, index) =>
		element("th", { scope: "col", role: "columnheader", class: index === 0 ? undefined : kind }, head),
	);
	const bodyRows = rows.map(([first, ...others]) => {
		const heading = element("th", { scope: "row", role: "rowheader" }, first);
		const cells = others.map((cell, index) =>
			element("td", { role: "cell", class: kind, "data-column": heads[index + 1] }, cell),
		);
		return element("tr", { role: "row" }, heading, cells);
	});
	return element(
		"div",
		{ class: "table" },
		element(
			"table",
			{ role: "table", class: kind === undefined && "stacked" },
			element("caption", {}, caption),
			element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, headers)),
			element("tbody", { role: "rowgroup" }, bodyRows),
		),
	);
}

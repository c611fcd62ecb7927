import { severities } from "../../finding-catalog";
import { formatRequests, formatSecretAge, formatSeconds, formatShare } from "../../format";
import type { PageData } from "../page-data";
import { clientLink, severityMark } from "./marks";
import type { Column } from "./paged-table";
import type { Entry } from "./view";

/** A column of the table of clients, which can be ordered by it. */
export interface ClientColumn extends Column<Entry> {
	sort: string;
	/** What clients are ordered by; "" if unknown: such clients come last in either direction. */
	value: (client: Entry) => string | number;
}

const isKnown = ({ usage }: Entry) => usage !== null && usage.status !== "failed";

const usageColumns: ClientColumn[] = [
	{
		name: "Requests",
		kind: "number",
		sort: "requests",
		value: (client) => (isKnown(client) ? (client.usage?.total.requests ?? "") : ""),
		show: (client) => formatRequests(client),
	},
	{
		name: "4xx",
		kind: "number",
		sort: "4xx",
		value: ({ usage }) => (usage?.total.requests ? usage.total.status400 / usage.total.requests : ""),
		show: ({ usage }) => (usage?.total.requests ? formatShare(usage.total.status400, usage.total.requests) : ""),
	},
	{
		name: "Last used",
		kind: "word",
		sort: "last-used",
		value: ({ usage }) => usage?.lastUsed ?? "",
		show: (client) => client.usage?.lastUsed ?? (isKnown(client) ? "none" : "?"),
	},
];

/** The columns of the table of clients. */
export function clientColumns({ period, stacks }: Pick<PageData, "period" | "stacks">): ClientColumn[] {
	return [
		{ name: "Client", kind: "client", sort: "name", value: ({ name }) => name, show: (client) => clientLink(client) },
		{
			name: "Findings",
			kind: "word",
			sort: "findings",
			// By the highest severity, then by the number of findings.
			value: ({ findings: [first, ...others] }) =>
				first ? (severities.length - severities.indexOf(first.severity)) * 100 + others.length : 0,
			show: ({ findings: [first, ...others] }) =>
				first ? [severityMark(first.severity), ` ${others.length + 1}`] : "0",
		},
		{
			name: "Grant",
			sort: "grant",
			value: ({ authorizedGrantType }) => authorizedGrantType,
			show: ({ authorizedGrantType }) => authorizedGrantType || "?",
		},
		{ name: "State", kind: "word", sort: "state", value: ({ state }) => state, show: ({ state }) => state },
		...(period ? usageColumns : []),
		{
			name: "Secret age",
			kind: "number",
			sort: "secret-age",
			value: ({ secret }) => secret.ageDays ?? "",
			show: ({ secret }) => formatSecretAge(secret),
		},
		{
			name: "Token lifetime",
			kind: "number",
			sort: "token-lifetime",
			value: ({ accessTokenValiditySeconds }) => accessTokenValiditySeconds ?? "",
			show: ({ accessTokenValiditySeconds: seconds }) => (seconds === null ? "?" : formatSeconds(seconds)),
		},
		...(stacks
			? [
					{
						name: "Managed by",
						sort: "managed-by",
						value: ({ stacks: found }: Entry) => found.join(", "),
						show: ({ stacks: found }: Entry) => found.join(", ") || "none",
					},
				]
			: []),
	];
}

const alphabet = new Intl.Collator("en");

/** Orders clients by a column; clients whose value is unknown come last in either direction. */
export function orderClients(clients: readonly Entry[], column: ClientColumn, isDescending: boolean): Entry[] {
	const direction = isDescending ? -1 : 1;
	return clients
		.map((client) => ({ client, value: column.value(client) }))
		.toSorted(({ value: one }, { value: other }) => {
			if (one === "" || other === "") return Number(one === "") - Number(other === "");
			const order =
				typeof one === "number" && typeof other === "number"
					? one - other
					: alphabet.compare(String(one), String(other));
			return order * direction;
		})
		.map(({ client }) => client);
}

/** The order that choosing a column gives: the first choice orders numbers and findings descending, words ascending. */
export function nextSort({ sort, kind }: ClientColumn, current: string): string {
	if (current === sort) return `-${sort}`;
	if (current === `-${sort}`) return sort;
	return kind === "number" || sort === "findings" ? `-${sort}` : sort;
}

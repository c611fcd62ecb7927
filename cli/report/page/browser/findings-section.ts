import { findingKinds, type FindingName, findingNames } from "../../finding-catalog";
import { formatCount, formatRequests } from "../../format";
import type { PageData, PageFinding } from "../page-data";
import { type Content, element, fill } from "./element";
import { clientLink, dueText, severityMark } from "./marks";
import { type Column, pagedTable } from "./paged-table";
import type { Entry } from "./view";

/** Findings that stand together under one heading. */
export interface FindingGroup {
	/** The heading's id. */
	id: string;
	title: string;
	findings: PageFinding[];
	/** The kinds that are explained. */
	kinds: FindingName[];
	/** Whether each has a date. */
	isDated: boolean;
}

/** Whether Genesys Cloud will stop what somebody uses. */
const isOutage = ({ dueAt, severity }: PageFinding) => dueAt !== undefined && severity === "high";

/** The findings in groups: what will stop a client that is in use, the soonest first; then by kind. */
export function groupFindings(findings: readonly PageFinding[]): FindingGroup[] {
	const outages = findings.filter((finding) => isOutage(finding));
	const byKind = Map.groupBy(
		findings.filter((finding) => !isOutage(finding)),
		({ finding }) => finding,
	);
	const groups: FindingGroup[] = findingNames.map((name) => ({
		id: `finding-${name}`,
		title: findingKinds[name].title,
		findings: byKind.get(name) ?? [],
		kinds: [name],
		isDated: false,
	}));
	const kinds = [...new Set(outages.map(({ finding }) => finding))];
	groups.unshift({ id: "outages", title: "Coming outages", findings: outages, kinds, isDated: true });
	return groups.filter((group) => group.findings.length > 0);
}

/** Shows groups of findings. */
export function showFindings(
	holder: Element,
	groups: readonly FindingGroup[],
	entries: readonly Entry[],
	data: PageData,
): void {
	fill(
		holder,
		groups.length === 0 &&
			element("p", {}, data.findings.length === 0 ? "None." : "None that the filter lets through."),
		groups.map((group) => groupSection(group, entries, data)),
	);
}

function groupSection(group: FindingGroup, entries: readonly Entry[], data: PageData): Content {
	const columns: Column<PageFinding>[] = [
		{
			name: "Client",
			kind: "client",
			show: ({ client }) => {
				const entry = entries[client];
				return entry && clientLink(entry);
			},
		},
		{ name: "Severity", kind: "word", show: ({ severity }) => severityMark(severity) },
		{ name: "What was found", show: ({ what }) => what },
	];
	if (group.isDated) {
		columns.splice(1, 1, { name: "When", show: ({ dueAt }) => (dueAt ? dueText(dueAt, data.generatedAt) : "") });
	}
	if (data.period) {
		columns.push({
			name: "Requests",
			kind: "number",
			show: ({ client }) => formatRequests({ usage: entries[client]?.usage ?? null }),
		});
	}
	const table = pagedTable<PageFinding>({ label: group.title, columns, pageSize: 10 });
	table.show(group.findings);
	return element(
		"section",
		{ "aria-labelledby": group.id, class: group.isDated ? "outages" : undefined },
		element(
			"h3",
			{ id: group.id, tabindex: "-1" },
			`${group.title} `,
			element("span", { class: "soft" }, `(${formatCount(group.findings.length, "client")})`),
		),
		group.kinds.map((name) => {
			const { why, remedy } = findingKinds[name];
			return element("p", {}, `${why} `, element("strong", {}, "What to do:"), ` ${remedy}.`);
		}),
		table.node,
	);
}

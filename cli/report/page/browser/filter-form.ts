import { findingKinds, type FindingName, findingNames, severities } from "../../finding-catalog";
import { formatNumber } from "../../format";
import type { PageData } from "../page-data";
import { type Content, element, fill } from "./element";
import { type Entry, type View, wholeReport } from "./view";

type Choice = "severity" | "finding" | "grant" | "state" | "stack";

/** The filter of findings and clients. */
export interface FilterForm {
	node: HTMLElement;
	/** Shows what is filtered, and how much that leaves. */
	show: (view: View, left: { clients: number; findings: number }) => void;
	/** The view without what this report doesn't have, such as a stack that an address names. */
	allowed: (view: View) => View;
}

/**
 * Makes the filter.
 *
 * @param onChange called with what the reader changed
 */
export function filterForm(
	data: PageData,
	entries: readonly Entry[],
	onChange: (change: Partial<View>) => void,
): FilterForm {
	const { summary, findings, stacks } = data;
	const found = findingNames.filter((name) => summary.byFinding[name] !== undefined);
	const given = severities.filter((severity) => summary.bySeverity[severity] > 0);
	const choices: [name: Choice, label: string, values: readonly string[], show?: (value: string) => string][] = [
		["severity", "Severity", given],
		["finding", "Finding", [...found, "none"], title],
		["grant", "Grant", unique(entries.map(({ authorizedGrantType }) => authorizedGrantType))],
		["state", "State", unique(entries.map(({ state }) => state))],
	];
	if (stacks) choices.push(["stack", "Stack", [...unique(entries.flatMap((entry) => entry.stacks)), "none"]]);

	const text = element("input", {
		id: "filter-text",
		type: "search",
		autocomplete: "off",
		input: () => onChange({ text: text.value }),
	});
	const selects = new Map(
		choices.map(([name, , values, show = (value) => value]) => {
			const select = element(
				"select",
				{ id: `filter-${name}`, change: () => onChange({ [name]: select.value }) },
				element("option", { value: "" }, "All"),
				values.map((value) => element("option", { value }, show(value))),
			);
			return [name, select] as const;
		}),
	);
	const shown = element("output", { id: "filter-shown", for: "filter-text" });
	const { sort: _sort, client: _client, ...noFilter } = wholeReport;
	const node = element(
		"form",
		{ id: "filter", role: "search", "aria-label": "Filter", submit: (event) => event.preventDefault() },
		labelled("filter-text", "Name, id, URI, author", text),
		choices.map(([name, label]) => labelled(`filter-${name}`, label, selects.get(name))),
		element("button", { type: "button", click: () => onChange(noFilter) }, "Show all"),
		shown,
	);
	return {
		node,
		show: (view, left) => {
			// What the reader is typing stays as it is.
			if (text.value !== view.text) text.value = view.text;
			for (const [name, select] of selects) select.value = view[name];
			fill(
				shown,
				`${countText(left.findings, findings.length)} findings, ${countText(left.clients, entries.length)} clients`,
			);
		},
		allowed: (view) => {
			const known = new Map(choices.map(([name, , values]) => [name, values]));
			const names: Choice[] = ["severity", "finding", "grant", "state", "stack"];
			const unknown = names.filter((name) => !known.get(name)?.includes(view[name]));
			return { ...view, ...Object.fromEntries(unknown.map((name) => [name, ""])) };
		},
	};
}

const title = (name: string) => (name === "none" ? "No finding" : findingKinds[name as FindingName].title);

const countText = (count: number, all: number) => `${formatNumber(count)} of ${formatNumber(all)}`;

const labelled = (id: string, label: string, control: Content) =>
	element("div", {}, element("label", { for: id }, label), control);

const unique = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== "").toSorted();

import { severities } from "../../finding-catalog";
import { formatCount, formatNumber, formatShare } from "../../format";
import { type PageData, unpackDays } from "../page-data";
import { type Content, element } from "./element";
import type { FindingGroup } from "./findings-section";
import { fragmentOf, type View } from "./view";

/** Where a link on the page leads: what it filters, and the heading that it goes to. */
export type Go = (heading: string, filter?: Partial<View>) => void;

/** The report's figures; each leads to what it counts. */
export function cards(data: PageData, go: Go): Content {
	const { summary, period, stacks, limits } = data;
	const { byFinding, bySeverity, byState, requests } = summary;
	const states = Object.entries(byState).filter(([, clients]) => clients > 0);
	const graded = severities.filter((severity) => bySeverity[severity] > 0);
	const days = data.usage ? unpackDays(data.days, data.usage) : [];
	const share = (name: "status400" | "status429") =>
		formatShare(
			days.reduce((sum, day) => sum + day[name], 0),
			requests ?? 0,
		);
	const entries: [name: string, value: number, more: string, heading: string, filter: Partial<View>][] = [
		["Findings", data.findings.length, list(graded.map((one) => [one, bySeverity[one]])), "findings", {}],
		["Severe findings", bySeverity.high, "severity high", "findings", { severity: "high" }],
	];
	if (period) {
		const unused = `for ${formatCount(limits.unusedDays, "day")}`;
		entries.push(["Unused", byFinding.unused ?? 0, unused, "findings", { finding: "unused" }]);
	}
	if (stacks) {
		const given = `by ${formatCount(stacks.length, "given stack")}`;
		entries.push(["Not managed", byFinding.unmanaged ?? 0, given, "findings", { finding: "unmanaged" }]);
	}
	entries.push(["Clients", summary.clients, list(states), "clients", {}]);
	if (period)
		entries.push(["Requests", requests ?? 0, `${share("status400")} 4xx, ${share("status429")} 429`, "use", {}]);
	return element(
		"ul",
		{ class: "tiles" },
		entries.map(([name, value, more, heading, filter]) =>
			element(
				"li",
				{},
				element(
					"a",
					{ href: fragmentOf(filter) || `#${heading}`, click: leadTo(() => go(heading, filter)) },
					element("span", { class: "name" }, name),
					" ",
					element("span", { class: "value" }, formatNumber(value)),
					" ",
					element("span", { class: "more" }, more),
				),
			),
		),
	);
}

const list = (entries: readonly (readonly [string, number])[]) =>
	entries.map(([name, count]) => `${formatNumber(count)} ${name}`).join(", ");

/** The list of contents. */
export function contents(groups: readonly FindingGroup[], clients: number, hasUsage: boolean, go: Go): Content {
	const entries: [id: string, title: string, count?: number][] = [
		["findings", "Findings", groups.reduce((sum, { findings }) => sum + findings.length, 0)],
		...groups.map(({ id, title, findings }): [string, string, number] => [id, title, findings.length]),
		["clients", "Clients", clients],
	];
	if (hasUsage) entries.push(["use", "API usage"]);
	return element(
		"ul",
		{},
		entries.map(([id, title, count]) =>
			element(
				"li",
				{},
				element("a", { href: `#${id}`, click: leadTo(() => go(id)) }, title),
				count !== undefined && element("span", { class: "soft" }, ` ${formatNumber(count)}`),
			),
		),
	);
}

/** Does what a link does on this page; a click that asks for a new tab stays the browser's. */
const leadTo = (go: () => void) => (event: Event) => {
	const { ctrlKey, metaKey, shiftKey } = event as MouseEvent;
	if (ctrlKey || metaKey || shiftKey) return;
	event.preventDefault();
	go();
};

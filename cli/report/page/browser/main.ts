// The script of the page. `tools/page-bundle.mjs` makes one file of it and what it imports; uPlot runs before it.
import { formatCount } from "../../format";
import { type PageData, unpackDays } from "../page-data";
import { drawAll, redrawAll } from "./chart";
import { clientDialog } from "./client-dialog";
import { clientsSection } from "./clients-section";
import { element, fill } from "./element";
import { filterForm } from "./filter-form";
import { groupFindings, showFindings } from "./findings-section";
import { cards, contents, type Go } from "./overview";
import { printing } from "./paged-table";
import { useFigure } from "./use-figure";
import { applyFilter, entriesOf, type Entry, fragmentOf, parseView, type View } from "./view";

const byId = (id: string) => document.getElementById(id);
const data = JSON.parse(byId("report-data")?.textContent ?? "") as PageData;
const entries = entriesOf(data);

let view: View;

/** Browsers allow only so many changes of the address in a time: while the reader types it waits so many milliseconds. */
const patience = 250;
let later: ReturnType<typeof setTimeout> | undefined;

function noteInAddress(method: "pushState" | "replaceState"): void {
	clearTimeout(later);
	const [page = ""] = location.href.split("#");
	const address = `${page}${fragmentOf(view)}`;
	if (address !== location.href) history[method](null, "", address);
}

/** What the reader does to the filter replaces the address; opening a client or following a link is a step to go back from. */
function change(changes: Partial<View>, isStep = false): void {
	// What waits belongs to the place that is left.
	if (isStep) noteInAddress("replaceState");
	view = { ...view, ...changes };
	clearTimeout(later);
	const isTyping = "text" in changes && changes.text !== "";
	if (isTyping) later = setTimeout(() => noteInAddress("replaceState"), patience);
	else noteInAddress(isStep ? "pushState" : "replaceState");
	show();
}

const form = filterForm(data, entries, change);
const clients = clientsSection(data, (sort) => change({ sort }));
const dialog = clientDialog(data, () => {
	if (view.client !== "") change({ client: "" }, true);
});
const findings = element("div", {});
const contentList = element("nav", { "aria-label": "Contents", class: "contents" });

const go: Go = (heading, filter) => {
	if (filter) change({ ...parseView(""), sort: view.sort, ...filter }, true);
	const target = byId(heading);
	target?.scrollIntoView();
	target?.focus({ preventScroll: true });
};

/** What the page shows, so that a view changes only what differs: opening a client changes nothing behind it. */
let shown: { filter: string; sort: string; clients: Entry[] } | undefined;

function show(): void {
	const { sort } = view;
	const filter = fragmentOf({ ...view, sort: "", client: "" });
	if (shown?.filter !== filter) {
		const left = applyFilter(entries, data.findings, view);
		const groups = groupFindings(left.findings);
		form.show(view, { clients: left.clients.length, findings: left.findings.length });
		fill(contentList, contents(groups, left.clients.length, data.usage !== null, go));
		showFindings(findings, groups, entries, data);
		clients.show(left.clients, view);
		shown = { filter, sort, clients: left.clients };
	} else if (shown.sort !== sort) {
		clients.show(shown.clients, view);
		shown.sort = sort;
	}
	dialog.show(entries.find(({ id }) => id === view.client));
}

function usageSection() {
	const { period, usage, summary } = data;
	if (period === null || usage === null) return null;
	const missing = summary.byFinding["usage-unknown"];
	return element(
		"section",
		{ "aria-labelledby": "use" },
		element("h2", { id: "use", tabindex: "-1" }, "API usage"),
		missing !== undefined &&
			element("p", {}, `Usage data of ${formatCount(missing, "client")} is missing or incomplete.`),
		useFigure({ chart: "organization", of: "all clients", period, days: unpackDays(data.days, usage), height: 260 }),
	);
}

function followAddress(): void {
	clearTimeout(later);
	view = form.allowed(parseView(location.hash));
	show();
}

byId("filter-place")?.replaceWith(form.node);
fill(
	byId("report") ?? document.body,
	contentList,
	cards(data, go),
	element(
		"section",
		{ "aria-labelledby": "findings" },
		element("h2", { id: "findings", tabindex: "-1" }, "Findings"),
		findings,
	),
	clients.node,
	usageSection(),
);
document.body.append(dialog.node);
followAddress();
// The browser has looked for this heading before it was there.
byId(location.hash.slice(1))?.scrollIntoView();

// What is scrolled to must not be under the filter.
new ResizeObserver(() => {
	const isSticky = getComputedStyle(form.node).position === "sticky";
	document.documentElement.style.scrollPaddingTop = `${isSticky ? form.node.offsetHeight + 8 : 8}px`;
}).observe(form.node);

addEventListener("hashchange", followAddress);
document.addEventListener("click", (event) => {
	const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-client]") : null;
	if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	change({ client: link.dataset["client"] ?? "" }, true);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);

// Paper is white, has no buttons, and nothing scrolls into view before printing.
function prepare(forPaper: boolean): void {
	document.documentElement.classList.toggle("paper", forPaper);
	printing.everything = forPaper;
	shown = undefined;
	show();
	if (forPaper) drawAll();
	redrawAll();
}
addEventListener("beforeprint", () => prepare(true));
addEventListener("afterprint", () => prepare(false));

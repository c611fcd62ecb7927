/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script inside the page. The page contains its compiled text, so it may import only types. uPlot runs before it.
import type UPlot from "uplot";

declare const uPlot: typeof UPlot;

/** The data of the page's charts: see `chart-data.ts`. */
interface ChartData {
	days: number[];
	charts: Record<string, { requests: number[]; status400: number[]; status429: number[] }>;
}

const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>(selector)];
const byId = (id: string) => document.getElementById(id);
const data = JSON.parse(byId("chart-data")?.textContent ?? "{}") as ChartData;
const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = (value: number) => value.toLocaleString("en-US");
const dayText = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
const halfDay = 43_200;
const font = "12px system-ui, sans-serif";

// Charts

const drawn = new Map<HTMLElement, UPlot>();

function draw(holder: HTMLElement): void {
	const counts = data.charts[holder.dataset["chart"] ?? ""];
	if (counts === undefined || drawn.has(holder)) return;
	const bars = uPlot.paths.bars?.({ size: [0.72, 36] });
	const series = (label: string, values: number[], name: string): UPlot.Series => ({
		label,
		...(bars ? { paths: bars } : {}),
		points: { show: false },
		width: 0,
		fill: () => colour(name),
		// The sum of all days while the pointer is on none.
		value: (_, value, _series, index) =>
			number(index === null ? values.reduce((sum, one) => sum + one, 0) : (value ?? 0)),
	});
	const line = { stroke: () => colour("--rule"), width: 1 };
	const axis = { stroke: () => colour("--soft"), font, ticks: line };
	const options: UPlot.Options = {
		width: widthOf(holder),
		height: Number(holder.dataset["height"] ?? 180),
		tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
		cursor: { drag: { x: false, y: false }, points: { show: false } },
		scales: {
			// Computed from the days: when uPlot redraws, it passes its last result instead of the data's range.
			x: { range: () => [(data.days[0] ?? 0) - halfDay, (data.days.at(-1) ?? 0) + halfDay] },
			y: { range: (_, _from, to) => [0, Math.max(to * 1.05, 4)] },
		},
		axes: [
			{
				...axis,
				grid: { show: false },
				space: 96,
				incrs: [1, 2, 3, 4, 7, 14, 28, 56, 112].map((days) => days * 2 * halfDay),
				values: (_, splits) => splits.map((seconds) => dayText(seconds)),
			},
			{
				...axis,
				grid: line,
				space: 24,
				label: "Requests per day",
				labelFont: font,
				labelSize: 20,
				incrs: [1, 2, 5]
					.flatMap((step) => Array.from({ length: 9 }, (_, power) => step * 10 ** power))
					.toSorted((a, b) => a - b),
				values: (_, splits) => splits.map((value) => number(value)),
				size: (_, values) => 18 + 7 * Math.max(1, ...(values ?? []).map((value) => value.length)),
			},
		],
		series: [
			{ label: "Day", value: (_, seconds, _series, index) => (index === null ? "all" : dayText(seconds)) },
			series("Requests", counts.requests, "--bar"),
			series("of these 4xx", counts.status400, "--bar-400"),
			series("of these 429", counts.status429, "--bar-429"),
		],
	};
	holder.replaceChildren();
	const chart = new uPlot(options, [data.days, counts.requests, counts.status400, counts.status429], holder);
	drawn.set(holder, chart);
	// For inspecting the page, as the tests do.
	Object.assign(holder, { chart });
}

const widthOf = (holder: HTMLElement) => Math.max(240, Math.floor(holder.clientWidth));

/** Charts are drawn when they come into view: drawing a hundred at once would block the page. */
const whenSeen = new IntersectionObserver(
	(entries) => {
		for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target as HTMLElement);
	},
	{ rootMargin: "300px" },
);
const whenResized = new ResizeObserver((entries) => {
	for (const { target } of entries) {
		const holder = target as HTMLElement;
		const chart = drawn.get(holder);
		if (chart && holder.clientWidth > 0 && chart.width !== widthOf(holder)) {
			chart.setSize({ width: widthOf(holder), height: chart.height });
		}
	}
});
for (const holder of all("[data-chart]")) {
	whenSeen.observe(holder);
	whenResized.observe(holder);
}
const redraw = () => {
	// Including the paths: uPlot caches their colours.
	for (const chart of drawn.values()) chart.redraw();
};
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

// Paper is white, and nothing scrolls into view before printing.
addEventListener("beforeprint", () => {
	document.documentElement.classList.add("paper");
	for (const holder of all("[data-chart]")) if (holder.clientWidth > 0) draw(holder);
	redraw();
});
addEventListener("afterprint", () => {
	document.documentElement.classList.remove("paper");
	redraw();
});

// The table of clients: order and filter

const table = byId("clients-table") as HTMLTableElement | null;
const body = table?.tBodies[0];
const rows = body ? [...body.rows] : [];
const valueOf = (row: HTMLTableRowElement, column: number) => row.cells[column]?.dataset["value"] ?? "";

function compare(one: string, other: string, numeric: boolean): number {
	if (one === other) return 0;
	return numeric ? Number(one) - Number(other) : one.localeCompare(other, "en");
}

function sortBy(header: HTMLTableCellElement): void {
	const column = header.cellIndex;
	const numeric = header.dataset["sort"] === "number";
	const was = header.getAttribute("aria-sort");
	// The first click sorts numbers descending and words ascending.
	const descending = was === null ? numeric : was === "ascending";
	for (const other of all("th", table?.tHead ?? document)) other.removeAttribute("aria-sort");
	header.setAttribute("aria-sort", descending ? "descending" : "ascending");
	const ordered = rows.toSorted((a, b) => {
		const [one, other] = [valueOf(a, column), valueOf(b, column)];
		// Unknown values come last in either direction.
		if (one === "" || other === "") return Number(one === "") - Number(other === "");
		return compare(one, other, numeric) * (descending ? -1 : 1);
	});
	body?.append(...ordered);
}

for (const header of all("th[data-sort]", table ?? document) as HTMLTableCellElement[]) {
	header.querySelector("button")?.addEventListener("click", () => sortBy(header));
}

const search = byId("filter-text") as HTMLInputElement | null;
const selects = all("#filter select") as HTMLSelectElement[];
const shown = byId("filter-shown");

function filter(): void {
	const wanted = search?.value.trim().toLowerCase() ?? "";
	let count = 0;
	for (const row of rows) {
		const fits =
			(row.dataset["text"] ?? "").includes(wanted) &&
			selects.every(({ name, value }) => value === "" || (row.dataset[name] ?? "").split(" ").includes(value));
		row.hidden = !fits;
		const details = byId(row.dataset["details"] ?? "");
		if (details) details.hidden = !fits;
		if (fits) count += 1;
	}
	if (shown) shown.textContent = `${count} of ${rows.length} clients`;
}

search?.addEventListener("input", filter);
for (const select of selects) select.addEventListener("change", filter);
byId("filter")?.addEventListener("reset", () => setTimeout(filter));
byId("filter")?.addEventListener("submit", (event) => event.preventDefault());
filter();

// Each client

function openTarget(): void {
	const target = byId(decodeURIComponent(location.hash.slice(1)));
	if (!(target instanceof HTMLDetailsElement)) return;
	target.hidden = false;
	target.open = true;
	target.scrollIntoView();
}

addEventListener("hashchange", openTarget);
// A second click on the same link doesn't change the address.
document.addEventListener("click", ({ target }) => {
	if (target instanceof HTMLAnchorElement && target.hash !== "" && target.hash === location.hash) openTarget();
});
openTarget();

const toggleAll = byId("toggle-all");
toggleAll?.addEventListener("click", () => {
	const clients = all("details.client") as HTMLDetailsElement[];
	const open = clients.some((client) => !client.open);
	for (const client of clients) client.open = open;
	toggleAll.textContent = open ? "Close all" : "Open all";
});
// Controls that need this script are hidden until it has run.
for (const control of all("[data-needs-script]")) control.hidden = false;

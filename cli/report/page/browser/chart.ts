import type UPlot from "uplot";
import { formatNumber } from "../../format";
import type { DayUse } from "../../report";

// uPlot is a script of its own, which runs before this one.
declare const uPlot: typeof UPlot;

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const dayText = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
const halfDay = 43_200;
const font = "12px system-ui, sans-serif";

const waiting = new Map<Element, readonly DayUse[]>();
const drawn = new Map<Element, UPlot>();

const widthOf = (holder: Element) => Math.max(240, Math.floor(holder.clientWidth));

/** Draws a chart of the usage by day into an element, when that comes into view. */
export function drawWhenSeen(holder: HTMLElement, days: readonly DayUse[]): void {
	waiting.set(holder, days);
	whenSeen.observe(holder);
	whenResized.observe(holder);
}

/** Draws every chart that is laid out. */
export function drawAll(): void {
	for (const holder of waiting.keys()) if (holder.clientWidth > 0) draw(holder as HTMLElement);
}

/** Draws the charts again, in the colours of now. */
export function redrawAll(): void {
	// Including the paths: uPlot caches their colours.
	for (const chart of drawn.values()) chart.redraw();
}

/** Forgets the charts inside an element that is about to go. */
export function dropCharts(within: Element): void {
	for (const holder of within.querySelectorAll("[data-chart]")) {
		drawn.get(holder)?.destroy();
		drawn.delete(holder);
		waiting.delete(holder);
		whenSeen.unobserve(holder);
		whenResized.unobserve(holder);
	}
}

const whenSeen = new IntersectionObserver(
	(entries) => {
		for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target as HTMLElement);
	},
	{ rootMargin: "300px" },
);
const whenResized = new ResizeObserver((entries) => {
	for (const { target } of entries) {
		const chart = drawn.get(target);
		if (chart && target.clientWidth > 0 && chart.width !== widthOf(target)) {
			chart.setSize({ width: widthOf(target), height: chart.height });
		}
	}
});

function draw(holder: HTMLElement): void {
	const days = waiting.get(holder);
	if (days === undefined) return;
	waiting.delete(holder);
	const times = days.map(({ date }) => Date.parse(date) / 1000);
	const counts = (["requests", "status400", "status429"] as const).map((name) => days.map((day) => day[name]));
	const bars = uPlot.paths.bars?.({ size: [0.72, 36] });
	const series = (label: string, values: number[] = [], name = ""): UPlot.Series => ({
		label,
		...(bars ? { paths: bars } : {}),
		points: { show: false },
		width: 0,
		fill: () => colour(name),
		// The sum of all days while the pointer is on none.
		value: (_, value, _series, index) =>
			formatNumber(index === null ? values.reduce((sum, one) => sum + one, 0) : (value ?? 0)),
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
			x: { range: () => [(times[0] ?? 0) - halfDay, (times.at(-1) ?? 0) + halfDay] },
			y: { range: (_, _from, to) => [0, Math.max(to * 1.05, 4)] },
		},
		axes: [
			{
				...axis,
				grid: { show: false },
				space: 96,
				incrs: [1, 2, 3, 4, 7, 14, 28, 56, 112].map((step) => step * 2 * halfDay),
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
				values: (_, splits) => splits.map((value) => formatNumber(value)),
				size: (_, values) => 18 + 7 * Math.max(1, ...(values ?? []).map((value) => value.length)),
			},
		],
		series: [
			{ label: "Day", value: (_, seconds, _series, index) => (index === null ? "all" : dayText(seconds)) },
			series("Requests", counts[0], "--bar"),
			series("of these 4xx", counts[1], "--bar-400"),
			series("of these 429", counts[2], "--bar-429"),
		],
	};
	holder.replaceChildren();
	const chart = new uPlot(options, [times, ...counts] as UPlot.AlignedData, holder);
	drawn.set(holder, chart);
	// For inspecting the page, as the tests do.
	Object.assign(holder, { chart });
}

import { formatCount, formatNumber, formatShare } from "../../format";
import type { DayUse, Period } from "../../report";
import { drawWhenSeen } from "./chart";
import { type Content, element } from "./element";

const counts = [
	["Requests", "requests"],
	["2xx", "status200"],
	["3xx", "status300"],
	["4xx", "status400"],
	["of these 429", "status429"],
	["5xx", "status500"],
] as const;

/** A chart of the usage by day, and the same figures as a table for readers who can't see the chart. */
export function useFigure(options: {
	/** The chart's name: `organization`, or a client's id. */
	chart: string;
	/** Whose usage it is. */
	of: string;
	period: Period;
	days: readonly DayUse[];
	/** Height in pixels. */
	height: number;
}): Content {
	const { chart, of, period, days, height } = options;
	const holder = element("div", {
		class: height > 200 ? "chart tall" : "chart",
		role: "img",
		"aria-label": `Bar chart. ${summaryOf(of, days)} The table below has the figures.`,
		"data-chart": chart,
		"data-height": height,
	});
	drawWhenSeen(holder, days);
	return [
		element("figure", {}, element("figcaption", {}, `Requests per day, ${period.from} to ${period.to}`), holder),
		element(
			"details",
			{ class: "figures" },
			element("summary", {}, "Figures by day", element("span", { class: "soft" }, ` (${of})`)),
			element(
				"div",
				{ class: "table" },
				element(
					"table",
					{},
					element("caption", {}, `Requests of ${of} by UTC day, without days that had none. 4xx includes 429.`),
					element(
						"thead",
						{},
						element(
							"tr",
							{},
							element("th", { scope: "col" }, "Day"),
							counts.map(([name]) => element("th", { scope: "col", class: "number" }, name)),
						),
					),
					element(
						"tbody",
						{},
						days.filter(({ requests }) => requests > 0).map((day) => dayRow(day)),
					),
				),
			),
		),
	];
}

const dayRow = (day: DayUse): Content =>
	element(
		"tr",
		{},
		element("th", { scope: "row" }, day.date),
		counts.map(([, name]) => element("td", { class: "number" }, formatNumber(day[name]))),
	);

function summaryOf(of: string, days: readonly DayUse[]): string {
	const sum = (name: "requests" | "status400" | "status429") => days.reduce((total, day) => total + day[name], 0);
	const busiest = days.reduce((most, day) => (day.requests > most.requests ? day : most), days[0] ?? noDay);
	const total = sum("requests");
	return `${of}: ${formatCount(total, "request")} in ${formatCount(days.length, "day")}, most on ${busiest.date} (${formatNumber(busiest.requests)}); ${formatShare(sum("status400"), total)} answered with 4xx, ${formatShare(sum("status429"), total)} with 429.`;
}

const noDay = { date: "", requests: 0 };

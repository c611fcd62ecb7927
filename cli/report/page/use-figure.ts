import { html } from "hono/html";
import { formatCount, formatNumber, formatShare } from "../format";
import type { DayUse, Period } from "../report";
import type { Markup } from "./markup";

/** A chart of the usage by day, and the same figures as a table for readers who can't see the chart. */
export function useFigure(options: {
	/** The chart's name in the page's data. */
	chart: string;
	/** Whose usage it is. */
	of: string;
	period: Period;
	days: readonly DayUse[];
	/** Height in pixels. */
	height: number;
}): Markup {
	const { chart, of, period, days, height } = options;
	return html`<figure>
			<figcaption>Requests per day, ${period.from} to ${period.to}</figcaption>
			<div
				class="chart${height > 200 ? " tall" : ""}"
				role="img"
				aria-label="Bar chart. ${summaryOf(of, days)} The table below has the figures."
				data-chart="${chart}"
				data-height="${height}"
			></div>
			<noscript><p class="soft">The chart needs JavaScript; the table has the same figures.</p></noscript>
		</figure>
		<details class="figures">
			<summary>Figures by day<span class="soft"> (${of})</span></summary>
			<div class="table">
				<table>
					<caption>
						Requests of ${of} by UTC day, without days that had none. 4xx includes 429.
					</caption>
					<thead>
						<tr>
							<th scope="col">Day</th>
							<th scope="col" class="number">Requests</th>
							<th scope="col" class="number">2xx</th>
							<th scope="col" class="number">3xx</th>
							<th scope="col" class="number">4xx</th>
							<th scope="col" class="number">of these 429</th>
							<th scope="col" class="number">5xx</th>
						</tr>
					</thead>
					<tbody>
						${days.filter(({ requests }) => requests > 0).map(dayRow)}
					</tbody>
				</table>
			</div>
		</details>`;
}

function dayRow(day: DayUse): Markup {
	return html`<tr>
		<th scope="row">${day.date}</th>
		<td class="number">${formatNumber(day.requests)}</td>
		<td class="number">${formatNumber(day.status200)}</td>
		<td class="number">${formatNumber(day.status300)}</td>
		<td class="number">${formatNumber(day.status400)}</td>
		<td class="number">${formatNumber(day.status429)}</td>
		<td class="number">${formatNumber(day.status500)}</td>
	</tr>`;
}

function summaryOf(of: string, days: readonly DayUse[]): string {
	const sum = (name: "requests" | "status400" | "status429") => days.reduce((total, day) => total + day[name], 0);
	const busiest = days.reduce((most, day) => (day.requests > most.requests ? day : most), days[0] ?? noDay);
	const total = sum("requests");
	return `${of}: ${formatCount(total, "request")} in ${formatCount(days.length, "day")}, most on ${busiest.date} (${formatNumber(busiest.requests)}); ${formatShare(sum("status400"), total)} answered with 4xx, ${formatShare(sum("status429"), total)} with 429.`;
}

const noDay = { date: "", requests: 0 };

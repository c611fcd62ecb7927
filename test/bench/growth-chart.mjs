// Draws how the time grows with the number of clients, as an SVG: a panel for each step, a line for each program, logarithmic both ways.
import { scaleLog } from "d3-scale";
import { line } from "d3-shape";
import { html as svg } from "hono/html";

const panel = { width: 330, height: 260, left: 50, top: 85, bottom: 45 };
const colours = ["#0072b2", "#56b4e9", "#009e73", "#e69f00", "#cc79a7", "#777777", "#d55e00"];
const style = `
	text { font: 12px system-ui, sans-serif; fill: #24292f }
	.title { font-weight: bold }
	.grid { stroke: #d8dee4 }
	.line { fill: none; stroke-width: 2 }
`;

/**
 * The chart.
 *
 * @param panels what to draw, of each step: its title, and of each program its title and points, pairs of clients and seconds
 */
export async function growthChart(panels) {
	const points = panels.flatMap(({ lines }) => lines.flatMap((one) => one.points));
	const [clients, seconds] = [0, 1].map((axis) => points.map((point) => point[axis]));
	const x = scaleLog([Math.min(...clients), Math.max(...clients)], [0, panel.width]);
	const y = scaleLog([Math.min(...seconds), Math.max(...seconds)], [panel.height, 0]);
	const sizes = [...new Set(clients)];
	const width = panels.length * (panel.left + panel.width) + 20;
	const height = panel.top + panel.height + panel.bottom;
	const drawn = panels.map((one, index) => drawPanel(one, { x, y, sizes, left: index * (panel.left + panel.width) }));
	const picture =
		await svg`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">
<title>Seconds by number of clients</title>
<style>${style}</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${panels[0].lines.map(drawKey)}${drawn}</svg>
`;
	return picture.toString();
}

/** What the colour of a line means. */
function drawKey({ title }, index) {
	const left = panel.left + (index % 3) * 220;
	const top = 18 + Math.floor(index / 3) * 18;
	return svg`<line x1="${left}" x2="${left + 22}" y1="${top - 4}" y2="${top - 4}" class="line" stroke="${colours[index]}"/><text x="${left + 28}" y="${top}">${title}</text>
`;
}

function drawPanel({ title, lines }, { x, y, sizes, left }) {
	const path = line()
		.x(([clients]) => round(x(clients)))
		.y(([, seconds]) => round(y(seconds)));
	const seconds = y.ticks().filter((tick) => /^[125]e/.test(tick.toExponential(0)));
	return svg`<g transform="translate(${left + panel.left} ${panel.top})">
<text class="title" y="-8">${title}, s</text>
${seconds.map(
	(
		tick,
	) => svg`<line class="grid" x2="${panel.width}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text x="-6" y="${round(y(tick)) + 4}" text-anchor="end">${Number(tick.toPrecision(1))}</text>
`,
)}${sizes.map(
		(
			size,
		) => svg`<line class="grid" x1="${round(x(size))}" x2="${round(x(size))}" y2="${panel.height}"/><text x="${round(x(size))}" y="${panel.height + 18}" text-anchor="middle">${size.toLocaleString("en")}</text>
`,
	)}<text x="${panel.width / 2}" y="${panel.height + 36}" text-anchor="middle">clients</text>
${lines.map(
	({ points }, index) => svg`<path class="line" stroke="${colours[index]}" d="${path(points)}"/>
`,
)}</g>
`;
}

const round = (value) => Math.round(value * 10) / 10;

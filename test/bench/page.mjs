import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { format } from "oxfmt";

import { growthChart } from "./growth-chart.mjs";
import { Measurements, titles } from "./measurements.mjs";
import { summaryOf } from "./summary.mjs";

const page = fileURLToPath(new URL("../../docs/benchmark.md", import.meta.url));
const picture = fileURLToPath(new URL("../../docs/benchmark.svg", import.meta.url));

/** Puts the summary and the tables into docs/benchmark.md, between the comments that mark their places, and draws the picture that they name. */
export async function writePage(report, measured) {
	const measurements = new Measurements(measured, "OAuthClient");
	let text = await readFile(page, "utf8");
	for (const [name, content] of Object.entries({ summary: summaryOf(measurements), bench: report })) {
		const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
		if (!place.test(text)) throw new Error(`docs/benchmark.md has no place for <!-- ${name} --> to <!-- /${name} -->`);
		text = text.replace(place, (_, start, end) => `${start}\n${content}\n\n${end}`);
	}
	const { code } = await format("benchmark.md", text);
	await writeFile(page, code);
	await writeFile(picture, await chartOf(measurements));
}

/** How create and change, which grow most, grow with the number of clients. */
async function chartOf(measurements) {
	const panels = ["create", "change"].map((step) => ({
		title: step,
		lines: measurements.subjects.map((name) => ({
			title: titles[name],
			points: measurements.sizes
				.map((count) => [count, measurements.over(name, count, (life) => life[step].seconds)])
				.filter(([, seconds]) => seconds !== undefined),
		})),
	}));
	return growthChart(panels);
}

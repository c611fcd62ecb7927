import type { Locator } from "playwright-core";

/** What a chart holds and what it has drawn: how many pixels of its plot are of each colour of the style. */
export async function inspectChart(holder: Locator) {
	await holder.scrollIntoViewIfNeeded();
	await holder.locator("canvas").waitFor();
	return holder.evaluate((element) => {
		const { chart } = element as unknown as {
			chart: {
				data: number[][];
				bbox: { left: number; top: number; width: number; height: number };
				ctx: CanvasRenderingContext2D;
				scales: { x: { min: number; max: number } };
			};
		};
		const { left, top, width, height } = chart.bbox;
		// Reading from the chart's own canvas often would make the browser complain.
		const copy = document.createElement("canvas");
		copy.width = chart.ctx.canvas.width;
		copy.height = chart.ctx.canvas.height;
		const context = copy.getContext("2d", { willReadFrequently: true });
		if (context === null) throw new Error("there is no canvas");
		context.drawImage(chart.ctx.canvas, 0, 0);
		const pixelsOf = (...area: [number, number, number, number]) =>
			new Uint32Array(context.getImageData(...area).data.buffer);
		const inPlot = pixelsOf(left, top, width, height);
		const hasInk = (...area: [number, number, number, number]) => pixelsOf(...area).some((pixel) => pixel !== 0);
		// Axis labels are written into the canvas: left of the plot and below it there must be ink.
		const below = top + height + 10;
		const hasInkBeside = [hasInk(0, top, left, height), hasInk(left, below, width, copy.height - below)];
		const share = (name: string) => {
			context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
			context.fillRect(0, 0, 1, 1);
			const [wanted] = pixelsOf(0, 0, 1, 1);
			return inPlot.filter((pixel) => pixel === wanted).length / inPlot.length;
		};
		return {
			data: chart.data.map((values) => Array.from(values)),
			requests: share("--bar"),
			status400: share("--bar-400"),
			status429: share("--bar-429"),
			hasInkBeside,
			daysShown: (chart.scales.x.max - chart.scales.x.min) / 86_400,
		};
	});
}

import { expect, test } from "vitest";
import { growthChart } from "../bench/growth-chart.mjs";

test("the bench's chart has a line for each program in each panel, which rises with the number of clients", async () => {
	const lines = [
		{
			title: "slow & steady",
			points: [
				[1, 1],
				[10, 10],
				[100, 100],
			] as [number, number][],
		},
		{
			title: "even",
			points: [
				[1, 1],
				[100, 1],
			] as [number, number][],
		},
	];
	const chart = await growthChart([
		{ title: "create", lines },
		{ title: "change", lines },
	]);
	expect(chart).toContain("slow &amp; steady");
	const paths = [...chart.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path);
	expect(paths).toEqual(["create", "change"].flatMap(() => ["M0,260L165,130L330,0", "M0,260L330,260"]));
});

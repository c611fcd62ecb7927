import { describe, expect, test } from "vitest";
import { jobIntervals, mergeRows, toJobs } from "../../provider/api/usage-query";

describe("the intervals of jobs", () => {
	test.each([
		["whole days", "2026-01-01/2026-01-15", ["2026-01-01T00:00:00/2026-01-14T23:59:59"]],
		["months", "2026-01/2026-02", ["2026-01-01T00:00:00/2026-01-31T23:59:59"]],
		["years", "2025/2026-01-15", jobIntervals("2025-01-01/2026-01-15")],
		[
			"times of day, UTC without a zone",
			"2026-01-01T06:00/2026-01-02T06:00",
			["2026-01-01T06:00:00/2026-01-02T05:59:59"],
		],
		[
			"times with a zone",
			"2026-01-01T01:00:00+01:00/2026-01-01T23:00:00Z",
			["2026-01-01T00:00:00/2026-01-01T22:59:59"],
		],
		["90 days", "2026-01-01/2026-04-01", ["2026-01-01T00:00:00/2026-03-31T23:59:59"]],
		[
			"91 days",
			"2026-01-01/2026-04-02",
			["2026-01-01T00:00:00/2026-03-31T23:59:59", "2026-04-01T00:00:00/2026-04-01T23:59:59"],
		],
	])("of %s include their end and leave out the end asked for", (_, interval, expected) => {
		expect(jobIntervals(interval)).toEqual(expected);
	});

	test("of a year are five, and together the whole of it", () => {
		const intervals = jobIntervals("2025-01-15/2026-01-15").map((part) => part.split("/"));
		expect(intervals).toHaveLength(5);
		expect([intervals[0]?.[0], intervals.at(-1)?.[1]]).toEqual(["2025-01-15T00:00:00", "2026-01-14T23:59:59"]);
		const instants = intervals.map((ends) => ends.map((end) => Date.parse(`${end}Z`)));
		const lengths = instants.map(([from = 0, to = 0]) => to + 1000 - from);
		expect(Math.max(...lengths)).toBe(90 * 86_400_000);
		expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(365 * 86_400_000);
		expect(instants.toSorted(([one = 0], [other = 0]) => one - other)).toEqual(instants);
	});

	test.each([
		"yesterday/today",
		"2026-01-01/P7D",
		"2026-01-01",
		"2026-01-02/2026-01-01",
		"2026-01-01/2026-01-02/2026-01-03",
		"",
	])("%j isn't one: the API gets it as it is", (interval) => {
		expect(jobIntervals(interval)).toEqual([interval]);
	});
});

test("a job for one client isn't grouped by client", () => {
	expect(toJobs({ interval: "2026-01-01/2026-01-02", groupBy: ["OAuthClientId", "HttpMethod"], metrics: [] })).toEqual([
		{ interval: "2026-01-01T00:00:00/2026-01-01T23:59:59", groupBy: ["HttpMethod"], metrics: [] },
	]);
});

describe("rows of several jobs", () => {
	const [march, april] = ["2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"];
	const rows = [
		{ date: march, httpMethod: "GET", requests: 1, status200: 1 },
		{ date: march, httpMethod: "PUT", requests: 2 },
		{ date: march, httpMethod: "GET", requests: 4, status429: 3 },
		{ date: april, httpMethod: "GET", requests: 8 },
	];
	const get = { date: march, httpMethod: "GET", requests: 5, status200: 1, status429: 3 };

	test("are added up by what they were split by", () => {
		expect(mergeRows(rows, "Month")).toEqual([get, rows[1], rows[3]]);
	});

	test("are one row for the whole interval without a granularity", () => {
		expect(mergeRows(rows, undefined)).toEqual([{ ...get, requests: 13 }, rows[1]]);
	});
});

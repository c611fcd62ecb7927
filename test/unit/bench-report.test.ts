import { expect, test } from "vitest";
import { Measurements } from "../bench/measurements.mjs";
import { reportOf } from "../bench/report.mjs";
import { summaryOf } from "../bench/summary.mjs";

const steps = ["create", "unchanged", "preview", "change", "refresh", "rotate", "destroy"];
const get = "GET /api/v2/oauth/clients/{clientId}";
const put = "PUT /api/v2/oauth/clients/{clientId}";

interface LifeOptions {
	count?: number;
	seconds?: number;
	calls?: Record<string, number>;
	sitting?: string;
	resource?: string;
}

/** A life in which every step takes so many seconds, and a change so many calls. */
function life(
	subject: string,
	{
		count = 1,
		seconds = 1,
		calls = { [put]: count },
		sitting = "2026-11-28T09:00:00Z",
		resource = "OAuthClient",
	}: LifeOptions,
) {
	const step = { seconds, memory: 64 * 2 ** 20, calls: {} };
	const measured = Object.fromEntries(steps.map((name) => [name, name === "change" ? { ...step, calls } : step]));
	return { subject, resource, count, run: 1, sitting, stateSize: 2000, ...measured };
}

const linesOf = (measured: Record<string, unknown>[]) =>
	reportOf({ measured, latency: 50, engine: "3.250.0", setting: [] }).split("\n");

test("the bench's report has the medians, the calls that were made, and one column for programs with the same calls", () => {
	const lines = linesOf([
		...[3, 1, 2].map((seconds) => life("ours", { seconds, calls: { [get]: 1, [put]: 1 } })),
		life("executable", { seconds: 1, calls: { [get]: 1, [put]: 1 } }),
		life("usual", { seconds: 4 }),
	]);
	expect(lines).toContain("| 1 | create | 2.00 | 1.00 | 4.00 | 0.50 |");
	expect(lines).toContain("| | npm package; plugin, YAML | usual |");
	expect(lines).toContain(`| change | 1 \`${get}\`, 1 \`${put}\` | 1 \`${put}\` |`);
});

test("the bench's report says when the run was continued", () => {
	const [first, second] = [life("ours", {}), life("floor", { sitting: "2026-11-29T09:00:00Z" })];
	expect(linesOf([first, second])[0]).toMatch(/^Measured on 2026-11-28 to 2026-11-29: .* of 2 parts\.$/);
	expect(linesOf([first])[0]).toMatch(/^Measured on 2026-11-28: .*1 of 1 clients\.$/);
});

test("the bench's report has a table of pairs and credentials, and none without them", () => {
	const pair = life("ours", { resource: "RotatingOAuthClient" });
	expect(linesOf([life("ours", {}), pair])).toContain("| 1 pair | rotate | 1.00 | 64 |");
	expect(linesOf([life("ours", {})]).join("\n")).not.toContain("Pairs");
});

test("the bench sums up in three sentences what one client, 100 and the most take", () => {
	const lives = [1, 100, 1000].flatMap((count) => [
		life("ours", { count, seconds: count / 20 }),
		life("executable", { count, seconds: count / 40 }),
	]);
	expect(summaryOf(new Measurements(lives, "OAuthClient")).split(/(?<=\.) /)).toEqual([
		"Creating 1 client takes 0.0 seconds with the plugin in YAML and 0.1 with the npm package; their providers take 64 and 64 MB of memory.",
		"With 100 clients, in the same order, creating takes 2.5 and 5.0 seconds; a run without changes, 2.5 and 5.0; changing all, 2.5 and 5.0.",
		expect.stringMatching(
			/^With 1,000 clients in one stack, creating takes 25 and 50 seconds, since .*large-stacks\.md/,
		),
	]);
});

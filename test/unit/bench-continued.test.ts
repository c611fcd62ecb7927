import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { KeptLives, type Place } from "../bench/kept-lives.mjs";
import { followPlan, planOf } from "../bench/plan.mjs";

const subjects = ["ours", "floor"].map((name) => ({ name, resources: ["OAuthClient"] }));
const plan = planOf(subjects, { OAuthClient: [[1, 2]] });
const steps = ["create", "unchanged", "preview", "change", "refresh", "destroy"];
const life = Object.fromEntries(steps.map((step) => [step, { seconds: 1 }]));

function newFile() {
	const directory = mkdtempSync(join(tmpdir(), "oauth-bench-"));
	onTestFinished(() => rmSync(directory, { recursive: true }));
	return join(directory, "cache", "bench.jsonl");
}

/** A bench of the plan that is stopped before so many lives. */
async function bench(file: string, { sitting = "first", product = "a", stopAfter = Infinity, isFresh = false } = {}) {
	const kept = await KeptLives.open(file, { product });
	if (isFresh) await kept.forget();
	const measured: string[] = [];
	const measureLife = async ({ subject, run }: Place) => {
		if (measured.length === stopAfter) throw new Error("stopped");
		measured.push(`${subject} ${run}`);
		return life;
	};
	const log: string[] = [];
	const following = followPlan({ plan, kept, measureLife, sitting, log: (line) => log.push(line), now: () => 0 });
	const lives = await following.catch((error: Error) => error.message);
	return { measured, lives, log };
}

describe("the bench", () => {
	test("goes through the subjects in turn, and begins each run with another one, small numbers first", () => {
		const sizes: Record<string, [number, number][]> = {
			OAuthClient: [
				[10, 1],
				[1, 2],
			],
			RotatingOAuthClient: [[1, 1]],
		};
		const places = planOf([{ name: "ours", resources: Object.keys(sizes) }, ...subjects.slice(1)], sizes);
		expect(places.map(({ subject, resource, count, run }) => `${count} ${resource}, run ${run}: ${subject}`)).toEqual([
			"1 OAuthClient, run 1: ours",
			"1 OAuthClient, run 1: floor",
			"1 OAuthClient, run 2: floor",
			"1 OAuthClient, run 2: ours",
			"1 RotatingOAuthClient, run 1: ours",
			"10 OAuthClient, run 1: ours",
			"10 OAuthClient, run 1: floor",
		]);
	});

	test("goes on after a stop with what it hasn't measured, and knows which part each life is of", async () => {
		const file = newFile();
		const first = await bench(file, { stopAfter: 3 });
		expect(first).toMatchObject({ measured: ["ours 1", "floor 1", "floor 2"], lives: "stopped" });
		const second = await bench(file, { sitting: "second" });
		expect(second.measured).toEqual(["ours 2"]);
		expect(second.log[0]).toContain("3 of 4 lives are kept from an earlier start");
		expect(second.lives).toMatchObject(
			plan.map(({ subject, run }) => ({ subject, run, sitting: subject === "ours" && run === 2 ? "second" : "first" })),
		);
		const third = await bench(file, { sitting: "third" });
		expect(third.measured).toEqual([]);
		expect(third.lives).toEqual(second.lives);
	});

	test("loses only the life that it was killed in, also if it was killed while it wrote", async () => {
		const file = newFile();
		await bench(file, { stopAfter: 1 });
		appendFileSync(file, '\n{"conditions":"');
		expect((await bench(file)).measured).toEqual(["floor 1", "floor 2", "ours 2"]);
		expect((await bench(file)).measured).toEqual([]);
	});

	test("measures again what was measured of another build", async () => {
		const file = newFile();
		await bench(file);
		expect((await bench(file, { product: "b" })).measured).toHaveLength(4);
		expect((await bench(file)).measured).toEqual([]);
	});

	test("forgets with --fresh what was measured under the same conditions", async () => {
		const file = newFile();
		await bench(file);
		await bench(file, { product: "b" });
		expect((await bench(file, { isFresh: true })).measured).toHaveLength(4);
		expect((await bench(file, { product: "b" })).measured).toEqual([]);
	});
});

import { describe, expect, test } from "vitest";
import { Pacing, readRateLimit } from "../../provider/api/pacing";
import { createManualClock } from "../../simulator";

const headers = (allowed: string, count: string, reset: string) => ({
	"inin-ratelimit-allowed": allowed,
	"inin-ratelimit-count": count,
	"inin-ratelimit-reset": reset,
});

/** Lets everything run that can run without the clock. */
const settle = async () => new Promise<void>((resolve) => void setImmediate(resolve));

describe("readRateLimit", () => {
	test("reads the three headers", () => {
		expect(readRateLimit(headers("300", "12", "48"))).toEqual({ allowed: 300, count: 12, reset: 48 });
	});

	test.each([
		["one is missing", { "inin-ratelimit-allowed": "300", "inin-ratelimit-count": "1" }],
		["one isn't a number", headers("300", "many", "48")],
		["one is negative", headers("300", "-1", "48")],
		["one is there twice", { ...headers("300", "1", "48"), "inin-ratelimit-count": ["1", "2"] }],
		["the window's end is no window's end: a timestamp, say", headers("300", "300", "1768478400")],
	])("nothing is made of them when %s", (_, given) => {
		expect(readRateLimit(given)).toBeUndefined();
	});
});

describe("Pacing", () => {
	test("nobody waits before a limit is known", async () => {
		const clock = createManualClock();
		const pacing = new Pacing(clock);
		await Promise.all(Array.from({ length: 50 }, async () => pacing.turn()));
		expect(clock.sleeping).toBe(0);
	});

	test("when the window is used up the next waits for its end, and not longer", async () => {
		const clock = createManualClock();
		const pacing = new Pacing(clock);
		await pacing.turn();
		pacing.done({ allowed: 3, count: 1, reset: 10 });
		await pacing.turn();
		await pacing.turn();
		let passed = false;
		const third = pacing.turn().then(() => (passed = true));
		await settle();
		clock.advance(9999);
		await settle();
		expect(passed).toBe(false);
		clock.advance(1);
		await third;
		expect(passed).toBe(true);
	});

	test("those under way are counted before their answers come", async () => {
		const clock = createManualClock();
		const pacing = new Pacing(clock);
		for (let call = 0; call < 3; call += 1) await pacing.turn();
		pacing.done({ allowed: 4, count: 1, reset: 60 });
		await pacing.turn();
		void pacing.turn();
		await settle();
		expect(clock.sleeping).toBe(1);
	});

	test("an answer that was overtaken doesn't give requests back", async () => {
		const clock = createManualClock();
		const pacing = new Pacing(clock);
		await pacing.turn();
		await pacing.turn();
		pacing.done({ allowed: 2, count: 2, reset: 60 });
		pacing.done({ allowed: 2, count: 1, reset: 60 });
		void pacing.turn();
		await settle();
		expect(clock.sleeping).toBe(1);
	});

	test("a new window starts afresh", async () => {
		const clock = createManualClock();
		const pacing = new Pacing(clock);
		await pacing.turn();
		pacing.done({ allowed: 1, count: 1, reset: 5 });
		clock.advance(5000);
		await pacing.turn();
		pacing.done({ allowed: 2, count: 1, reset: 60 });
		await pacing.turn();
		void pacing.turn();
		await settle();
		expect(clock.sleeping).toBe(1);
	});

	test("a call without an answer frees its place, and a new token forgets the window", async () => {
		const clock = createManualClock();
		const pacing = new Pacing(clock);
		await pacing.turn();
		pacing.done();
		await pacing.turn();
		pacing.done({ allowed: 1, count: 1, reset: 60 });
		pacing.forget();
		await pacing.turn();
		expect(clock.sleeping).toBe(0);
	});
});

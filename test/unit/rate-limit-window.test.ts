import { describe, expect, test } from "vitest";
import { RateLimitWindow, readRateLimit } from "../../provider/api/rate-limit-window";
import { createManualClock } from "../../simulator";

const headers = (allowed: string, count: string, reset: string) => ({
	"inin-ratelimit-allowed": allowed,
	"inin-ratelimit-count": count,
	"inin-ratelimit-reset": reset,
});

const reading = (allowed: number, count: number, reset: number) => ({ reading: { allowed, count, reset } });

function start() {
	const clock = createManualClock();
	return { clock, window: new RateLimitWindow(clock) };
}

describe("readRateLimit", () => {
	test("reads the three headers", () => {
		expect(readRateLimit(headers("300", "12", "48"))).toEqual({ allowed: 300, count: 12, reset: 48 });
		// Seen, although a window is a minute.
		expect(readRateLimit(headers("300", "1", "61"))).toMatchObject({ reset: 61 });
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

describe("RateLimitWindow", () => {
	test("nobody waits before a limit is known", () => {
		const { window } = start();
		for (let call = 0; call < 50; call += 1) window.begin();
		expect([window.wait(), window.allowed]).toEqual([0, undefined]);
	});

	test("when the window is used up the next waits for its end, and not longer", () => {
		const { clock, window } = start();
		window.begin()(reading(2, 1, 10));
		expect(window.wait()).toBe(0);
		clock.advance(4000);
		window.begin()(reading(2, 2, 6));
		expect(window.wait()).toBe(6000);
		clock.advance(5999);
		expect(window.wait()).toBe(1);
		clock.advance(1);
		expect(window.wait()).toBe(0);
	});

	test("those under way that may not be in the count yet are waited for, by their answers", () => {
		const { window } = start();
		const [first, ...others] = [window.begin(), window.begin(), window.begin()];
		first?.(reading(3, 1, 60));
		expect(window.wait()).toBe("response");
		others[0]?.(reading(3, 2, 60));
		expect(window.wait()).toBe("response");
		others[1]?.(reading(3, 3, 60));
		expect(window.wait()).toBe(60_000);
	});

	test("those under way that were in the count already cost no place in the end", () => {
		const { window } = start();
		const [slow, fast] = [window.begin(), window.begin()];
		fast(reading(3, 2, 60));
		expect(window.wait()).toBe("response");
		slow(reading(3, 1, 60));
		expect(window.wait()).toBe(0);
	});

	test("an answer that was overtaken doesn't give requests back", () => {
		const { window } = start();
		const [slow, fast] = [window.begin(), window.begin()];
		fast(reading(2, 2, 60));
		slow(reading(2, 1, 60));
		expect(window.wait()).toBe(60_000);
	});

	test("a new window starts afresh", () => {
		const { clock, window } = start();
		window.begin()(reading(1, 1, 5));
		clock.advance(5000);
		window.begin()(reading(2, 1, 60));
		expect(window.wait()).toBe(0);
		window.begin()(reading(2, 2, 60));
		expect(window.wait()).toBe(60_000);
	});

	test("a late answer of the window before says nothing of the new one", () => {
		const { clock, window } = start();
		const [late, later] = [window.begin(), window.begin()];
		clock.advance(10);
		window.begin()(reading(3, 2, 1));
		clock.advance(1000);
		window.begin()(reading(3, 1, 60));
		late(reading(3, 3, 1));
		expect(window.wait()).toBe(0);
		clock.advance(10);
		window.begin()(reading(3, 3, 60));
		later(reading(3, 3, 1));
		expect(window.wait()).toBe(60_000);
	});

	test("a slow answer doesn't put the window's end off: its request was counted earlier", () => {
		const { clock, window } = start();
		const end = window.begin();
		clock.advance(20_000);
		end(reading(1, 1, 60));
		expect(window.wait()).toBe(40_000);
	});

	test("the header counts whole seconds: the latest end that is told is waited for", () => {
		const { clock, window } = start();
		window.begin()(reading(2, 1, 59));
		clock.advance(200);
		window.begin()(reading(2, 2, 59));
		expect(window.wait()).toBe(59_000);
	});

	test("a window that ends earlier than it was to is believed: the API knows best", () => {
		const { clock, window } = start();
		window.begin()(reading(3, 1, 60));
		clock.advance(10);
		window.begin()(reading(3, 3, 9));
		expect(window.wait()).toBe(9000);
	});

	test("a refusal is believed, however little it fits what was known", () => {
		const { clock, window } = start();
		const refused = window.begin();
		clock.advance(10);
		window.begin()(reading(3, 1, 60));
		refused({ ...reading(3, 4, 9), retryAfter: 9000 });
		expect(window.wait()).toBe(9000);
	});

	test("a refusal that asks for more time than the window has gets it", () => {
		const { window } = start();
		window.begin()({ ...reading(1, 2, 5), retryAfter: 9000 });
		expect(window.wait()).toBe(9000);
	});

	test("an end that is told twice counts once, and one without an answer frees its place", () => {
		const { window } = start();
		const [one, other] = [window.begin(), window.begin()];
		one({});
		one(reading(1, 1, 60));
		expect([window.underWay, window.wait()]).toEqual([1, 0]);
		other({});
		expect(window.underWay).toBe(0);
	});
});

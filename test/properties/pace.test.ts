import * as fc from "fast-check";
import { expect, test } from "vitest";
import { RateLimitWindow, readRateLimit } from "../../provider/api/rate-limit-window";
import { longestRetryAfter, retryDelay } from "../../provider/api/retry";
import { createManualClock } from "../../simulator";
import { holds } from "./support/cases";

test("a pause before another attempt has its bounds", async () =>
	holds(
		1500,
		fc.property(
			fc.record({
				method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
				attempts: fc.integer({ min: 1, max: 50 }),
				status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
				retryAfter: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: undefined }),
				random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			}),
			(failed) => {
				const pause = retryDelay(failed);
				// Nothing is repeated for ever, a POST only where the API has surely not acted, and no refusal.
				const { method, attempts, status, retryAfter } = failed;
				const isRefused = status !== undefined && status < 500 && status !== 408 && status !== 429;
				const mayBeRepeated = attempts < 10 && !isRefused && (method !== "POST" || status === 429);
				expect(pause === undefined || mayBeRepeated).toBe(true);
				// Nobody comes back sooner than the server wants, nor later than makes sense.
				expect(pause ?? 1).toBeGreaterThanOrEqual(pause === undefined ? 1 : Math.max(1, retryAfter ?? 1));
				expect(pause ?? 1).toBeLessThanOrEqual(retryAfter === undefined ? 30_000 : longestRetryAfter);
			},
		),
	));

test("rate-limit headers of any make are read or left", async () =>
	holds(
		800,
		fc.property(
			fc.dictionary(
				fc.constantFrom("inin-ratelimit-allowed", "inin-ratelimit-count", "inin-ratelimit-reset"),
				fc.oneof(fc.string({ unit: "binary", maxLength: 8 }), fc.nat(1_000_000).map(String), fc.array(fc.string())),
				{ maxKeys: 3, size: "max" },
			),
			(headers) => {
				const reading = readRateLimit(headers);
				if (reading === undefined) return;
				expect(headers).toMatchObject({ "inin-ratelimit-count": expect.stringMatching(/^\d+$/) });
				expect(reading.reset).toBeLessThanOrEqual(300);
				expect(Math.min(reading.allowed, reading.count, reading.reset)).toBeGreaterThanOrEqual(0);
			},
		),
	));

test("no window of the rate limit takes more calls than it allows", async () =>
	holds(
		300,
		fc.property(
			fc.integer({ min: 1, max: 12 }),
			fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 60 }),
			(allowed, pauses) => {
				const clock = createManualClock({ autoAdvance: true });
				const window = new RateLimitWindow(clock);
				const minute = 60_000;
				let begin = clock.now();
				let count = 0;
				for (const pause of pauses) {
					clock.advance(pause);
					// One at a time: no answer is ever under way.
					clock.advance(Number(window.wait()));
					const end = window.begin();
					if (clock.now() - begin >= minute) [begin, count] = [clock.now(), 0];
					count += 1;
					expect(count).toBeLessThanOrEqual(allowed);
					end({ reading: { allowed, count, reset: Math.ceil((begin + minute - clock.now()) / 1000) } });
				}
			},
		),
	));

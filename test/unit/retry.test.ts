import { describe, expect, test } from "vitest";
import { longestRetryAfter, retryDelay } from "../../provider/api/retry";

const first = { attempts: 1, random: 0 };

describe("which calls are repeated", () => {
	const statuses = [undefined, 400, 401, 403, 404, 408, 409, 413, 429, 500, 501, 502, 503, 504, 505, 599];
	const repeated = new Set([undefined, 408, 429, 500, 502, 503, 504]);
	const table = ["GET", "PUT", "DELETE", "POST"].flatMap((method) =>
		statuses.map((status) => [method, status, method === "POST" ? status === 429 : repeated.has(status)] as const),
	);
	test.each(table)("%s after %s: %s", (method, status, expected) => {
		expect(retryDelay({ ...first, method, status }) !== undefined).toBe(expected);
	});

	test.each([
		["GET", 503, 5],
		["PUT", undefined, 5],
		["GET", 429, 10],
		["POST", 429, 10],
	])("%s that meets %s is tried %i times in all", (method, status, attempts) => {
		expect(retryDelay({ method, status, attempts: attempts - 1, random: 0 })).toBeGreaterThan(0);
		expect(retryDelay({ method, status, attempts, random: 0 })).toBeUndefined();
		expect(retryDelay({ method, status, attempts, random: 0, retryAfter: 1000 })).toBeUndefined();
	});
});

describe("how long the pause is", () => {
	test.each([
		[1, 250, 500],
		[2, 500, 1000],
		[3, 1000, 2000],
		[6, 8000, 16_000],
		[7, 15_000, 30_000],
		[9, 15_000, 30_000],
	])("after attempt %i from %i up to %i ms, spread by chance", (attempts, least, most) => {
		expect(retryDelay({ method: "GET", status: 429, attempts, random: 0 })).toBe(least);
		expect(retryDelay({ method: "GET", status: 429, attempts, random: 0.5 })).toBe((least + most) / 2);
		expect(retryDelay({ method: "GET", status: 429, attempts, random: 0.999_999 })).toBe(most);
	});

	test.each([
		[0, 1],
		[1000, 1000],
		[60_000, 60_000],
		[longestRetryAfter, longestRetryAfter],
		[longestRetryAfter + 1, undefined],
	])("Retry-After of %i ms wins: %s", (retryAfter, expected) => {
		for (const method of ["GET", "POST"]) {
			expect(retryDelay({ method, status: 429, attempts: 1, random: 0.9, retryAfter })).toBe(expected);
		}
	});

	test("Retry-After doesn't make a POST be repeated after a fault", () => {
		expect(retryDelay({ ...first, method: "POST", status: 503, retryAfter: 1000 })).toBeUndefined();
	});
});

import { describe, expect, test } from "vitest";
import { type Properties, unknownValue } from "../../provider/lifecycle/properties";
import {
	type ClientRotationInputs,
	type Rotation,
	currentRotation,
	rotationOperations,
} from "../../provider/lifecycle/rotating-oauth-client/client-rotation";

const day = 86_400_000;
const clientRotation = rotationOperations(Date.now);
const start = Date.UTC(2020, 0, 1);
const startingAt = "2020-01-01T00:00:00Z";
const at = (text: string) => Date.parse(text);

/** What state holds after a run: inputs and rotation together, as `check` makes them. */
const run = (olds: Properties, inputs: ClientRotationInputs, now: number): Properties & Rotation => ({
	...inputs,
	...currentRotation(olds, inputs, now),
});

/** Runs at some times, one after the other. */
function runs(inputs: ClientRotationInputs, times: number[]): (Properties & Rotation)[] {
	const states: (Properties & Rotation)[] = [];
	for (const now of times) states.push(run({ ...states.at(-1) }, inputs, now));
	return states;
}

describe("rotations by period", () => {
	test("the first run is generation 0, and rotates nothing", () => {
		const [first] = runs({ startingAt, periodDays: 30 }, [at("2026-01-15T12:00:00Z")]);
		expect(first).toMatchObject({ generation: 0, since: "2026-01-15T12:00:00.000Z", previousActive: true });
	});

	test("a run in the same period changes nothing", () => {
		const now = start + 300 * day;
		const [first, second, third] = runs({ startingAt, periodDays: 30 }, [now, now + 1, now + 30 * day - 1]);
		expect(second).toEqual(first);
		expect(third).toEqual(first);
	});

	test.each([1, 7, 30, 90, 365])(
		"a run each period, at any time in it, rotates once each, for ten years: %d days",
		(periodDays) => {
			const count = Math.floor(3650 / periodDays);
			const times = Array.from(
				{ length: count },
				(_, n) => start + (n + ((n * 7919) % 1000) / 1000) * periodDays * day,
			);
			const generations = runs({ startingAt, periodDays }, times).map(({ generation }) => generation);
			expect(generations).toEqual(times.map((_, n) => n));
		},
	);

	test("daily runs with a period of 30 days rotate at each period's first run, and say when the next is due", () => {
		const times = Array.from({ length: 3650 }, (_, n) => start + n * day + 3_600_000);
		const states = runs({ startingAt, periodDays: 30 }, times);
		states.forEach(({ generation, nextRotationAt }, n) => {
			expect(generation).toBe(Math.floor(n / 30));
			expect(nextRotationAt).toBe(new Date(start + (Math.floor(n / 30) + 1) * 30 * day).toISOString());
		});
	});

	test("of periods that were missed, the pair rotates once, and again in the next period", () => {
		const times = [0, 1, 5, 5.5, 6, 20, 21].map((period) => start + period * 30 * day);
		expect(runs({ startingAt, periodDays: 30 }, times).map(({ generation }) => generation)).toEqual([
			0, 1, 2, 2, 3, 4, 5,
		]);
	});

	test("no clock that is set back, and put right again, rotates by itself", () => {
		const times = [10, 9, 3, 10.5, 11, 10.9, 11.1, 12].map((period) => start + period * 30 * day);
		expect(runs({ startingAt, periodDays: 30 }, times).map(({ generation }) => generation)).toEqual([
			0, 0, 0, 0, 1, 1, 1, 2,
		]);
	});

	test.each([1, 7, 30, 90])(
		"it is told exactly when the next rotation is due, however late this one was: %d days",
		(periodDays) => {
			const inputs = { startingAt, periodDays };
			for (let n = 0; n < 300; n += 1) {
				const began = run({}, inputs, start + 1000 * day + n * 0.137 * periodDays * day);
				const state =
					n % 2 === 0
						? began
						: run({ ...began }, inputs, at(began.nextRotationAt ?? "") + (n / 100) * periodDays * day);
				const due = at(state.nextRotationAt ?? "");
				expect(currentRotation({ ...state }, inputs, due - 1).generation).toBe(state.generation);
				expect(currentRotation({ ...state }, inputs, due).generation).toBe(state.generation + 1);
				expect(currentRotation({ ...state }, inputs, due - 1).nextRotationAt).toBe(state.nextRotationAt);
			}
		},
	);

	test("after a late rotation the next comes half a period later at the earliest: the previous credential stays valid that long", () => {
		const times = [0, 1.9, 2, 2.3, 2.4, 2.95, 3].map((period) => start + period * 30 * day);
		expect(runs({ startingAt, periodDays: 30 }, times).map(({ generation }) => generation)).toEqual([
			0, 1, 1, 1, 2, 2, 3,
		]);
	});

	test("a start in the future is a start like any other", () => {
		const inputs = { startingAt: "2030-01-01", periodDays: 10 };
		const times = [-25, -21, -19, -9, 0, 9, 10].map((days) => at("2030-01-01") + days * day);
		expect(runs(inputs, times).map(({ generation }) => generation)).toEqual([0, 0, 1, 2, 3, 3, 4]);
	});
});

describe("a rotation that the program changes", () => {
	const now = at("2026-01-15T12:00:00Z");
	test.each<[string, Partial<ClientRotationInputs>, Partial<ClientRotationInputs>]>([
		["a longer period", { periodDays: 1 }, { periodDays: 30 }],
		["a shorter period", { periodDays: 30 }, { periodDays: 7 }],
		["a later start", { periodDays: 30 }, { periodDays: 30, startingAt: "2026-01-01" }],
		["an earlier start", { periodDays: 30, startingAt: "2026-01-01" }, { periodDays: 30 }],
		["a period in place of values", { rotateWhenChanged: { a: 1 } }, { periodDays: 30 }],
	])("%s goes on rotating once a period", (_, before, after) => {
		const first = run({}, { startingAt, ...before }, now);
		const inputs = { startingAt, ...after };
		let state: Properties & Rotation = run({ ...first }, inputs, now + 3_600_000);
		expect(state.generation).toBeLessThanOrEqual(1);
		const { generation } = state;
		const periods = 10;
		for (let n = 1; n <= periods; n += 1) state = run({ ...state }, inputs, now + n * (inputs.periodDays ?? 0) * day);
		expect(state.generation).toBe(generation + periods);
	});

	test("values in place of a period renew nothing by themselves, and rotate from then on", () => {
		const first = run({}, { startingAt, periodDays: 30 }, now);
		const second = run({ ...first }, { startingAt, rotateWhenChanged: { a: 1 } }, now + day);
		const third = run({ ...second }, { startingAt, rotateWhenChanged: { a: 2 } }, now + 2 * day);
		expect([second.generation, third.generation]).toEqual([0, 1]);
	});
});

const byValues = (rotateWhenChanged: Record<string, unknown>): ClientRotationInputs => ({
	startingAt,
	rotateWhenChanged,
});

describe("rotations by values", () => {
	test("the pair rotates when a value changes, and at no other time", () => {
		const values = [{ a: 1 }, { a: 1 }, { a: 2 }, { a: 2, b: 1 }, { b: 1, a: 2 }, { a: 1 }, {}];
		let state: Properties = {};
		const generations = values.map((value, n) => {
			state = run(state, byValues(value), start + n * 100 * day);
			return state["generation"];
		});
		expect(generations).toEqual([0, 0, 1, 2, 2, 3, 4]);
	});

	test("nobody says when the next is due", () => {
		expect(currentRotation({}, byValues({ a: 1 }), start)).not.toHaveProperty("nextRotationAt");
	});
});

describe("the previous client", () => {
	const inputs: ClientRotationInputs = { startingAt, periodDays: 30, deactivatePreviousAfterDays: 25 };
	test("is active for so many days from the rotation, by the rotation's own date", () => {
		const took = start + 300 * day + 5 * day;
		const first = run({}, inputs, took);
		const active = (now: number) => currentRotation({ ...first }, inputs, now).previousActive;
		expect([active(took), active(took + 25 * day - 1), active(took + 25 * day - 0)]).toEqual([
			true,
			true,
			expect.anything(),
		]);
		const late = { ...inputs, periodDays: 90 };
		const begun = run({}, late, start);
		expect(currentRotation({ ...begun }, late, start + 25 * day - 1).previousActive).toBe(true);
		expect(currentRotation({ ...begun }, late, start + 25 * day).previousActive).toBe(false);
	});

	test("is active again from the next rotation on, and for ever without that option", () => {
		const first = run({}, { ...inputs, periodDays: 31 }, start);
		expect(currentRotation({ ...first }, { ...inputs, periodDays: 31 }, start + 30 * day).previousActive).toBe(false);
		expect(currentRotation({ ...first }, { ...inputs, periodDays: 31 }, start + 31 * day)).toMatchObject({
			generation: 1,
			previousActive: true,
		});
		expect(currentRotation({ ...first }, { startingAt, periodDays: 31 }, start + 30 * day).previousActive).toBe(true);
	});
});

describe("state of any shape", () => {
	const odd = [undefined, null, 0, -1, 1.5, "", "text", "2026-13-45", true, [], {}, Number.NaN];
	test.each(["generation", "since", "rotateWhenChanged", "periodDays", "startingAt"])(
		"with any %s gives a rotation, and throws nothing",
		(name) => {
			for (const value of odd) {
				for (const inputs of [
					{ startingAt, periodDays: 30 },
					{ startingAt, rotateWhenChanged: { a: 1 } },
				] as ClientRotationInputs[]) {
					const known = run({}, inputs, start);
					const rotation = currentRotation({ ...known, [name]: value }, inputs, start + 31 * day);
					expect(Number.isInteger(rotation.generation) || rotation.generation === 2.5).toBe(true);
					expect(Number.isNaN(Date.parse(rotation.since))).toBe(false);
					expect(typeof rotation.previousActive).toBe("boolean");
				}
			}
		},
	);
});

const refusalOf = async (inputs: Properties) =>
	(await clientRotation.check("urn", {}, inputs)).failures
		.map(({ property, reason }) => `${property} ${reason}`)
		.join("; ");

describe("what rotation takes", () => {
	test.each<[string, Properties, string]>([
		["neither period nor values", { startingAt }, "set either rotation.periodDays or rotation.rotateWhenChanged"],
		[
			"both",
			{ startingAt, periodDays: 1, rotateWhenChanged: {} },
			"set either rotation.periodDays or rotation.rotateWhenChanged",
		],
		["a period of 0", { startingAt, periodDays: 0 }, "from 0.01 to 3650"],
		["a period of text", { startingAt, periodDays: "30" }, "from 0.01 to 3650"],
		["a period that is none", { startingAt, periodDays: Number.NaN }, "from 0.01 to 3650"],
		["no date", { startingAt: "soon", periodDays: 30 }, "ISO 8601"],
		["a negative wait", { startingAt, periodDays: 30, deactivatePreviousAfterDays: -1 }, "number of days"],
		[
			"values with a wait",
			{ startingAt, rotateWhenChanged: {}, deactivatePreviousAfterDays: 3 },
			"needs rotation.periodDays",
		],
		["a wait that ends in a deletion", { startingAt, periodDays: 30, deactivatePreviousAfterDays: 23 }, "at least 24"],
	])("isn't %s", async (_, inputs, told) => {
		expect(await refusalOf(inputs)).toContain(told);
	});

	test("is a period, or values, each with its wait", async () => {
		expect(await refusalOf({ startingAt, periodDays: 30, deactivatePreviousAfterDays: 24 })).toBe("");
		expect(await refusalOf({ startingAt: "2026-01-01", rotateWhenChanged: { a: 1 } })).toBe("");
	});
});

describe("a preview in which something isn't known", () => {
	const unknown = { generation: unknownValue, since: unknownValue, previousActive: unknownValue };
	test.each<[string, Properties]>([
		["the period", { startingAt, periodDays: unknownValue }],
		["the start", { startingAt: unknownValue, periodDays: 30 }],
		["the values", { startingAt, rotateWhenChanged: unknownValue, deactivatePreviousAfterDays: 3 }],
		["one of the values", { startingAt, rotateWhenChanged: { a: unknownValue } }],
		["the wait", { startingAt, periodDays: 30, deactivatePreviousAfterDays: unknownValue }],
	])("refuses nothing and says no rotation, when it is %s", async (_, inputs) => {
		expect(await clientRotation.check("urn", {}, inputs)).toEqual({
			inputs: { ...inputs, ...unknown },
			failures: [],
			adopts: false,
		});
	});
});

test("the rotation's provider calls nothing: it gives back what it is given", async () => {
	const olds: Properties = { generation: 0 };
	const { id, outs } = await clientRotation.create("urn", olds);
	expect(outs).toEqual(olds);
	expect(await clientRotation.read("urn", id, olds)).toEqual({ id, props: olds });
	expect(await clientRotation.update("urn", { id, olds }, { generation: 1 })).toEqual({ outs: { generation: 1 } });
	const changes = async (news: Properties) => (await clientRotation.diff("urn", id, olds, news)).changes;
	expect(await changes({ generation: 0 })).toBe(false);
	expect(await changes({ generation: 1 })).toBe(true);
	await clientRotation.delete("urn", id, olds);
});

import { describe, expect, test } from "vitest";
import { type Properties, unknownValue } from "../../provider/lifecycle/properties";
import { check } from "../../provider/lifecycle/rotating-oauth-client/check";
import { diff } from "../../provider/lifecycle/rotating-oauth-client/diff";
import type { RotationInput } from "../../provider/lifecycle/rotating-oauth-client/inputs";
import { occasionAt } from "../occasion";
import { pairInputs, type PairInState, pairMadeAt, planAt, runAt, runsAt } from "../pair-runs";

const day = 86_400_000;
const start = Date.UTC(2020, 0, 1);
const startingAt = "2020-01-01T00:00:00Z";
const at = (text: string) => Date.parse(text);
const generationsOf = (states: PairInState[]) => states.map(({ pair }) => pair.generation);
const dueOf = ({ outputs }: PairInState) => at(String(outputs["rotatesAt"]));
const inPeriods = (periods: number[]) => periods.map((period) => start + period * 30 * day);

describe("rotations by period", () => {
	const monthly = { startingAt, periodDays: 30 };

	test("the first run is generation 0, with a secret for each client", () => {
		const { outputs } = pairMadeAt(monthly, at("2026-01-15T12:00:00Z"));
		expect(outputs).toMatchObject({
			generation: 0,
			rotatedAt: "2026-01-15T12:00:00.000Z",
			clientId: "id of a",
			previousClientId: "id of b",
		});
	});

	test("a run in the same period changes nothing", () => {
		const now = start + 300 * day;
		const [first, second, third] = runsAt(monthly, [now, now + 1, now + 30 * day - 1]);
		expect([second, third]).toEqual([first, first]);
	});

	test("a rotation touches the standby client alone: the former secret stays as the previous one", () => {
		const [first, second, third] = runsAt(monthly, inPeriods([0, 1, 2]));
		expect(second?.outputs).toMatchObject({
			clientId: "id of b",
			clientSecret: "secret 1 of b",
			previousClientId: "id of a",
			previousClientSecret: first?.outputs["clientSecret"],
		});
		expect(third?.outputs).toMatchObject({
			clientSecret: "secret 2 of a",
			previousClientSecret: second?.outputs["clientSecret"],
		});
	});

	test.each([7, 30, 365])(
		"a run each period, at any time in it, rotates once each, for ten years: %d days",
		(periodDays) => {
			const count = Math.floor(3650 / periodDays);
			const times = Array.from(
				{ length: count },
				(_, n) => start + (n + ((n * 7919) % 1000) / 1000) * periodDays * day,
			);
			expect(generationsOf(runsAt({ startingAt, periodDays }, times))).toEqual(times.map((_, n) => n));
		},
	);

	test("daily runs with a period of 30 days rotate at each period's first run, and say when the next is due", () => {
		const times = Array.from({ length: 200 }, (_, n) => start + n * day + 3_600_000);
		runsAt(monthly, times).forEach(({ outputs }, n) => {
			expect(outputs["generation"]).toBe(Math.floor(n / 30));
			expect(outputs["rotatesAt"]).toBe(new Date(start + (Math.floor(n / 30) + 1) * 30 * day).toISOString());
		});
	});

	test("of periods that were missed, the pair rotates once, and again in the next period", () => {
		expect(generationsOf(runsAt(monthly, inPeriods([0, 1, 5, 5.5, 6, 20, 21])))).toEqual([0, 1, 2, 2, 3, 4, 5]);
	});

	test("no clock that is set back, and put right again, rotates by itself", () => {
		const times = inPeriods([10, 9, 3, 10.5, 11, 10.9, 11.1, 12]);
		expect(generationsOf(runsAt(monthly, times))).toEqual([0, 0, 0, 0, 1, 1, 1, 2]);
	});

	test("a clock that was 60 days ahead for one run rotates once, and not again before that time has come and half a period more", () => {
		const times = inPeriods([10, 12.1, 10.1, 11.1, 12.1, 12.5, 12.61]);
		expect(generationsOf(runsAt(monthly, times))).toEqual([0, 1, 1, 1, 1, 1, 1]);
		expect(generationsOf(runsAt(monthly, [...times, ...inPeriods([13])]))).toEqual([0, 1, 1, 1, 1, 1, 1, 2]);
	});

	test.each([1, 7, 30, 90])(
		"it is told exactly when the next rotation is due, however late this one was: %d days",
		(periodDays) => {
			const rotation = { startingAt, periodDays };
			for (let n = 0; n < 60; n += 1) {
				const began = pairMadeAt(rotation, start + 1000 * day + Math.floor(n * 0.683 * periodDays * day));
				const isFirst = n % 2 === 0;
				const state = isFirst ? began : runAt(began, rotation, dueOf(began) + Math.floor((n / 20) * periodDays * day));
				expect(planAt(state, rotation, dueOf(state) - 1).changes).toBe(false);
				expect(planAt(state, rotation, dueOf(state)).rotation).toContain("due since");
			}
		},
	);

	test("after a late rotation the next comes half a period later at the earliest: the previous credential stays valid that long", () => {
		const times = inPeriods([0, 1.9, 2, 2.3, 2.4, 2.95, 3]);
		expect(generationsOf(runsAt(monthly, times))).toEqual([0, 1, 1, 1, 2, 2, 3]);
	});

	test("a start in the future is a start like any other", () => {
		const rotation = { startingAt: "2030-01-01", periodDays: 10 };
		const times = [-25, -21, -19, -9, 0, 9, 10].map((days) => at("2030-01-01") + days * day);
		expect(generationsOf(runsAt(rotation, times))).toEqual([0, 0, 1, 2, 3, 3, 4]);
	});
});

describe("a rotation that the program changes", () => {
	const now = at("2026-01-15T12:00:00Z");
	test.each<[string, RotationInput, RotationInput]>([
		["a longer period", { periodDays: 1 }, { periodDays: 30 }],
		["a shorter period", { periodDays: 30 }, { periodDays: 7 }],
		["a later start", { periodDays: 30 }, { periodDays: 30, startingAt: "2026-01-01" }],
		["an earlier start", { periodDays: 30, startingAt: "2026-01-01" }, { periodDays: 30 }],
		["a period in place of values", { rotateWhenChanged: { a: 1 } }, { periodDays: 30 }],
	])("%s goes on rotating once a period", (_, before, after) => {
		let state = runAt(pairMadeAt(before, now), after, now + 3_600_000);
		expect(state.pair.generation).toBeLessThanOrEqual(1);
		const { generation } = state.pair;
		const periods = 10;
		for (let n = 1; n <= periods; n += 1) state = runAt(state, after, now + n * (after.periodDays ?? 0) * day);
		expect(state.pair.generation).toBe(generation + periods);
	});

	test("values in place of a period rotate nothing by themselves, and rotate from then on", () => {
		const first = pairMadeAt({ periodDays: 30 }, now);
		const second = runAt(first, { rotateWhenChanged: { a: 1 } }, now + day);
		const third = runAt(second, { rotateWhenChanged: { a: 2 } }, now + 2 * day);
		expect(generationsOf([first, second, third])).toEqual([0, 0, 1]);
	});
});

describe("rotations by values", () => {
	test("the pair rotates when a value changes, and at no other time", () => {
		const values = [{ a: 1 }, { a: 1 }, { a: 2 }, { a: 2, b: 1 }, { b: 1, a: 2 }, { a: 1 }, {}];
		const states: PairInState[] = [];
		values.forEach((rotateWhenChanged, n) => {
			const now = start + n * 100 * day;
			const before = states.at(-1);
			states.push(
				before === undefined ? pairMadeAt({ rotateWhenChanged }, now) : runAt(before, { rotateWhenChanged }, now),
			);
		});
		expect(generationsOf(states)).toEqual([0, 0, 1, 2, 2, 3, 4]);
	});

	test("nobody says when the next is due", () => {
		expect(pairMadeAt({ rotateWhenChanged: { a: 1 } }, start).outputs).not.toHaveProperty("rotatesAt");
	});

	test("a rotation names the values that have changed, but shows none", () => {
		const state = pairMadeAt({ rotateWhenChanged: { quarter: "Q1", owner: "us" } }, start);
		const { rotation } = planAt(state, { rotateWhenChanged: { quarter: "Q2", owner: "us" } }, start);
		expect(rotation).toBe("rotateWhenChanged has changed (quarter)");
	});
});

/** The states that a plan gives to the clients, and those that state has of them. */
const statesOf = ({ clients }: ReturnType<typeof planAt>) => [clients.a.inputs["state"], clients.b.inputs["state"]];
const statesIn = (state?: PairInState) => (["a", "b"] as const).map((letter) => state?.pair.clients[letter]?.["state"]);

describe("the previous client", () => {
	const rotation: RotationInput = { startingAt, periodDays: 31, deactivatePreviousAfterDays: 25 };

	test("is active for so many days from the rotation, and the current one always", () => {
		const state = pairMadeAt(rotation, start);
		expect(statesOf(planAt(state, rotation, start + 25 * day - 1))).toEqual(["active", "active"]);
		expect(statesOf(planAt(state, rotation, start + 25 * day))).toEqual(["active", "inactive"]);
		expect(statesOf(planAt(state, rotation, start + 31 * day - 1))).toEqual(["active", "inactive"]);
	});

	test("is active again with the next rotation, and stays inactive in later runs before it", () => {
		const [made, retired, same, rotated] = runsAt(
			rotation,
			[0, 26, 27, 31].map((days) => start + days * day),
		);
		expect([made, retired, same, rotated].map(statesIn)).toEqual([
			["active", "active"],
			["active", "inactive"],
			["active", "inactive"],
			["active", "active"],
		]);
		expect(same).toBe(retired);
		expect(rotated?.pair.generation).toBe(1);
	});

	test("is active for ever without that option", () => {
		const always = { startingAt, periodDays: 31 };
		expect(statesOf(planAt(pairMadeAt(always, start), always, start + 30 * day))).toEqual(["active", "active"]);
	});
});

describe("an order to rotate now", () => {
	const rotation: RotationInput = { rotateWhenChanged: { quarter: "Q1" } };
	const state = pairMadeAt(rotation, start);
	const orderedFor = (id: string) =>
		diff("", state.outputs, pairInputs(rotation), {
			now: start,
			order: { name: "INC-4711", ids: new Set([id]), source: "the environment variable GENESYSCLOUD_ROTATE" },
		});

	test.each(["id of a", "id of b", "all"])("for %s rotates the pair", (id) => {
		const { changes, changed, notices } = orderedFor(id);
		expect([changes, changed]).toEqual([true, []]);
		expect(notices.join()).toMatch(
			/\(B\).* becomes current with a new secret \(as set by .*GENESYSCLOUD_ROTATE, order INC-4711\)/,
		);
	});

	test("for another client does nothing", () => {
		expect(orderedFor("another id").changes).toBe(false);
	});
});

describe("state of any shape", () => {
	const odd = [undefined, null, 0, -1, 1.5, "", "text", "2026-13-45", true, [], {}, Number.NaN];
	const names = ["generation", "rotatedAt", "rotation", "clientStates", "clientId", "clientSecret"];
	test.each(names)("with any %s is compared, and throws nothing", (name) => {
		for (const value of odd) {
			for (const rotation of [{ startingAt, periodDays: 30 }, { rotateWhenChanged: { a: 1 } }]) {
				const { outputs } = pairMadeAt(rotation, start);
				const news = pairInputs(rotation);
				const compared = diff("", { ...outputs, [name]: value }, news, occasionAt(start + 31 * day));
				expect(typeof compared.changes).toBe("boolean");
				expect(compared.replaces).toEqual([]);
			}
		}
	});
});

const refusalOf = (rotation: unknown) =>
	check({ ...pairInputs({}), rotation })
		.failures.map(({ property, reason }) => `${property} ${reason}`)
		.join("; ");

describe("what rotation takes", () => {
	test.each<[string, Properties, string]>([
		["neither period nor values", { startingAt }, "set either periodDays or rotateWhenChanged"],
		["both", { startingAt, periodDays: 1, rotateWhenChanged: {} }, "set either periodDays or rotateWhenChanged"],
		["a period of 0", { startingAt, periodDays: 0 }, "at least 0.01 days"],
		["a period of eleven years", { startingAt, periodDays: 4000 }, "at most 3650 days"],
		["a period of text", { startingAt, periodDays: "30" }, "must be a number of days"],
		["a period that is none", { startingAt, periodDays: Number.NaN }, "must be a number of days"],
		["no date", { startingAt: "soon", periodDays: 30 }, "ISO 8601"],
		["a negative wait", { startingAt, periodDays: 30, deactivatePreviousAfterDays: -1 }, "at least 0.01 days"],
		["values with a wait", { startingAt, rotateWhenChanged: {}, deactivatePreviousAfterDays: 3 }, "needs periodDays"],
		["a wait that ends in a deletion", { startingAt, periodDays: 30, deactivatePreviousAfterDays: 23 }, "at least 24"],
	])("isn't %s", (_, rotation, told) => {
		expect(refusalOf(rotation)).toContain(told);
	});

	test("is a period, or values, each with its wait", () => {
		expect(refusalOf({ startingAt, periodDays: 30, deactivatePreviousAfterDays: 24 })).toBe("");
		expect(refusalOf({ startingAt: "2026-01-01", rotateWhenChanged: { a: 1 } })).toBe("");
	});

	test("is needed", () => {
		expect(refusalOf(undefined)).toMatch(/^rotation /);
	});
});

describe("a preview in which something isn't known", () => {
	const state = pairMadeAt({ startingAt, rotateWhenChanged: { a: 1 } }, start);

	test.each<[string, unknown]>([
		["all of it", unknownValue],
		["the period", { startingAt, periodDays: unknownValue }],
		["the start", { startingAt: unknownValue, periodDays: 30 }],
		["the values", { startingAt, rotateWhenChanged: unknownValue }],
		["one of the values", { startingAt, rotateWhenChanged: { a: unknownValue } }],
	])("refuses nothing and plans no rotation, when it is %s", (_, rotation) => {
		expect(refusalOf(rotation)).toBe("");
		const planned = planAt(state, rotation as RotationInput, start + 31 * day);
		expect([planned.rotation, planned.changes]).toEqual([undefined, true]);
	});

	test("sets nothing to inactive, when it is the wait", () => {
		const rotation = { startingAt, periodDays: 30, deactivatePreviousAfterDays: unknownValue };
		expect(refusalOf(rotation)).toBe("");
		const { clients, changes } = planAt(state, rotation as unknown as RotationInput, start + 29 * day);
		expect([clients.b.inputs["state"], changes]).toEqual(["active", true]);
	});
});

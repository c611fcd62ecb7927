import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import { paths } from "../api/support/client-requests";
import { type FaultKind, startSimulatedApi } from "../api/support/simulated-api";
import { holds } from "./support/cases";
import { type PairStep, PairWorld } from "./support/pair-world";

const rotation = fc.oneof(
	{ arbitrary: fc.integer({ min: 1, max: 3 }).map((quarter) => ({ rotateWhenChanged: { quarter } })), weight: 3 },
	fc.constantFrom({ periodDays: 30 }, { periodDays: 20, deactivatePreviousAfterDays: 15 }),
);
const fault = fc.constantFrom<FaultKind>(
	{ kind: "status", status: 400 },
	{ kind: "status", status: 403, times: 2 },
	{ kind: "status", status: 500, when: "after", times: "always" },
	{ kind: "cut", times: "always" },
	{ kind: "cut", when: "after" },
	{ kind: "cut", when: "after", times: "always" },
	{ kind: "malformed", when: "after", times: "always" },
);
const call = fc.constantFrom(
	["POST", paths.secret],
	["POST", paths.login],
	["POST", paths.clients],
	["PUT", paths.client],
	["GET", paths.client],
	["GET", paths.clients],
	["DELETE", paths.client],
);
/** Most runs are what a user does. */
const up: Arbitrary<PairStep> = fc.record({
	kind: fc.constant("up" as const),
	ahead: fc.constantFrom(0, 0, 0, 60, -60),
	rotates: fc.constantFrom("", "", "", "all", "current", "previous"),
	isLost: fc.constantFrom(false, false, false, true),
	isRefreshed: fc.constantFrom(false, false, true),
});
const step: Arbitrary<PairStep> = fc.oneof(
	{ arbitrary: up, weight: 6 },
	{
		arbitrary: fc.record({ kind: fc.constant("declare" as const), rotation, description: fc.constantFrom("", "x") }),
		weight: 3,
	},
	{
		arbitrary: fc
			.tuple(call, fault, fc.integer({ min: 0, max: 1 }))
			.map(([[method = "", path = ""], kind, skip]) => ({ kind: "fault" as const, method, path, fault: kind, skip })),
		weight: 3,
	},
	{ arbitrary: fc.constant({ kind: "mend" as const }), weight: 1 },
	{
		arbitrary: fc.record({ kind: fc.constant("wait" as const), days: fc.constantFrom(1, 16, 31) }),
		weight: 2,
	},
	fc.constantFrom<PairStep>({ kind: "refresh" }, { kind: "preview" }, { kind: "replace" }),
);

test("whatever happens to a pair, its current secret logs in after every run, and in the end all is as declared", async () => {
	const simulated = await startSimulatedApi();
	const start = simulated.simulator.snapshot();
	await holds(
		20,
		fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16, size: "max" }), async (steps) => {
			const world = new PairWorld(simulated, start);
			for (const one of steps) await world.take(one);
			expect(await world.end()).toEqual([]);
		}),
	);
});

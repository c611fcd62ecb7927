import * as fc from "fast-check";
import { expect, test } from "vitest";
import { dueAt } from "../../provider/lifecycle/oauth-client/secret-rotation";
import { planAt, pairMadeAt, runAt } from "../pair-runs";
import { holds } from "./support/cases";

const day = 86_400_000;
const made = Date.UTC(2026, 0, 15, 12);

test("a secret is due before its greatest age, and at the same time in every run", async () =>
	holds(
		800,
		fc.property(
			fc.uuid(),
			fc.double({ min: 0.01, max: 3650, noNaN: true }),
			fc.option(fc.double({ min: 0, max: 0.999, noNaN: true }), { nil: undefined }),
			(id, maxAgeDays, share) => {
				const rotation = { maxAgeDays, ...(share === undefined ? {} : { renewBeforeDays: share * maxAgeDays }) };
				const due = dueAt(id, new Date(made).toISOString(), rotation);
				expect(dueAt(id, new Date(made).toISOString(), rotation)).toBe(due);
				expect(due).toBeLessThanOrEqual(made + maxAgeDays * day - (rotation.renewBeforeDays ?? maxAgeDays / 10) * day);
				// A new secret isn't due at once, or every run would renew it.
				expect(due).toBeGreaterThanOrEqual(
					Math.floor(made + (maxAgeDays * day - (rotation.renewBeforeDays ?? maxAgeDays / 10) * day) / 2),
				);
			},
		),
	));

test("rotations of a pair come one at a time, and never too soon", async () =>
	holds(
		100,
		fc.property(
			fc.double({ min: 0.01, max: 400, noNaN: true }),
			fc.array(fc.double({ min: 0, max: 900, noNaN: true }), { minLength: 1, maxLength: 30 }),
			(periodDays, pauses) => {
				const rotation = { periodDays, startingAt: "2020-01-01T00:00:00Z" };
				let now = made;
				let state = pairMadeAt(rotation, now);
				for (const pause of pauses) {
					now = Math.floor(now + pause * day);
					const next = runAt(state, rotation, now);
					// Asked again at the same moment, as preview and up do, it says the same.
					expect(runAt(next, rotation, now)).toBe(next);
					expect(next.pair.generation - state.pair.generation).toBeOneOf([0, 1]);
					const lasted = Date.parse(next.pair.rotatedAt) - Date.parse(state.pair.rotatedAt);
					const isNext = next.pair.generation > state.pair.generation;
					expect(isNext ? lasted >= (periodDays * day) / 2 - 1 : lasted === 0).toBe(true);
					// What was current is the previous one, and stays valid.
					const stays = isNext ? "clientSecret" : "previousClientSecret";
					expect(next.outputs["previousClientSecret"]).toBe(state.outputs[stays]);
					// What it says of the next rotation is true, to the millisecond: it comes then, and not before.
					const due = Date.parse(String(next.outputs["rotatesAt"]));
					expect(due).toBeGreaterThan(now);
					expect(planAt(next, rotation, due).rotation).toContain("due since");
					expect(planAt(next, rotation, due - 1).changes).toBe(false);
					state = next;
				}
			},
		),
	));

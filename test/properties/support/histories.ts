import * as fc from "fast-check";
import { expect, test } from "vitest";
import { startSimulatedApi } from "../../api/support/simulated-api";
import { holds } from "./cases";
import { beginning, steps } from "./commands";
import { createSinkDouble } from "./sink-double";
import { World } from "./world";

/**
 * Defines the test of whole histories: up to 40 steps of Pulumi, and of people behind its back.
 *
 * @param cases how many histories are tried
 */
export function testHistories(cases: number): void {
	test("every history ends in the declared state", async () => {
		const simulated = await startSimulatedApi();
		const sink = createSinkDouble();
		const start = simulated.simulator.snapshot();
		await holds(
			cases,
			fc.asyncProperty(
				beginning,
				fc.commands(steps, { maxCommands: 40, size: "max" }),
				async (declarations, history) => {
					const world = new World(simulated, sink, start);
					const model = { declared: new Set<string>() };
					for (const declaration of declarations) await declaration.run(model, world);
					await world.up();
					await fc.asyncModelRun(() => ({ model, real: world }), history);
					await world.cleanUp();
					await world.end();
					expect(world.engine.rows).toEqual([]);
				},
			),
		);
	});
}

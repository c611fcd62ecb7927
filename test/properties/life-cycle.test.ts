import * as fc from "fast-check";
import { expect, test } from "vitest";
import { startSimulatedApi } from "../api/support/simulated-api";
import { holds } from "./support/cases";
import { beginning, steps } from "./support/commands";
import { createSinkDouble } from "./support/sink-double";
import { World } from "./support/world";

test("every history ends in the declared state", async () => {
	const simulated = await startSimulatedApi();
	const sink = createSinkDouble();
	const start = simulated.simulator.snapshot();
	await holds(
		fc.asyncProperty(beginning, fc.commands(steps, { maxCommands: 40, size: "max" }), async (declarations, history) => {
			const world = new World(simulated, sink, start);
			const model = { declared: new Set<string>() };
			for (const declaration of declarations) await declaration.run(model, world);
			await world.up();
			await fc.asyncModelRun(() => ({ model, real: world }), history);
			await world.cleanUp();
			await world.end();
			expect(world.engine.state).toEqual([]);
		}),
	);
});

import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { hasWorkingSecret, startLifecycle } from "../api/support/lifecycle-run";
import { holds } from "./support/cases";
import { change } from "./support/programs";

const overTheWire = (settings: Properties): Properties => {
	const carried = JSON.parse(JSON.stringify(settings)) as Properties;
	expect(isDeepStrictEqual(carried, settings)).toBe(true);
	return carried;
};
const noChange = { changes: false, replaces: [], notices: [] };

test("a client is created, read, changed and read again without a difference left", async () => {
	const run = await startLifecycle();
	await holds(
		250,
		fc.asyncProperty(change, async ([before, after]) => {
			const { id, outs } = await run.create(before);
			expect(run.diff(overTheWire(outs), before)).toMatchObject(noChange);
			const read = await run.read(id, outs);
			expect(read).toEqual({ id, props: outs });
			const updated = overTheWire(await run.update(id, outs, after));
			expect(run.diff(updated, after)).toMatchObject(noChange);
			expect(await run.read(id, updated)).toEqual({ id, props: updated });
			const hasSecret = updated["clientSecret"] !== "" && hasWorkingSecret(run, id, updated);
			expect(hasSecret).toBe(after["authorizedGrantType"] !== "TOKEN");
			// A second update for the same has nothing to send.
			run.simulator.requests.clear();
			await run.update(id, updated, after);
			expect(run.calls()).toEqual([]);
			await run.delete(id, updated);
			expect(run.simulator.organization.client(id)?.state ?? "inactive").toBe("inactive");
		}),
	);
});

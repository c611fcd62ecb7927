import { expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "../api/support/client-requests";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";

// keycloak/terraform-provider-keycloak 1602: after a rotation, an update of something else wrote the secret before it back.

const turn = (value: number): Properties => ({ secretRotation: { rotateWhenChanged: { value } } });

test.each<[string, Properties, Properties]>([
	["a service", service, { description: "another" }],
	["a web app", webApp, { scope: ["presence"] }],
	["an option", webApp, { timeouts: { create: 60 } }],
	["the deletion guard", service, { deletionGuard: { inUseWithinDays: 7 } }],
	["its state", webApp, { state: "inactive" }],
])("an update of %s after a rotation touches no secret", async (_, program, change) => {
	const run = await startLifecycle();
	const { id, outs } = await run.create({ ...program, ...turn(1) });
	const rotated = await run.update(id, outs, { ...program, ...turn(2) });
	run.simulator.requests.clear();
	const updated = await laterRun(run).update(id, rotated, { ...program, ...turn(2), ...change });
	expect(hasWorkingSecret(run, id, updated)).toBe(true);
	for (const name of ["clientSecret", "secretVersion", "secretRotatedAt", "secretFingerprint"]) {
		expect(updated[name]).toBe(rotated[name]);
	}
	expect(run.simulator.requests.count({ template: paths.secret })).toBe(0);
});

test("an update with state from before the rotation sends no old secret: the API has no place for one", async () => {
	const run = await startLifecycle();
	const { id, outs } = await run.create(webApp);
	const current = run.simulator.organization.regenerateSecret(id);
	await run.update(id, outs, { ...webApp, name: "Renamed" });
	expect(run.simulator.organization.checkSecret(id, current)).toBe(true);
});

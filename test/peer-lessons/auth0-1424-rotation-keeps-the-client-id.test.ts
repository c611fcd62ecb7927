import { expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";

// auth0/terraform-provider-auth0 1424: the only way to a new secret was a new client, with a new client id.

test.each<[string, Properties]>([
	["a service", service],
	["a web app", webApp],
])("ten rotations of %s, by every trigger, keep its id, and make no client", async (_, declared) => {
	const run = await startLifecycle();
	const { id, outs } = await run.create({ ...declared, secretRotation: { rotateWhenChanged: { turn: 0 } } });
	const secrets = new Set([outs["clientSecret"]]);
	let state = outs;
	for (let turn = 1; turn <= 10; turn += 1) {
		const secretRotation = { rotateWhenChanged: { turn: Math.ceil(turn / 2) }, maxAgeDays: 30 };
		run.clock.advance(30 * 86_400_000);
		const program = { ...declared, secretRotation };
		expect(run.diff(state, program)).toMatchObject({ changes: true, replaces: [] });
		state = await laterRun(run).update(id, state, program);
		expect(state).toMatchObject({ clientId: id, secretVersion: turn + 1, dateCreated: outs["dateCreated"] });
		expect(hasWorkingSecret(run, id, state)).toBe(true);
		secrets.add(state["clientSecret"]);
	}
	expect(secrets.size).toBe(11);
	expect(run.simulator.organization.clients().map((client) => client.id)).toEqual([id]);
});

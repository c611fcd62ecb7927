import { expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "../api/support/client-requests";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";
import { failureOf } from "../api/support/simulated-api";

// keycloak/terraform-provider-keycloak 792: an empty secret was taken for a secret, and written.

const turn = (program: Properties, value: number): Properties => ({
	...program,
	secretRotation: { rotateWhenChanged: { value } },
});

test.each([
	["no secret", {}],
	["an empty one", { secret: "" }],
	["null", { secret: null }],
	["a number", { secret: 5 }],
])("a renewal that answers with %s is no success: the client gets a secret that is known", async (_, part) => {
	// A web app's old secret can't be tried as long as login has told no right one.
	for (const [program, left] of [
		[service, "verify"],
		[webApp, "renew"],
	] as const) {
		const run = await startLifecycle();
		const { id, outs } = await run.create(turn(program, 1));
		const body = { ...(await run.api.getOauthClient(id)), ...part };
		run.fault("POST", paths.secret, { kind: "status", status: 200, when: "after", times: 2, body });
		const failure = await failureOf<PartialFailure>(run.update(id, outs, turn(program, 2)));
		expect(failure.properties["clientSecret"]).not.toBe("");
		expect(failure.properties["pendingSecretSteps"]).toEqual([left]);
		const updated = await laterRun(run).update(id, failure.properties, turn(program, 2));
		expect(hasWorkingSecret(run, id, updated)).toBe(true);
	}
});

test.each([
	["no secret", {}],
	["an empty one", { secret: "" }],
	["null", { secret: null }],
])("a service that is made with %s gets one in the same run", async (_, part) => {
	const run = await startLifecycle();
	const { client } = run.simulator.organization.addClient({ name: "CRM sync" });
	const body = { ...(await run.api.getOauthClient(client.id)), ...part };
	run.fault("POST", paths.clients, { kind: "status", status: 200, body });
	const { id, outs } = await run.create({ ...service, allowSameName: true });
	expect(hasWorkingSecret(run, id, outs)).toBe(true);
	expect(outs["secretVersion"]).toBe(1);
});

test("a program can't give a secret, an empty one neither", async () => {
	const run = await startLifecycle();
	for (const clientSecret of ["", "mine"]) {
		await expect(run.create({ ...webApp, clientSecret })).rejects.toThrow("clientSecret");
	}
	expect(run.simulator.requests.all()).toEqual([]);
});

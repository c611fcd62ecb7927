import { describe, expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { paths } from "../api/support/client-requests";
import { hasWorkingSecret, laterRun, service, startLifecycle, webApp } from "../api/support/lifecycle-run";
import { createSink } from "../api/support/secret-sinks";
import { type FaultKind, failureOf } from "../api/support/simulated-api";

// genesyscloud/terraform-provider-genesyscloud: the id went into state only after a second object was made, so that a failure there left
// the client behind, unknown.

describe("a failure after the POST leaves id and secret in state, and the next run finishes:", () => {
	const program = { ...service, state: "inactive" };
	test.each<[string, FaultKind]>([
		["the PUT is refused", { kind: "status", status: 403 }],
		["the PUT is cut", { kind: "cut", times: 5 }],
		["the answer to the PUT is of no use", { kind: "status", status: 200, body: { id: "c", scope: 5 } }],
	])("%s", async (_, fault) => {
		const run = await startLifecycle();
		run.fault("PUT", paths.client, fault);
		const failure = await failureOf<PartialFailure>(run.create(program));
		expect(failure.properties).toMatchObject({ clientId: failure.id });
		expect(hasWorkingSecret(run, failure.id, failure.properties)).toBe(true);
		await laterRun(run).update(failure.id, failure.properties, program);
		expect(run.simulator.organization.clients()).toMatchObject([{ id: failure.id, state: "inactive" }]);
	});

	test("the sink is out of order", async () => {
		const run = await startLifecycle();
		const sink = createSink();
		sink.setBroken(true);
		const failure = await failureOf<PartialFailure>(run.create({ ...webApp, secretSink: sink.module }));
		expect(hasWorkingSecret(run, failure.id, failure.properties)).toBe(true);
		expect(failure.properties).toMatchObject({ clientId: failure.id });
	});
});

test("of a process that died after the POST the client is adopted by name, with a new secret: nothing stays behind", async () => {
	const run = await startLifecycle();
	// All that it did is lost, and its state never heard of it.
	const lost = await run.create(webApp);
	const next = laterRun(run);
	const { id, outs } = await next.create({ ...webApp, adopt: { name: "Agent desktop", rotateSecret: true } });
	expect(id).toBe(lost.id);
	expect(hasWorkingSecret(run, id, outs)).toBe(true);
	expect(run.simulator.organization.clients()).toHaveLength(1);
	const program = { ...webApp };
	expect(next.diff(await next.update(id, outs, program), program).changes).toBe(false);
});

import { expect, test } from "vitest";
import type { PartialFailure } from "../../provider/lifecycle/presentable-errors";
import { hasWorkingSecret, laterRun, service, startLifecycle } from "../api/support/lifecycle-run";
import { createSink } from "../api/support/secret-sinks";
import { failureOf } from "../api/support/simulated-api";

// genesyscloud/terraform-provider-genesyscloud: a secret that couldn't be written to its file was a line in the log; the run succeeded,
// and the secret was lost.

test("a sink that fails fails the run, until the secret is stored; it is never lost, and never renewed for that", async () => {
	const run = await startLifecycle();
	const sink = createSink();
	const program = { ...service, secretSink: sink.module };
	sink.setBroken(true);
	const failure = await failureOf<PartialFailure>(run.create(program));
	const { id } = failure;
	let state = failure.properties;
	for (let again = 0; again < 3; again += 1) {
		const next = laterRun(run);
		expect(next.diff(state, program).changes).toBe(true);
		state = (await failureOf<PartialFailure>(next.update(id, state, program))).properties;
		expect(hasWorkingSecret(run, id, state)).toBe(true);
	}
	sink.setBroken(false);
	const outs = await laterRun(run).update(id, state, program);
	expect(sink.stored()).toMatchObject([{ clientId: id, clientSecret: outs["clientSecret"], secretVersion: 1 }]);
	expect(laterRun(run).diff(outs, program).changes).toBe(false);
});

import { expect } from "vitest";
import type { PipelineCheckout, PipelineOutcome } from "./pipeline-run";
import type { TestStack } from "./test-stack";

const clientsPath = "/api/v2/oauth/clients";

/** Sends a signal to an up that is making the client `crm-sync`, and expects the client in state. Returns how the next up ends. */
export async function finishWhatIsUnderWay(
	{ stack, checkout }: { stack: TestStack; checkout: PipelineCheckout },
	signal: "SIGTERM" | "SIGINT",
): Promise<PipelineOutcome> {
	stack.simulator.faults.add({ kind: "hang", method: "POST", path: clientsPath, when: "after" });
	const up = checkout.start([process.execPath, "pipeline.ts", "up", "--no-policy-pack"]);
	await stack.simulator.requests.whenReceived({ method: "POST", template: clientsPath });
	up.child.kill(signal);
	await up.whenShown(new RegExp(`${signal}: finishing what is under way`));
	stack.simulator.faults.release();
	const { code } = await up.ended;
	expect(code).toBe(1);
	const [client, ...others] = stack.simulator.organization.clients();
	expect(others).toEqual([]);
	expect((await stack.resource("crm-sync"))?.id).toBe(client!.id);
	expect(await stack.canLogIn(client!.id, await stack.secretInState("crm-sync"))).toBe(true);
	return checkout.run(["up", "--no-policy-pack"]);
}

import { expect } from "vitest";
import type { ClientSeed } from "../../../simulator";
import type { FaultKind } from "../../api/support/simulated-api";
import { webApp } from "./clients";
import type { TestStack } from "./test-stack";

/** A create that fails after its POST: the client is to be inactive, and the PUT for that is refused. */
export async function makeHalf(stack: TestStack): Promise<void> {
	stack.declare({ app: webApp({ state: "inactive" }) });
	stack.simulator.faults.add({
		kind: "status",
		method: "PUT",
		path: "/api/v2/oauth/clients/{clientId}",
		status: 403,
		code: "missing.any.permissions",
	});
	const output = await stack.fails("up");
	expect(output).toContain("put_oauth_client failed: 403");
	expect(output).toContain("run pulumi up again to finish");
}

/** A create whose POST acts and whose answer is lost to a fault: the client is found, and given a new secret. Returns what the next run asks. */
export async function makeUnanswered(stack: TestStack, fault: FaultKind): Promise<string[]> {
	const path = "/api/v2/oauth/clients";
	stack.declare({ app: webApp() });
	// A namesake that was there before is never taken for it.
	const { client: older } = stack.simulator.organization.addClient({
		...webApp().args,
		dateCreated: "2026-01-01T00:00:00.000Z",
	} as ClientSeed);
	stack.simulator.faults.add({ method: "POST", path, ...fault });
	const { output } = await stack.run("up");
	expect(output).toContain("the create request got no response, but the client was created");
	expect(stack.simulator.requests.count({ method: "POST", template: path })).toBe(1);
	const { id, secret } = (await stack.outputs())["app"]!;
	expect(id).not.toBe(older.id);
	expect(stack.simulator.organization.checkSecret(id, secret)).toBe(true);
	expect(stack.simulator.organization.clients()).toHaveLength(2);
	return (await stack.run("up", "--expect-no-changes")).calls;
}

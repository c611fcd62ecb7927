import { setImmediate } from "node:timers/promises";
import { callOff, faultsOfCalls } from "../../../faults/support/fault-kinds";
import { killDuring } from "../killed-run";
import type { TestStack } from "../test-stack";
import type { PlannedFault, PlannedKill } from "./commands";

/** Lets a fault strike the calls to come. */
export function plant({ simulator }: TestStack, { name, always, ...call }: PlannedFault): void {
	const fault = faultsOfCalls.find((known) => known.name === name);
	if (fault === undefined) throw new Error(`no fault is called ${name}`);
	fault.plant(simulator, call, always ? "always" : "once", () => undefined);
}

/** Ends all faults; calls that hung are done before it resolves, and whom support had disabled is enabled. */
export async function mend({ simulator }: TestStack): Promise<void> {
	callOff(simulator);
	const { faults, requests, organization, administrator } = simulator;
	faults.clear();
	const isUnderWay = () => requests.all().some(({ fault, processed }) => fault === "hang" && !processed);
	while (isUnderWay()) await setImmediate();
	// What was processed is answered in the same turn or the next ones.
	for (let turn = 0; turn < 20; turn++) await setImmediate();
	const ids = [administrator.clientId, ...organization.clients().map(({ id }) => id)];
	for (const id of ids) if (organization.client(id)?.state === "disabled") organization.enableClient(id);
}

/** Runs `pulumi up`, kills the victim at the planned call, and does what its user does about the lock. False if there was no such call. */
export async function killUp(
	stack: TestStack,
	{ victim, method, template, skip, acts }: PlannedKill,
): Promise<boolean> {
	const { simulator } = stack;
	const call = { method, template };
	const before = simulator.requests.count(call);
	const when = acts === "before the kill" ? "after" : "before";
	simulator.faults.add({ kind: "hang", method, path: template, skip, when });
	let isKilled = true;
	try {
		await killDuring(stack, victim, async () => simulator.requests.whenReceived(call, before + skip + 1));
	} catch (error) {
		if (!(error instanceof Error && error.message.includes("ended before it got there"))) throw error;
		isKilled = false;
	}
	await mend(stack);
	if (isKilled && victim !== "the provider") await stack.pulumi("cancel", "--yes");
	return isKilled;
}

import { onTestFinished } from "vitest";
import type { AssumptionId } from "../../../cli/contract/assumption";
import { type ContractOptions, type ContractOutcome, tryContract } from "../../../cli/contract/contract";
import { simulatedOrganization } from "../../../cli/contract/simulated-organization";
import { gatewayHosts } from "../../../provider/api";
import { createManualClock, type Fault, type Seed, type Simulator, startSimulator } from "../../../simulator";

/** An organization that is otherwise than assumed. */
export interface OtherReading {
	/** What doesn't hold in it. */
	id: AssumptionId;
	/** The parts of its seed that are otherwise. @default none */
	seed?: Seed;
	/** What its API does. @default nothing special */
	faults?: readonly Fault[];
}

const organizationId = "0a600000-0000-4000-8000-000000000001";

/** A simulator whose time passes by itself, until the test ends, and how a contract reaches it. */
export async function startContractSimulator({ seed, faults = [] }: Omit<OtherReading, "id"> = {}): Promise<{
	simulator: Simulator;
	options: Omit<ContractOptions, "stop">;
}> {
	const clock = createManualClock({ autoAdvance: true });
	const simulator = await startSimulator({
		clock,
		seed: { ...simulatedOrganization(organizationId, clock.now()), ...seed },
	});
	onTestFinished(async () => simulator.close());
	for (const fault of faults) simulator.faults.add(fault);
	const { hostname: host, port } = new URL(simulator.url);
	const connection = { hosts: gatewayHosts({ protocol: "http", host, port }), credentials: simulator.administrator };
	return { simulator, options: { connection, clock, organizationId, run: "test" } };
}

/** Runs the contract, or some parts of it, against an organization. */
export async function runContractOn(
	reading: Omit<OtherReading, "id"> = {},
	more: Partial<Pick<ContractOptions, "parts" | "maximumCalls">> = {},
): Promise<{ simulator: Simulator; outcome: ContractOutcome }> {
	const { simulator, options } = await startContractSimulator(reading);
	const outcome = await tryContract({ stop: new AbortController().signal, ...options, ...more });
	return { simulator, outcome };
}

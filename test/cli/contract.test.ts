import { expect, test } from "vitest";
import { createManualClock, startSimulator } from "../../simulator";
import { gatewayHosts } from "../../provider/api";
import { tryContract } from "../../cli/contract/contract";

test("the contract holds on the simulator", async ({ onTestFinished }) => {
	const clock = createManualClock({ autoAdvance: true });
	const id = "0a600000-0000-4000-8000-000000000001";
	const simulator = await startSimulator({ clock, seed: { organization: { id } } });
	onTestFinished(() => simulator.close());
	const { hostname: host, port } = new URL(simulator.url);
	const connection = { hosts: gatewayHosts({ protocol: "http", host, port }), credentials: simulator.administrator };
	const outcome = await tryContract({
		connection,
		clock,
		organizationId: id,
		stop: new AbortController().signal,
		run: "test",
	});
	expect(outcome.results.filter(({ verdict }) => verdict === "differs")).toEqual([]);
	expect(outcome.leftovers).toEqual([]);
	expect(outcome.calls).toBe(simulator.requests.count());
});

import { expect, test } from "vitest";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { startSimulatedApi } from "./support/simulated-api";

const pairArgs = { ...service, name: "Pair", rotation: { rotateWhenChanged: { quarter: "Q1" } } };

/** A stack with a client and a pair, and a later run of it with `GENESYSCLOUD_ROTATE`. */
async function withClientAndPair() {
	const simulated = await startSimulatedApi();
	const run = startOperations(simulated);
	const [client, pair] = [await run.client("app").create(service), await run.pair("crm").create(pairArgs)];
	return {
		client,
		pair,
		rerun: async (ids: string) => {
			simulated.simulator.requests.clear();
			const { notices, ...next } = startOperations(simulated, { environment: { GENESYSCLOUD_ROTATE: ids } });
			await next.client("app").up(service, client);
			const { outs } = await next.pair("crm").up(pairArgs, pair);
			const rotated = simulated.calls().filter((call) => call.startsWith("POST /clients/{clientId}/secret"));
			return { notices, outs, rotated: rotated.length };
		},
	};
}

test("GENESYSCLOUD_ROTATE=all rotates each client and pair", async () => {
	const { pair, rerun } = await withClientAndPair();
	const { outs, rotated, notices } = await rerun("all");
	expect(rotated).toBe(2);
	expect(outs).toMatchObject({ generation: 1, previousClientSecret: pair.outs["clientSecret"] });
	expect(notices).toContain(
		"the environment variable GENESYSCLOUD_ROTATE is set: each run rotates the secrets of all clients and pairs. Unset it after this run",
	);
});

test.each(["clientId", "previousClientId"])("GENESYSCLOUD_ROTATE with a pair's %s rotates it", async (name) => {
	const { pair, rerun } = await withClientAndPair();
	const { outs, rotated } = await rerun(String(pair.outs[name]));
	expect(rotated).toBe(1);
	expect(outs).toMatchObject({ generation: 1, previousClientSecret: pair.outs["clientSecret"] });
});

test("GENESYSCLOUD_ROTATE with an id that the stack doesn't have rotates nothing, and the run says what is set", async () => {
	const { pair, rerun } = await withClientAndPair();
	const { outs, rotated, notices } = await rerun("one-of-another-stack");
	expect(rotated).toBe(0);
	expect(outs).toBe(pair.outs);
	expect(notices).toEqual([
		"the environment variable GENESYSCLOUD_ROTATE is set: each run rotates the secrets of one-of-another-stack, if this stack has them. Unset it after this run",
	]);
});

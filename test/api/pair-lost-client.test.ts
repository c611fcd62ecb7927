import { expect, test } from "vitest";
import { unknownValue } from "../../provider/lifecycle/properties";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { startSimulatedApi } from "./support/simulated-api";

const args = { ...service, rotation: { rotateWhenChanged: { quarter: "Q1" } } };

test.each([
	["previous", "previousClientId", "clientSecret", "CRM sync (B)"],
	["current", "clientId", "previousClientSecret", "CRM sync (A)"],
])(
	"a %s client that is gone is made again, as the preview says: the other one stays",
	async (_which, lost, kept, name) => {
		const simulated = await startSimulatedApi();
		const { simulator } = simulated;
		const entry = await startOperations(simulated).pair("crm").create(args);
		simulator.organization.removeClient(String(entry.outs[lost]));
		const refreshed = await startOperations(simulated).pair("crm").refresh(entry);
		const run = startOperations(simulated);
		const { changes, inputs } = await run.pair("crm").compare(args, refreshed);
		expect(changes).toBe(true);
		const managed = { id: refreshed.id, olds: refreshed.outs };
		const foretold = await run.rotatingOAuthClient.preview(run.pair("crm").owner, inputs, managed);
		expect(foretold).toMatchObject({ [kept]: entry.outs[kept], [lost]: unknownValue, generation: 0 });
		expect(run.notices).toEqual([
			`pulumi up creates OAuth client "${name}", which the pair lacks, with a new id and secret`,
		]);
		const { outs } = await run.pair("crm").up(args, refreshed);
		expect(outs[kept]).toBe(entry.outs[kept]);
		expect(outs[lost]).not.toBe(entry.outs[lost]);
		expect(simulator.organization.clients()).toHaveLength(2);
	},
);

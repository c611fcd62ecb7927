import { expect, test } from "vitest";
import { DIVISION_IDS, ROLE_IDS } from "../../simulator";
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

test("a pair of imported clients that differ: the preview says what becomes the same, since Pulumi shows no difference", async () => {
	const simulated = await startSimulatedApi();
	const { organization } = simulated.simulator;
	const roleDivisions = [{ roleId: ROLE_IDS.employee, divisionId: DIVISION_IDS.home }];
	const [a, b] = [
		{ name: "Worker (A)", roleDivisions },
		{ name: "Other", roleDivisions, description: "Old" },
	].map((client) => organization.addClient(client).client.id);
	const run = startOperations(simulated);
	const { owner, compare, up } = run.pair("crm");
	const read = await run.rotatingOAuthClient.read(owner, `${a},${b}`, {});
	const entry = { id: read.id, outs: { ...read.props } };
	const program = run.rotatingOAuthClient.toInputs(entry.outs);
	expect(program).toMatchObject({ name: "Worker" });
	expect((await compare(program, entry)).changes).toBe(true);
	expect(run.notices).toEqual([
		`pulumi up gives OAuth client "Worker (B)" (${b}) what the pair has: name, description`,
	]);
	const next = await up(program, entry);
	expect(organization.clients().map(({ name, description = "" }) => [name, description])).toEqual([
		["Worker (A)", ""],
		["Worker (B)", ""],
	]);
	simulated.simulator.requests.clear();
	expect(await startOperations(simulated).pair("crm").up(program, next)).toBe(next);
});

import { expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "./support/client-requests";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

const inQuarter = (quarter: string): Properties => ({ ...service, rotation: { rotateWhenChanged: { quarter } } });

test("a client that couldn't be adopted is adopted by the next run, and no other one is created", async () => {
	const simulated = await startSimulatedApi();
	const { organization } = simulated.simulator;
	const [a, b] = ["Old A", "Old B"].map((name) => organization.addClient({ name }).client.id);
	const program = { ...inQuarter("Q1"), adopt: { a: { clientId: a }, b: { clientId: b } } };
	simulated.fault("PUT", paths.client, { kind: "status", status: 403 });
	const failure = await failureOf<Error & { id: string; properties: Properties }>(
		startOperations(simulated).pair("crm").create(program),
	);
	expect([a, b]).toContain(failure.id);
	const entry = { id: failure.id, outs: failure.properties };
	const { outs } = await startOperations(simulated).pair("crm").up(program, entry);
	expect([outs["clientId"], outs["previousClientId"]]).toEqual([a, b]);
	expect(organization.clients().map(({ name }) => name)).toEqual(["CRM sync (A)", "CRM sync (B)"]);
});

test("a standby client that an interrupted run has set to inactive is active again at the latest in the second rotation of its secret", async () => {
	const simulated = await startSimulatedApi();
	const entry = await startOperations(simulated).pair("crm").create(inQuarter("Q1"));
	const standby = String(entry.outs["previousClientId"]);
	simulated.simulator.organization.changeClient(standby, { state: "inactive" });
	const failure = await failureOf<Error & { properties: Properties }>(
		startOperations(simulated).pair("crm").up(inQuarter("Q2"), entry),
	);
	expect(failure.message).toContain("client is inactive");
	expect(failure.properties).toMatchObject({ generation: 0, clientSecret: entry.outs["clientSecret"] });
	const { outs } = await startOperations(simulated)
		.pair("crm")
		.up(inQuarter("Q2"), { ...entry, outs: failure.properties });
	expect(outs).toMatchObject({ generation: 1, clientId: standby });
	expect(simulated.simulator.organization.client(standby)?.state).toBe("active");
	expect(simulated.simulator.organization.checkSecret(standby, String(outs["clientSecret"]))).toBe(true);
});

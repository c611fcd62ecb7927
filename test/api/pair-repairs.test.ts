import { expect, test, vi } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "./support/client-requests";
import { startOperations } from "./support/operations-run";
import { byValue as inQuarter, current, later, logsIn, previous, withPair } from "./support/pair-run";
import { failureOf, startSimulatedApi } from "./support/simulated-api";

/** What state has of a pair after a step that fails. */
async function failedEntry(step: Promise<unknown>) {
	const { id, properties: outs } = await failureOf<Error & { id: string; properties: Properties }>(step);
	return { id, outs };
}

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

test("a client that is still being made when the other one is refused is in state, with its secret", async () => {
	const simulated = await startSimulatedApi();
	simulated.fault("POST", paths.clients, { kind: "hang" });
	simulated.fault("POST", paths.clients, { kind: "status", status: 400 });
	const failed = failedEntry(startOperations(simulated).pair("crm").create(inQuarter("Q1")));
	await vi.waitFor(() => expect(simulated.calls()).toContain("POST /clients 400"));
	simulated.simulator.faults.release();
	const { id, outs } = await failed;
	const clients = simulated.simulator.organization.clients();
	expect(clients.map((client) => client.id)).toEqual([id]);
	const secrets = [outs["clientSecret"], outs["previousClientSecret"]].map(String);
	expect(secrets.some((secret) => logsIn(simulated, { id, secret }))).toBe(true);
});

test("a rotation that is ordered in the run that replaces a lost current client leaves the secret in use", async () => {
	const { simulated, entry, program } = await withPair();
	const kept = previous(entry);
	simulated.simulator.organization.removeClient(current(entry).id);
	const refreshed = await later(simulated, 0).pair("crm").refresh(entry);
	const run = later(simulated, 0, { GENESYSCLOUD_ROTATE: "all@INC-4711" });
	const made = await run.pair("crm").up(program, refreshed);
	expect(run.notices.join()).not.toContain("becomes current");
	expect(previous(made)).toEqual(kept);
	expect([current(made), kept].map((one) => logsIn(simulated, one))).toEqual([true, true]);
});

test("a rotation that was ordered and failed is finished by the next run, which nobody orders", async () => {
	const { simulated, entry, program } = await withPair();
	const run = later(simulated, 0, { GENESYSCLOUD_ROTATE: "all@INC-4711" });
	// The first login is Pulumi's own.
	simulated.fault("POST", paths.login, { kind: "status", status: 403, skip: 1, times: "always" });
	const failed = { ...entry, ...(await failedEntry(run.pair("crm").up(program, entry))) };
	simulated.simulator.faults.clear();
	const next = await later(simulated, 0).pair("crm").up(program, failed);
	expect(next.outs["generation"]).toBe(1);
	expect([current(next), current(entry)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
});

test("the secret in use isn't taken for a reset one where somebody has set its client to inactive meanwhile", async () => {
	const refusalOfInactiveClient = { error: "invalid_client", description: "authentication failed" };
	const simulated = await startSimulatedApi({ seed: { assumptions: { refusalOfInactiveClient } } });
	const entry = await startOperations(simulated).pair("crm").create(inQuarter("Q1"));
	const { a, b } = entry.outs["clientStates"] as Record<"a" | "b", Properties>;
	const outs = { ...entry.outs, clientStates: { a: { ...a, pendingSecretSteps: ["verify"] }, b } };
	simulated.simulator.organization.changeClient(current(entry).id, { state: "inactive" });
	const updated = await later(simulated, 0)
		.pair("crm")
		.up(inQuarter("Q1"), { ...entry, outs });
	expect(updated.outs["generation"]).toBe(0);
	expect(simulated.calls().filter((call) => call.startsWith("POST"))).toEqual([]);
});

test("the secret in use that couldn't be tried is tried by each run until that works, and then rotates the pair", async () => {
	const program = { ...inQuarter("Q1"), detectSecretReset: true };
	const { simulated, entry } = await withPair(program);
	simulated.simulator.organization.regenerateSecret(current(entry).id);
	simulated.fault("POST", paths.login, { kind: "status", status: 403, skip: 1, times: "always" });
	const refreshed = await later(simulated, 0).pair("crm").refresh(entry);
	simulated.simulator.faults.clear();
	simulated.fault("POST", paths.login, { kind: "status", status: 403, skip: 1, times: "always" });
	const changed = { ...program, description: "changed" };
	const untried = await later(simulated, 0).pair("crm").up(changed, refreshed);
	expect(untried.outs).toMatchObject({ generation: 0, description: "changed" });
	simulated.simulator.faults.clear();
	const rotated = await later(simulated, 0).pair("crm").up(changed, untried);
	expect(rotated.outs["generation"]).toBe(1);
	expect(logsIn(simulated, current(rotated))).toBe(true);
});

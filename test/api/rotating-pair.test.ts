import { describe, expect, test } from "vitest";
import type { PairClients } from "../../provider/lifecycle/rotating-oauth-client/arguments";
import type { Properties } from "../../provider/lifecycle/properties";
import { service } from "./support/lifecycle-run";
import { startOperations } from "./support/operations-run";
import { type FaultKind, type SimulatedApi, startSimulatedApi } from "./support/simulated-api";
import { paths } from "./support/client-requests";

const day = 86_400_000;
const byValue = (quarter: string): Properties => ({ ...service, rotation: { rotateWhenChanged: { quarter } } });
const byPeriod = (periodDays: number, more: Properties = {}): Properties => ({
	...service,
	rotation: { periodDays, ...more },
});

/** What state has of a pair. */
type Entry = Awaited<ReturnType<ReturnType<ReturnType<typeof startOperations>["pair"]>["create"]>>;

/** A stack with a pair. */
async function withPair(program: Properties = byValue("Q1")) {
	const simulated = await startSimulatedApi();
	const entry = await startOperations(simulated).pair("crm").create(program);
	simulated.simulator.requests.clear();
	return { simulated, entry, program };
}

/** A credential as an application was given it. */
const current = ({ outs }: Entry) => ({ id: outs["clientId"] as string, secret: outs["clientSecret"] as string });
const previous = ({ outs }: Entry) => ({
	id: outs["previousClientId"] as string,
	secret: outs["previousClientSecret"] as string,
});
const logsIn = ({ simulator }: SimulatedApi, { id, secret }: { id: string; secret: string }) =>
	simulator.organization.checkSecret(id, secret) && simulator.organization.client(id)?.state === "active";

test("a pair is created with two calls, and the list", async () => {
	const simulated = await startSimulatedApi();
	const { id, outs } = await startOperations(simulated).pair("crm").create(byValue("Q1"));
	expect(simulated.calls().toSorted()).toEqual([
		"GET /api/v2/authorization/divisions/home 200",
		"GET /clients 200",
		"POST /clients 200",
		"POST /clients 200",
	]);
	expect(outs).toMatchObject({
		name: "CRM sync",
		generation: 0,
		rotatedAt: new Date(simulated.clock.now()).toISOString(),
	});
	const { a, b } = outs["clients"] as Required<PairClients>;
	expect(id).toBe(`${a.clientId},${b.clientId}`);
	expect([outs["clientId"], outs["previousClientId"]]).toEqual([a.clientId, b.clientId]);
	expect(
		simulated.simulator.organization
			.clients()
			.map(({ name }) => name)
			.toSorted(),
	).toEqual(["CRM sync (A)", "CRM sync (B)"]);
});

test("an unchanged pair takes no call", async () => {
	const { simulated, entry, program } = await withPair();
	const again = await startOperations(simulated).pair("crm").up(program, entry);
	expect(again).toBe(entry);
	expect(simulated.calls()).toEqual([]);
});

test("a rotation takes one call and a login: the standby client is current with a new secret, and the former one stays valid", async () => {
	const { simulated, entry } = await withPair();
	const logins = simulated.logins();
	const run = startOperations(simulated);
	const rotated = await run.pair("crm").up(byValue("Q2"), entry);
	expect(simulated.calls()).toEqual(["POST /clients/{clientId}/secret 200"]);
	// One is Pulumi's own.
	expect(simulated.logins() - logins).toBe(2);
	expect(rotated.outs).toMatchObject({ generation: 1, previousClientId: entry.outs["clientId"] });
	expect(current(rotated).id).toBe(previous(entry).id);
	expect(previous(rotated)).toEqual(current(entry));
	expect([current(rotated), previous(rotated)].map((one) => logsIn(simulated, one))).toEqual([true, true]);
	expect(run.notices.filter((line) => line.includes("current"))).toHaveLength(2);
});

/** What may go wrong with a call. */
const faults: [string, FaultKind][] = [
	["is refused", { kind: "status", status: 400 }],
	["is answered by nobody, and does nothing", { kind: "cut", when: "before", times: "always" }],
	["does its work, and its answer is lost", { kind: "cut", when: "after", times: "always" }],
	["is answered with half a body", { kind: "malformed", times: "always" }],
];
/** The calls of a rotation, one of which goes wrong. */
const calls: [string, string, string][] = [
	["the new secret", "POST", paths.secret],
	["its trial", "POST", paths.login],
	["the change of the standby client", "PUT", paths.client],
	["the read of the standby client", "GET", paths.client],
];

describe.each(calls)("when %s", (_call, method, path) => {
	describe.each(faults)("%s", (_fault, fault) => {
		test.each([
			["with the same program", "Q2"],
			["with the next value", "Q3"],
			["with the value of before", "Q1"],
		])("the secret in use stays, and the next run %s finishes the rest", async (_then, quarter) => {
			const { simulated, entry } = await withPair();
			const inUse = current(entry);
			const changed = (value: string) => ({ ...byValue(value), description: path === paths.client ? "changed" : "" });
			// The trial is the second login of the run.
			simulated.fault(method, path, path === paths.login ? { ...fault, skip: 1 } : fault);
			const failed = await startOperations(simulated)
				.pair("crm")
				.up(changed("Q2"), entry)
				.then(
					(done) => ({ entry: done, error: undefined }),
					(error: Error & { properties?: Properties }) => ({
						entry: { ...entry, outs: error.properties ?? entry.outs },
						error: error.message,
					}),
				);
			simulated.simulator.faults.clear();
			expect(logsIn(simulated, inUse)).toBe(true);
			expect(failed.error?.includes("\n") ?? false).toBe(false);
			expect([current(failed.entry), previous(failed.entry)]).toContainEqual(inUse);
			const handedOut = current(failed.entry);
			const next = await startOperations(simulated).pair("crm").up(changed(quarter), failed.entry);
			expect(logsIn(simulated, current(next))).toBe(true);
			expect(logsIn(simulated, handedOut)).toBe(true);
			expect(simulated.simulator.organization.clients()).toHaveLength(2);
			// Nothing is left to do.
			simulated.simulator.requests.clear();
			expect(await startOperations(simulated).pair("crm").up(changed(quarter), next)).toEqual(next);
			expect(simulated.calls()).toEqual([]);
			await startOperations(simulated).pair("crm").delete(next);
			expect(simulated.simulator.organization.clients()).toEqual([]);
		});
	});
});

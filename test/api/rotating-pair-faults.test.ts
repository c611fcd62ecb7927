import { describe, expect, test } from "vitest";
import type { Properties } from "../../provider/lifecycle/properties";
import { paths } from "./support/client-requests";
import { startOperations } from "./support/operations-run";
import { byValue, current, logsIn, previous, withPair } from "./support/pair-run";
import type { FaultKind } from "./support/simulated-api";

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
			expect(next.outs["generation"]).toBeGreaterThanOrEqual(quarter === "Q1" ? 0 : 1);
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

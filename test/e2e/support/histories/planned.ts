import * as fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { paths } from "../../../api/support/client-requests";
import { faultsOfCalls } from "../../../faults/support/fault-kinds";
import type { Victim } from "../killed-run";
import type { PlannedFault, PlannedKill } from "./commands";

/** A call: its method and its path template. */
export type Call = [method: string, template: string];

const credentials = "/api/v2/integrations/credentials";

/** Any of the calls that a run makes. */
export const anyCall: Arbitrary<Call> = fc.constantFrom<Call>(
	["POST", paths.clients],
	["PUT", paths.client],
	["DELETE", paths.client],
	["POST", paths.secret],
	["GET", paths.client],
	["GET", paths.clients],
	["POST", paths.login],
	["POST", credentials],
	["PUT", `${credentials}/{credentialId}`],
	["DELETE", `${credentials}/{credentialId}`],
);

/** A fault at a call: any that fits it, once or for as long as the command takes. */
export function faultAt([method, template]: Call): Arbitrary<PlannedFault> {
	const fitting = faultsOfCalls.filter(({ fits }) => fits({ method, template, skip: 0 }));
	return fc
		.record({ fault: fc.constantFrom(...fitting), isOnce: fc.boolean(), skip: fc.constantFrom(0, 0, 0, 1) })
		.map(({ fault: { name, durations }, isOnce, skip }) => {
			const always = durations.includes("always") && (!isOnce || durations.length === 1);
			return { name, always, method, template, skip };
		});
}

/** A refresh has no time limit of its own: what hangs, hangs for half a minute. */
const quick = faultsOfCalls.filter(({ name }) => !/^(slower|429)/.test(name));

/** A fault at the first read of a client. */
export const faultOfRefresh: Arbitrary<PlannedFault> = fc
	.constantFrom(...quick.filter(({ durations }) => durations.includes("once")))
	.map(({ name }) => ({ name, always: false, method: "GET", template: paths.client, skip: 0 }));

/** A kill at a call. */
export const killAt = ([method, template]: Call): Arbitrary<PlannedKill> =>
	fc.record({
		victim: fc.constantFrom<Victim>("the provider", "the engine", "all of Pulumi"),
		method: fc.constant(method),
		template: fc.constant(template),
		skip: fc.constantFrom(0, 0, 0, 1),
		acts: fc.constantFrom<PlannedKill["acts"]>("before the kill", "after the kill"),
		takeBack: fc.boolean(),
	});

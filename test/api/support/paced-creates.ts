import { expect } from "vitest";
import { reconcile } from "../../../provider/lifecycle/oauth-client/reconcile";
import { clientKind } from "../../../provider/lifecycle/oauth-client/kind";
import { RunRegistry } from "../../../provider/lifecycle/run-registry";
import { Session } from "../../../provider/lifecycle/session";
import { paths } from "./client-requests";
import { inputsOf, ownerOf, service } from "./lifecycle-run";
import { atOnce, type PacedRunOptions, startPacedRun } from "./paced-run";
import { environmentFor } from "./simulator-connection";

/** What each answer takes here, in seconds. */
const latency = 0.15;

/** A run of Pulumi that creates many clients at once, each with the home division as its division. */
export async function startCreates(tokens: number | undefined, options: PacedRunOptions = {}) {
	const paced = await startPacedRun({ latency: latency * 1000, ...options });
	const notices: string[] = [];
	const size = tokens === undefined ? {} : { GENESYSCLOUD_TOKEN_POOL_SIZE: String(tokens) };
	const session = new Session({
		clock: paced.clock,
		environment: { ...environmentFor(paced.simulator), ...size },
		say: (line) => notices.push(line),
	});
	const run = new RunRegistry(clientKind);
	const createMany = async (count: number, first = 0) =>
		atOnce(count, async (index) => {
			const number = first + index;
			const inputs = inputsOf({ ...service, name: `client ${number}` });
			return reconcile(session.context(inputs, "create", { owner: ownerOf(`client-${number}`), run }), inputs);
		});
	return { ...paced, notices, createMany };
}

/**
 * The shortest time for so many calls, in seconds: each login, the minutes that can't be had sooner, and the last minute's calls, as
 * fast as 20 at a time can be. The simulator's windows are fixed minutes that begin with the token.
 */
export function leastTime(calls: number, tokens: number): number {
	const inAMinute = 300 * tokens;
	const minutes = Math.ceil(calls / inAMinute) - 1;
	return tokens * latency + minutes * 60 + Math.ceil((calls - minutes * inAMinute) / 20) * latency;
}

/** Makes 1,000 clients with so many tokens at most, four when nothing is set, and expects that to take no longer than it must. */
export async function createThousandInLeastTime(tokens?: number): Promise<Awaited<ReturnType<typeof startCreates>>> {
	const run = await startCreates(tokens);
	await run.createMany(1000);
	const calls = run.simulator.requests.count({ kind: "api" });
	const least = leastTime(1002, tokens ?? 4);
	const ratio = run.elapsed() / least;
	console.info(
		`${tokens ?? 4} tokens: ${calls} calls in ${run.elapsed().toFixed(1)} s, least possible ${least.toFixed(1)} s (+${((ratio - 1) * 100).toFixed(1)}%); ${run.logins()} logins, ${run.refused()} refused`,
	);
	expect(run.simulator.organization.clients()).toHaveLength(1000);
	expect(ratio).toBeGreaterThanOrEqual(1);
	expect(ratio).toBeLessThan(1.05);
	expect(run.refused()).toBeLessThan(calls / 100);
	expect(calls - run.refused()).toBe(1002);
	expect(run.simulator.requests.count({ template: paths.home })).toBe(1);
	return run;
}

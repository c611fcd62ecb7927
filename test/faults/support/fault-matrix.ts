import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Front } from "../../api/support/provider-process";
import { callsOf, type FaultCase, type Lane, operationOf, type Outcome, startLane, tryFault } from "./fault-case";
import { faultsOfCalls, killsOfProvider } from "./fault-kinds";
import { lifeCyclePaths } from "./life-cycle-paths";
import { pairPaths } from "./pair-paths";
import { showMatrix } from "./matrix-table";

const allPaths = [...lifeCyclePaths, ...pairPaths];

/**
 * Defines a test for each path: that the faults of its calls are survived.
 *
 * @param front how the engine reaches the life cycle
 * @param isTried which of a path's cases are tried: told each, its number and the number of its path; all if it is left out
 * @param everyPath whether all paths of pairs are walked
 */
export function testFaultMatrix(
	front: Front,
	isTried?: (faultCase: FaultCase, number: number, pathNumber: number) => boolean,
	everyPath = isTried === undefined,
): void {
	// Cases wait more than they work, but the processes of a lane take a second of work to start: few cases don't earn eight.
	const lanesAtOnce = everyPath ? 8 : 4;
	const idle: Lane[] = [];
	const limit = pLimit(lanesAtOnce);
	const outcomes: Outcome[] = [];
	const home = mkdtempSync(join(tmpdir(), "faults-"));

	beforeAll(async () => {
		idle.push(...(await Promise.all(Array.from({ length: lanesAtOnce }, async () => startLane(home, front)))));
	});
	afterAll(async () => {
		showMatrix(outcomes);
		await Promise.all(idle.flatMap(({ faulty, clean }) => [faulty.end(), clean.end()]));
		rmSync(home, { recursive: true });
	});

	const inLane = async <T>(work: (lane: Lane) => Promise<T>): Promise<T> =>
		limit(async () => {
			const lane = idle.pop();
			if (lane === undefined) throw new Error("more cases than lanes");
			try {
				return await work(lane);
			} finally {
				idle.push(lane);
			}
		});

	// The plugin has no sink: that is a module of a Node program.
	const paths = allPaths
		.filter(({ hasSink }) => front === "dynamic" || hasSink !== true)
		.filter(({ resource, everyRun }) => everyPath || resource === undefined || everyRun === true);

	test.concurrent.each(paths)("faults of every call are survived: $name", async (path) => {
		const calls = await inLane(async (lane) => callsOf(lane, path));
		const cases = calls
			.flatMap((call) =>
				[...faultsOfCalls, ...killsOfProvider]
					.filter((fault) => fault.fits(call))
					.flatMap((fault) => fault.durations.map((duration): FaultCase => ({ path, call, fault, duration }))),
			)
			.filter((faultCase, number) => isTried?.(faultCase, number, allPaths.indexOf(path)) ?? true);
		const tried = await Promise.all(cases.map(async (faultCase) => inLane(async (lane) => tryFault(lane, faultCase))));
		outcomes.push(...tried);
		const lost = tried
			.filter(({ wrong }) => wrong.length > 0)
			.map(({ call, fault, duration, wrong, first }) =>
				[
					`${operationOf(call)}${call.skip > 0 ? ` (${call.skip + 1})` : ""}, ${fault.name}, ${duration}`,
					...wrong,
					...first.map((line) => `the user read: ${line}`),
				].join("\n  "),
			);
		expect(lost).toEqual([]);
	});
}

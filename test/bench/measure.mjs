import { MemoryWatch } from "./memory-watch.mjs";

/**
 * Runs some work and measures it.
 *
 * @param organization the simulated organization that the work calls
 * @param isProvider tells the provider's process by its command line, whose memory is wanted
 * @param work what to measure
 * @returns seconds; seconds to the first call; calls by operation; the provider's peak memory, in bytes
 */
export async function measure(organization, isProvider, work) {
	await organization.takeCalls();
	const memory = new MemoryWatch(isProvider);
	const startedAt = Date.now();
	const started = performance.now();
	try {
		await work();
	} catch (error) {
		memory.stop();
		throw error;
	}
	const seconds = (performance.now() - started) / 1000;
	const { byOperation, total, firstAt } = await organization.takeCalls();
	return {
		seconds,
		secondsToFirstCall: firstAt === undefined ? undefined : (firstAt - startedAt) / 1000,
		calls: byOperation,
		callCount: total,
		memory: memory.stop(),
	};
}

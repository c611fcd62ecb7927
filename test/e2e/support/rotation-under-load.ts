import { setTimeout as pause } from "node:timers/promises";
import { type Credential, outputsOf } from "./rotating-stack";
import type { TestStack } from "./test-stack";

/** Logs in again and again with the credential that was fetched last, until it is told to stop. */
function startWorker(stack: TestStack, first: Credential) {
	let credential = first;
	const stop = new AbortController();
	const seen = { logins: 0, failed: 0 };
	const logIn = async () => {
		const { clientId, clientSecret } = credential;
		seen.logins += 1;
		if (!(await stack.canLogIn(clientId, clientSecret))) seen.failed += 1;
	};
	const running = (async () => {
		while (!stop.signal.aborted) {
			await logIn();
			// Without a pause it would take a processor from the run that it watches.
			await pause(20);
		}
	})();
	return {
		seen,
		/** Logs in once more with the credential that it has, and then fetches the next. */
		fetch: async (next: Credential) => {
			await logIn();
			credential = next;
		},
		stop: async () => {
			stop.abort();
			await running;
		},
	};
}

/** Rotates so many times while a worker logs in, which fetches the new credential after each run. */
export async function rotateUnderLoad(stack: TestStack, turns: number) {
	const worker = startWorker(stack, (await outputsOf(stack)).current);
	const used = new Set<string>();
	for (let turn = 1; turn <= turns; turn += 1) {
		stack.write("rotation.json", JSON.stringify({ rotateWhenChanged: { turn } }));
		await stack.run("up");
		const { current } = await outputsOf(stack);
		used.add(current.clientSecret);
		await worker.fetch(current);
	}
	await worker.stop();
	return { ...worker.seen, secrets: used.size };
}

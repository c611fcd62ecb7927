// The simulated organization, in a process of its own so that it doesn't take turns with the bench. Answers "take" with the calls since
// the last time.
import { startSimulator } from "pulumi-genesyscloud-oauth/simulator";

import { largeSeed } from "./large-organization.mjs";

const [latencyMs, clients] = process.argv.slice(2).map(Number);
const seed = clients === 0 ? { limits: { requestsPerMinute: null } } : largeSeed(clients);
const simulator = await startSimulator({ seed: { ...seed, latencyMs } });
let taken = 0;

process.on("message", () => {
	const calls = simulator.requests.all().slice(taken);
	taken += calls.length;
	const byOperation = {};
	for (const { method, template, path } of calls) {
		const operation = `${method} ${template ?? path}`;
		byOperation[operation] = (byOperation[operation] ?? 0) + 1;
	}
	process.send({ byOperation, total: calls.length, firstAt: calls[0]?.time });
});
// Ctrl-C goes to all processes of a terminal; this one ends with the bench.
process.on("SIGINT", () => {});
process.on("disconnect", () => void simulator.close());
process.send({ url: simulator.url, ...simulator.administrator });

import { readFileSync } from "node:fs";
import { parseJson } from "../../provider/api/json";
import { createRunningClock } from "../../simulator/clock";
import type { Seed } from "../../simulator/organization/seed";
import { schemas } from "../../simulator/organization/seed-schema";
import { parseWith } from "../../simulator/schema-check";
import { startSimulator } from "../../simulator/simulator";

/** The flags of `simulator`. */
export interface SimulatorCommandOptions {
	/** The port; 0 is any free one. */
	port: number;
	/** A file that says what the organization is like. @default the default organization */
	seed?: string;
	/** How long every call takes, in milliseconds. @default what the seed says, else 0 */
	latency?: number;
}

/** Starts the simulator and says where it is; it runs until the process is interrupted. */
export async function runSimulator({ port, seed: file, latency }: SimulatorCommandOptions): Promise<void> {
	const seed = file === undefined ? {} : readSeed(file);
	const simulator = await startSimulator({
		// A clock that can be put forward, so that POST /simulator/clock works.
		clock: createRunningClock(),
		port,
		seed: latency === undefined ? seed : { ...seed, latencyMs: latency },
	});
	// Before the line: who has read it may end the simulator at once.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
	const { clientId, clientSecret } = simulator.administrator;
	process.stdout.write(`${JSON.stringify({ url: simulator.url, clientId, clientSecret })}\n`);
}

function readSeed(file: string): Seed {
	const text = readFileSync(file, "utf8");
	const seed = parseJson(text);
	if (seed === undefined) throw new TypeError(`${file} isn't JSON`);
	return parseWith(schemas.seed, seed, file);
}

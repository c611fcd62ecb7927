import { readFileSync } from "node:fs";
import { parseJson } from "../../provider/api/json";
import { createRunningClock } from "../../simulator/clock";
import type { Seed } from "../../simulator/organization/seed";
import { schemas } from "../../simulator/organization/seed-schema";
import { parseWith } from "../../simulator/schema-check";
import { startSimulator } from "../../simulator/simulator";
import { environmentOf, type Shell } from "./environment";

/** The flags of `simulator`. */
export interface SimulatorCommandOptions {
	/** The port; 0 means any free port. */
	port: number;
	/** The shell whose commands are printed instead of JSON. @default JSON */
	env?: Shell;
	/** A file with the initial organization. @default the default organization */
	seed?: string;
	/** How long each call takes, in milliseconds. @default the seed's, otherwise 0 */
	latency?: number;
}

/** Starts the simulator and prints its address; it runs until the process is interrupted. */
export async function runSimulator({ port, env, seed: file, latency }: SimulatorCommandOptions): Promise<void> {
	const seed = file === undefined ? {} : readSeed(file);
	const simulator = await startSimulator({
		// A clock that can be advanced, so that POST /simulator/clock works.
		clock: createRunningClock(),
		port,
		seed: latency === undefined ? seed : { ...seed, latencyMs: latency },
	});
	// Before the line is printed: its reader may end the simulator at once.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
	const { clientId, clientSecret } = simulator.administrator;
	const lines =
		env === undefined
			? [JSON.stringify({ url: simulator.url, clientId, clientSecret })]
			: environmentOf(simulator, env);
	process.stdout.write(`${lines.join("\n")}\n`);
}

function readSeed(file: string): Seed {
	const text = readFileSync(file, "utf8");
	const seed = parseJson(text);
	if (seed === undefined) throw new TypeError(`${file} isn't JSON`);
	return parseWith(schemas.seed, seed, file);
}

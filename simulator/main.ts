#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createRunningClock } from "./clock";
import { schemas } from "./organization/seed-schema";
import { parseWith } from "./schema-check";
import type { Seed } from "./organization/seed";
import { startSimulator } from "./simulator";
import type { SimulatorOptions } from "./simulator";

const HELP = `Simulates the Genesys Cloud OAuth API on 127.0.0.1, until it is interrupted.

  --port PORT    the port; 0, the default, is any free one
  --seed FILE    what the organization is like (JSON; see the README beside the simulator)
  --latency MS   how long every call takes, in milliseconds; 0 is the default
  --help         this text

The first line of the output is JSON: {"url":...,"clientId":...,"clientSecret":...} of an administrator's client.
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: "string", default: "0" },
			seed: { type: "string" },
			latency: { type: "string" },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const seed = values.seed === undefined ? {} : readSeed(values.seed);
	const options: SimulatorOptions = {
		// A clock that can be put forward, so that POST /simulator/clock works.
		clock: createRunningClock(),
		port: parseNumber("--port", values.port, 65_535),
		seed:
			values.latency === undefined ? seed : { ...seed, latencyMs: parseNumber("--latency", values.latency, 3_600_000) },
	};
	const simulator = await startSimulator(options);
	// Before the line: who has read it may end the simulator at once.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
	const { clientId, clientSecret } = simulator.administrator;
	process.stdout.write(`${JSON.stringify({ url: simulator.url, clientId, clientSecret })}\n`);
}

function readSeed(file: string): Seed {
	return parseWith(schemas.seed, JSON.parse(readFileSync(file, "utf8")), file);
}

function parseNumber(option: string, value: string, maximum: number): number {
	const number = Number(value);
	if (!/^\d+$/.test(value) || number > maximum)
		throw new TypeError(`${option}: ${value} is not a whole number from 0 to ${maximum}`);
	return number;
}

main().catch((error: unknown) => {
	const message = error instanceof Error ? error.message : String(error);
	process.stderr.write(`${message.replaceAll(/\s*\n\s*/g, " ")}\n`);
	process.exitCode = 1;
});

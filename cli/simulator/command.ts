import { Command, InvalidArgumentError } from "commander";
import type { SimulatorCommandOptions } from "./run";

const longestLatency = 3_600_000;
const examples = `
The first line of the output is JSON: {"url":...,"clientId":...,"clientSecret":...} of an administrator's client. Point this package at
it with GENESYSCLOUD_GATEWAY_PROTOCOL=http, GENESYSCLOUD_GATEWAY_HOST=127.0.0.1 and GENESYSCLOUD_GATEWAY_PORT. Nothing of it talks to
Genesys Cloud.

Example:
  genesyscloud-oauth simulator --port 8080 --seed organization.json`;

/** The command `simulator`. */
export function simulatorCommand(): Command {
	return new Command("simulator")
		.description("Simulate the Genesys Cloud OAuth API on 127.0.0.1, until it is interrupted.")
		.option("--port <port>", "the port; 0 is any free one", wholeNumber(65_535), 0)
		.option("--seed <file>", "what the organization is like (JSON; see docs/simulator.md in the package)")
		.option("--latency <ms>", "how long every call takes, in milliseconds (default: 0)", wholeNumber(longestLatency))
		.addHelpText("after", examples)
		.action(async (options: SimulatorCommandOptions) => {
			const { runSimulator } = await import("./run.js");
			await runSimulator(options);
		});
}

const wholeNumber = (maximum: number) => (value: string) => {
	const number = Number(value);
	if (!/^\d+$/.test(value) || number > maximum) {
		throw new InvalidArgumentError(`Give a whole number from 0 to ${maximum}.`);
	}
	return number;
};

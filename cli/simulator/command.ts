import { Command, InvalidArgumentError } from "commander";
import type { SimulatorCommandOptions } from "./run";

const maximumLatency = 3_600_000;
const examples = `
The first line of the output is JSON: {"url":...,"clientId":...,"clientSecret":...}, with the credentials of an administrator. Connect this
package to it with GENESYSCLOUD_GATEWAY_PROTOCOL=http, GENESYSCLOUD_GATEWAY_HOST=127.0.0.1 and GENESYSCLOUD_GATEWAY_PORT. The simulator
never connects to Genesys Cloud.

Example:
  genesyscloud-oauth simulator --port 8080 --seed organization.json`;

/** The command `simulator`. */
export function simulatorCommand(): Command {
	return new Command("simulator")
		.description("Simulate the Genesys Cloud OAuth API on 127.0.0.1 until interrupted.")
		.option("--port <port>", "the port; 0 means any free port", wholeNumber(65_535), 0)
		.option("--seed <file>", "the initial organization (JSON; see docs/simulator.md in the package)")
		.option("--latency <ms>", "how long each call takes, in milliseconds (default: 0)", wholeNumber(maximumLatency))
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

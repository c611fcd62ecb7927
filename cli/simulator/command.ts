import { Command, InvalidArgumentError, Option } from "commander";
import { shells } from "./environment";
import type { SimulatorCommandOptions } from "./run";

const maximumLatency = 3_600_000;
const examples = `
The first line of the output is JSON: {"url":...,"clientId":...,"clientSecret":...}, with the credentials of an administrator. With --env it
prints the commands that connect a shell to it instead: paste them into a second terminal. The simulator never connects to Genesys Cloud.

Examples:
  genesyscloud-oauth simulator --env
  genesyscloud-oauth simulator --port 8080 --seed organization.json`;

/** The command `simulator`. */
export function simulatorCommand(): Command {
	return new Command("simulator")
		.description("Simulate the Genesys Cloud OAuth API on 127.0.0.1 until interrupted.")
		.option("--port <port>", "the port; 0 means any free port", wholeNumber(65_535), 0)
		.addOption(
			new Option("--env [shell]", "print the environment variables that connect a shell to it")
				.choices(shells)
				.preset(process.platform === "win32" ? "powershell" : "posix"),
		)
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

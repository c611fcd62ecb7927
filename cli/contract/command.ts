import { Command } from "commander";
import { connectionOptions } from "../connection";
import { outputOptions } from "../output";
import type { ContractCommandOptions } from "./run";

const examples = `
Without --organization it runs against a simulator of its own: nothing is called. With it, it makes OAuth clients and integration
credentials named "genesyscloud-oauth contract ..." in that organization and deletes them, also when it fails or is interrupted. It touches
nothing else, and sends at most 300 requests in about 8 minutes. Use an organization for tests. The reports name neither the organization
nor the login, and have no secret. Exit code 3 if something differs.

Examples:
  genesyscloud-oauth contract
  genesyscloud-oauth contract --organization 9c0e… --output reports`;

/** The command `contract`. */
export function contractCommand(): Command {
	const command = new Command("contract")
		.description("Try whether the API is as this package assumes, and write a report.")
		.option("--organization <id>", "the organization to make clients in; the login must be of it")
		.option("--output <directory>", "where the reports go, contract.md and contract.json", ".");
	return outputOptions(connectionOptions(command))
		.addHelpText("after", examples)
		.action(async (options: ContractCommandOptions) => {
			const { runContract } = await import("./run.js");
			await runContract(options);
		});
}

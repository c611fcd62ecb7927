import { Command } from "commander";
import { outputOptions } from "../output";
import type { SetSecretsOptions } from "./run";

const examples = `
Each secret goes to pulumi config set --secret through a pipe: it is never an argument, never printed, and never in a file of its own.
The keys are those that a program of export --terraform-state with the same state asks for. It makes no call to Genesys Cloud.

Examples:
  genesyscloud-oauth set-secrets --terraform-state terraform.tfstate --stack prod
  terraform state pull | genesyscloud-oauth set-secrets --terraform-state - --stack prod`;

/** The command `set-secrets`. */
export function setSecretsCommand(): Command {
	const command = new Command("set-secrets")
		.description("Store the secrets of Terraform's state in the configuration of a Pulumi stack, encrypted.")
		.requiredOption(
			"--terraform-state <file>",
			"Terraform's state: a state file, or the output of terraform show -json; - for standard input",
		)
		.requiredOption("--stack <name>", "the stack of the Pulumi project in this directory");
	return outputOptions(command)
		.addHelpText("after", examples)
		.action(async (options: SetSecretsOptions) => {
			const { runSetSecrets } = await import("./run.js");
			runSetSecrets(options);
		});
}

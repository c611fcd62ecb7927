import { Command, InvalidArgumentError, Option } from "commander";
import { connectionOptions } from "../connection";
import { outputOptions } from "../output";
import { languages } from "./languages";
import type { ExportOptions } from "./run";

const examples = `
Clients keep their ids and secrets; the program's first pulumi up changes nothing in Genesys Cloud. Left out, each with its reason: the
client you are logged in with, clients that Genesys Cloud's support has disabled, what stacks of --exclude-stack manage, and what this
package can't declare. Secrets never get into the program: it takes them from the stack's configuration.

Examples:
  genesyscloud-oauth export --output infra/oauth-clients
  genesyscloud-oauth export --language yaml --import-file import.json
  terraform state pull | genesyscloud-oauth export --terraform-state -
  genesyscloud-oauth export --grant CODE --name "CRM *" --stdout
  pulumi stack export --file state.json && genesyscloud-oauth export --exclude-stack state.json`;

/** The command `export`. */
export function exportCommand(): Command {
	const command = new Command("export")
		.description("Write a Pulumi program that takes over the organization's OAuth clients and integration credentials.")
		.option("-o, --output <directory>", "where to write the project", "genesyscloud-oauth-clients")
		.option("--project <name>", "the Pulumi project's name", projectName, "genesyscloud-oauth-clients")
		.addOption(
			new Option("--stdout", "print the program as one file instead of writing a project").conflicts(["json", "force"]),
		)
		.addOption(
			new Option(
				"--language <language>",
				"the program's language: typescript for the npm package, others for the plugin",
			)
				.choices(languages)
				.default("typescript"),
		)
		.addOption(
			new Option(
				"--import-file <file>",
				"also write this file into the project, for pulumi import --file; the program then adopts nothing itself",
			)
				.argParser(fileName)
				.conflicts("stdout"),
		)
		.option(
			"--terraform-state <file>",
			"only what this state of Terraform has: a state file, or the output of terraform show -json; - for standard input",
		)
		.option("--force", "overwrite existing files of the same names; other files are never touched")
		.option("--name <pattern...>", "only clients and credentials with these names; * matches any text, case matters")
		.addOption(
			new Option("--grant <type...>", "only clients with these grant types, and no credentials").choices([
				"CODE",
				"TOKEN",
				"SAML2-BEARER",
				"PASSWORD",
				"CLIENT-CREDENTIALS",
			]),
		)
		.addOption(
			new Option("--state <state...>", "only clients in these states, and no credentials").choices([
				"active",
				"inactive",
			]),
		)
		.option("--id <id...>", "only clients and credentials with these ids")
		.option("--exclude-stack <file...>", "leave out what a stack manages: a file of pulumi stack export")
		.option("--include-own", "also export the client you are logged in with");
	return outputOptions(connectionOptions(command))
		.addHelpText("after", examples)
		.action(async (options: ExportOptions) => {
			const { runExport } = await import("./run.js");
			await runExport(options);
		});
}

function fileName(name: string): string {
	if (!/^[\w-][\w.-]{0,100}$/.test(name)) throw new InvalidArgumentError("Give the name of a file in the project.");
	return name;
}

function projectName(name: string): string {
	if (!/^[\w.-]{1,100}$/.test(name)) {
		throw new InvalidArgumentError("A project name has up to 100 letters, digits, dots, hyphens and underscores.");
	}
	return name;
}

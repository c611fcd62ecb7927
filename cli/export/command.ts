import { Command, InvalidArgumentError, Option } from "commander";
import { connectionOptions } from "../connection";
import { outputOptions } from "../output";
import type { ExportOptions } from "./run";

const examples = `
Adopted clients keep their ids and secrets; the program's first pulumi up changes nothing in Genesys Cloud. Left out, each with its
reason: the client you are logged in with, clients that Genesys Cloud's support has disabled, clients that stacks of --exclude-stack
manage, and clients that this package can't declare.

Examples:
  genesyscloud-oauth export --output infra/oauth-clients
  genesyscloud-oauth export --grant CODE --name "CRM *" --stdout
  pulumi stack export --file state.json && genesyscloud-oauth export --exclude-stack state.json`;

/** The command `export`. */
export function exportCommand(): Command {
	const command = new Command("export")
		.description("Write a Pulumi program (TypeScript) that adopts the organization's OAuth clients.")
		.option("-o, --output <directory>", "where to write the project", "genesyscloud-oauth-clients")
		.option("--project <name>", "the Pulumi project's name", projectName, "genesyscloud-oauth-clients")
		.addOption(
			new Option("--stdout", "print the program as one file instead of writing a project").conflicts(["json", "force"]),
		)
		.option("--force", "overwrite existing files of the same names; other files are never touched")
		.option("--name <pattern...>", "only clients with these names; * matches any text, case matters")
		.addOption(
			new Option("--grant <type...>", "only clients with these grant types").choices([
				"CODE",
				"TOKEN",
				"SAML2-BEARER",
				"PASSWORD",
				"CLIENT-CREDENTIALS",
			]),
		)
		.addOption(new Option("--state <state...>", "only clients in these states").choices(["active", "inactive"]))
		.option("--id <id...>", "only clients with these ids")
		.option("--exclude-stack <file...>", "leave out clients that a stack manages: a file of pulumi stack export")
		.option("--include-own", "also export the client you are logged in with");
	return outputOptions(connectionOptions(command))
		.addHelpText("after", examples)
		.action(async (options: ExportOptions) => {
			const { runExport } = await import("./run.js");
			await runExport(options);
		});
}

function projectName(name: string): string {
	if (!/^[\w.-]{1,100}$/.test(name)) {
		throw new InvalidArgumentError("A project name has up to 100 letters, digits, dots, hyphens and underscores.");
	}
	return name;
}
